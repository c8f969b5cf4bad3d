// A notice as data: what is asked of whom, until when, and how strictly. Loaded from
// config/notices/*.toml, units.toml and replies/findings.toml (rules/load.hpp); immutable after.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/base/time.hpp"
#include "rules/rule_table.hpp"
#include "rules/severity.hpp"

namespace baosong::rules {

// How one rule is set, for an item or for the whole notice.
struct RuleSetting {
  Severity severity = Severity::kOff;
  Params params;  // complete: what the file leaves out has the table's default

  bool flag(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;
  double number(std::string_view name) const;
  std::string text(std::string_view name) const;
  std::vector<std::int64_t> integers(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  Severity severity_param(std::string_view name) const;
};
using RuleSettings = std::map<std::string, RuleSetting, std::less<>>;

struct Batch {
  std::string id;    // "october"
  std::string name;  // "第一批"
  std::chrono::year_month_day deadline;
  Time closes;  // the last second that is in time (cutoff, inclusive), in the notice's zone
  std::vector<int> remind_days_before;
};

enum class ItemKind : std::uint8_t { kForm, kTable, kText, kPhotos };
inline constexpr std::array<std::string_view, 4> kItemKindNames{"form", "table", "text", "photos"};

// Who owes an item: the roster's default, overridden for a unit (Q7).
enum class Duty : std::uint8_t { kRequired, kOptional, kNotApplicable };

struct Item {
  std::string id;     // "unit-forms", fixed
  std::string name;   // "先进单位申报表", as letters say it
  int annex = 0;      // 附件 number, 0: none
  std::string batch;  // Batch::id
  ItemKind kind = ItemKind::kText;

  // What makes it up. word && pdf: pairs (each Word with its PDF).
  bool word = false;
  bool pdf = false;
  bool sealed = false;       // the PDF must carry a seal
  int min = 1;               // documents, pairs or photos; of a form: nominations
  std::optional<int> max;    // more is worth an info, never a fault
  bool nil_allowed = false;  // an explicit 无推荐 settles it
  std::string nil_with;      // settled by the nil statement of that item
  bool bundle_ok = false;    // one PDF may hold the scans of several forms (Q4)
  bool personal_data = false;

  // Cross references: a table names the item that holds its forms and the other way round.
  std::string forms_item;   // on a table
  std::string table_item;   // on a form
  std::string photos_item;  // on a text: its photos (embedded ones are counted there)
  std::string text_item;    // on photos: the text they belong to

  // How it is recognised. All compared after fold().
  std::vector<std::string> titles;  // whole or part of a document title
  std::vector<std::string>
      title_all;  // every one of these words must be in the title (kind word × object)
  std::vector<std::string> file_words;   // in a file or folder name, strongest first
  std::vector<std::string> table_heads;  // known column heads (tables) or label cells (forms)
  std::vector<std::string>
      nominee_labels;  // the label or column that holds the name: 姓名, 单位名称, 活动名称
  std::vector<std::string> nil_words;  // object words of a nil statement: 先进单位
  std::vector<std::string> captions;   // lines above the real title that are no title: 展板素材

  std::map<std::string, Duty, std::less<>> duty;      // by unit id; absent: required
  std::map<std::string, int, std::less<>> quota_max;  // by unit id
  RuleSettings rules;  // every rule of scope kItem/kDocument that applies, complete
};

enum class AliasStrength : std::uint8_t { kStrong, kWeak };
struct Alias {
  std::string text;
  AliasStrength strength = AliasStrength::kStrong;
};
struct Unit {
  std::string id;      // "chaoyang"
  std::string name;    // "朝阳区", as JSON, the digest and letters say it
  std::string formal;  // "朝阳区教育局", as letters address it
  std::string kind;    // district, county, city, zone, university
  std::vector<Alias> aliases;
  std::vector<std::string> traps;      // strings that contain an alias and are not the unit
  std::vector<std::string> addresses;  // confirmed by staff, lower case
  bool owner =
      false;  // keeps the mailbox too: named in salutations, so it yields to any other unit
};

struct CommunitySchools {
  std::vector<std::string> words;  // 社区教育学院, 社区学院, 老年大学 …
};

// What a unit's mail is answered with when the notice is open to reading.
struct Policies {
  bool accept_image_scan = false;    // Q17: a photo of the sealed page stands for the PDF
  bool correct_closed = false;       // reserved for a batch that is closed for good
  std::string late = "accept";       // "accept": taken and flagged; "hold": staff look first
  std::string unknown_unit = "ask";  // "ask" or "hold"
};

struct Notice {
  std::string id;     // "2022-lifelong-learning-week"
  std::string title;  // "2022年长春市全民终身学习活动周材料"
  std::string call;   // "《2022年…预通知》" as letters name it
  int year = 0;
  std::string mailbox;  // "jlqmxx@126.com"
  Zone zone;
  std::vector<std::string> own_text;   // phrases of the notice itself: no evidence for a unit
  std::vector<std::string> signature;  // lines under every letter
  std::string contact;                 // "吴老师，电话 0431-82857798"
  std::vector<Batch> batches;
  std::vector<Item> items;  // in the order of the notice
  std::vector<Unit> units;  // the official order, not pinyin
  CommunitySchools schools;
  Policies policies;
  RuleSettings rules;  // scope kMail, and the defaults of the others
  std::map<std::string, std::string, std::less<>> sentences;  // "text.title-length" -> mustache

  const Item* item(std::string_view key) const;
  const Unit* unit(std::string_view key) const;
  const Batch* batch(std::string_view key) const;
  const Batch& batch_of(const Item& item) const;
  // The setting for an item, else the notice's; a rule that is switched off has severity kOff.
  const RuleSetting& rule(const Item* item, std::string_view code) const;
  Duty duty(const Item& item, std::string_view unit_id) const;
};

}  // namespace baosong::rules
