// units.toml: the roster and the spellings by which a unit is known.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "parsers/text/utf8.hpp"
#include "rules/load_parts.hpp"
#include "rules/nearest.hpp"

namespace baosong::rules {
namespace {

constexpr std::array kRosterKeys{
    KeyRow{"community_schools", KeyType::kTable, false, "{ words = [\"社区学院\"] }"},
    KeyRow{"units", KeyType::kTables, true, "[[units]]"},
};
constexpr std::array kSchoolKeys{KeyRow{"words", KeyType::kTexts, true, "[\"社区学院\"]"}};
constexpr std::array kUnitKeys{
    KeyRow{"id", KeyType::kText, true, "\"chaoyang\""},
    KeyRow{"name", KeyType::kText, true, "\"朝阳区\""},
    KeyRow{"formal", KeyType::kText, true, "\"朝阳区教育局\""},
    KeyRow{"kind", KeyType::kText, true, "\"district\""},
    KeyRow{"code", KeyType::kText, false, "\"220104\""},
    KeyRow{"strong", KeyType::kTexts, true, "[\"朝阳区\", \"朝阳区教育局\"]"},
    KeyRow{"weak", KeyType::kTexts, false, "[\"朝阳\"]"},
    KeyRow{"traps", KeyType::kTexts, false, "[\"朝阳市\"]"},
    KeyRow{"addresses", KeyType::kTexts, false, "[\"someone@126.com\"]"},
    KeyRow{"owner", KeyType::kBool, false, "true"},
};
constexpr std::array<std::string_view, 5> kUnitKinds{"district", "county", "city", "zone",
                                                     "university"};

struct Spelling {
  std::string unit, name;  // id and name of the unit that has it
  std::string text;
  bool trap = false;
  Place place;
};

class Roster {
 public:
  Roster(const TomlFile& file, Notice& notice) : file_(&file), notice_(&notice) {}

  void add(const toml::table& table) {
    const TableReader reader(*file_, table, kUnitKeys, "[[units]]");
    Unit unit;
    unit.id = reader.text("id");
    if (!unit.id.empty() && !is_id(unit.id)) {
      reader.fault("id", fmt::format("“{}”不能作代号", unit.id), std::string(kIdForm));
    }
    if (!unit.id.empty() && notice_->unit(unit.id) != nullptr) {
      reader.fault("id", fmt::format("单位代号“{}”用了两次", unit.id), "每个单位一个代号");
    }
    unit.name = reader.text("name");
    unit.formal = reader.text("formal");
    unit.kind = reader.choice("kind", kUnitKinds);
    check_code(reader);
    add_aliases(reader, "strong", AliasStrength::kStrong, unit);
    add_aliases(reader, "weak", AliasStrength::kWeak, unit);
    if (reader.has("strong") && unit.aliases.empty()) {
      reader.fault("strong", fmt::format("“{}”一个叫法也没有，来信认不出它", unit.name),
                   "strong = [\"朝阳区\", \"朝阳区教育局\"]");
    }
    for (std::size_t i = 0; const auto& trap : reader.texts("traps")) {
      spell({unit.id, unit.name, trap, true, reader.place("traps", i++)});
      unit.traps.push_back(trap);
    }
    add_addresses(reader, unit);
    unit.owner = reader.flag("owner");
    if (unit.owner) {
      const auto before = std::ranges::find(notice_->units, true, &Unit::owner);
      if (before != notice_->units.end()) {
        reader.fault("owner",
                     fmt::format("“{}”和“{}”都写成了管理本邮箱的单位", before->name, unit.name),
                     "只有一个单位写 owner = true");
      }
    }
    notice_->units.push_back(std::move(unit));
  }

 private:
  void add_aliases(const TableReader& reader, std::string_view key, AliasStrength strength,
                   Unit& unit) {
    for (std::size_t i = 0; const auto& text : reader.texts(key)) {
      spell({unit.id, unit.name, text, false, reader.place(key, i++)});
      unit.aliases.push_back({text, strength});
    }
  }

  // Every spelling, alias or trap, may occur once in the whole roster: a second one would either
  // belong to two units or take itself away. Traps may be shared between units.
  void spell(const Spelling& spelling) {
    const auto key = parsers::fold(spelling.text);
    if (key.empty()) {
      file_->fault(spelling.place, fmt::format("“{}”有一个空的叫法", spelling.name),
                   "写上叫法，或删去");
      return;
    }
    const auto [at, fresh] = seen_.emplace(key, spelling);
    if (fresh) return;
    const auto& before = at->second;
    if (before.trap && spelling.trap) return;
    if (before.trap || spelling.trap) {
      const auto& trap = before.trap ? before : spelling;
      const auto& alias = before.trap ? spelling : before;
      file_->fault(spelling.place,
                   fmt::format("“{}”既是“{}”的叫法，又是“{}”的避让词（traps）", spelling.text,
                               alias.name, trap.name),
                   "只留一处");
    } else if (before.unit == spelling.unit) {
      file_->fault(spelling.place,
                   fmt::format("“{}”的叫法“{}”写了两次（第{}行已有）", spelling.name, spelling.text,
                               before.place.line),
                   "只留一处");
    } else {
      file_->fault(spelling.place,
                   fmt::format("叫法“{}”同时属于“{}”（第{}行）和“{}”", spelling.text, before.name,
                               before.place.line, spelling.name),
                   "只留给一个单位；两家都可能这样称呼的，两处都不写");
    }
  }

  void check_code(const TableReader& reader) const {
    const auto code = reader.text("code");
    const bool good =
        code.size() == 6 && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
    if (reader.has("code") && !good)
      reader.fault("code", fmt::format("“{}”不是行政区划代码", code),
                   "code = \"220104\"，六位数字");
  }

  void add_addresses(const TableReader& reader, Unit& unit) {
    for (std::size_t i = 0; const auto& address : reader.texts("addresses")) {
      const auto place = reader.place("addresses", i++);
      std::string lower;
      for (const char c : address)
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      const auto at = lower.find('@');
      if (at == std::string::npos || at == 0 || at + 1 == lower.size() ||
          lower.find_first_of(" \t<>,;") != std::string::npos) {
        file_->fault(place, fmt::format("“{}”不是邮箱地址", address),
                     "只写地址本身，如 \"someone@126.com\"");
      } else if (const auto [before, fresh] = addresses_.emplace(lower, unit.name); !fresh) {
        file_->fault(place,
                     fmt::format("邮箱“{}”同时属于“{}”和“{}”", address, before->second, unit.name),
                     "只留给一个单位");
      }
      unit.addresses.push_back(std::move(lower));
    }
  }

  const TomlFile* file_;
  Notice* notice_;
  std::map<std::string, Spelling> seen_;  // by fold()
  std::map<std::string, std::string> addresses_;
};

}  // namespace

void load_units(const TomlFile& file, Notice& notice) {
  if (file.broken() && file.root().empty()) return;
  const TableReader root(file, file.root(), kRosterKeys, "名册");
  if (const auto* table = root.table("community_schools")) {
    notice.schools.words =
        TableReader(file, *table, kSchoolKeys, "[community_schools]").texts("words");
  }
  Roster roster(file, notice);
  for (const auto* table : root.tables("units")) roster.add(*table);
  if (root.has("units") && notice.units.empty())
    root.fault("units", "名册里一个单位也没有", "[[units]]");
}

}  // namespace baosong::rules
