#include "rules/attribution_signals.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "parsers/text/utf8.hpp"
#include "rules/attribution_body.hpp"
#include "rules/mail_marks.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::fold;

constexpr std::size_t kDocumentsLookedAt = 400;
constexpr std::size_t kEvidenceCharacters = 60;

// Labels under which the nominee stands: in the district, mostly, but it may be a company or a
// school whose name says another one.
constexpr std::array<std::string_view, 6> kNomineeLabels{"申报单位", "单位名称", "工作单位",
                                                         "所在单位", "集体名称", "单位"};
constexpr std::array<std::string_view, 9> kListLabels{"县市区",     "县区",       "所属县市区",
                                                      "所在县市区", "报送县市区", "推荐县市区",
                                                      "所属区县",   "推荐地区",   "填报地区"};

std::string shortened(std::string_view text) {
  const std::string line = replace_all(std::string(parsers::trim(text)), "\n", " ");
  std::string out;
  std::size_t count = 0, digits = 0;
  for (std::size_t at = 0; at < line.size() && count < kEvidenceCharacters; ++count) {
    const std::size_t from = at;
    const char32_t c = parsers::next_character(line, at);
    digits = c >= U'0' && c <= U'9' ? digits + 1 : 0;
    // Identity and telephone numbers are nobody's evidence.
    if (digits <= 6) out.append(line, from, at - from);
    if (digits == 7) out += "…";
  }
  if (length_of(line) > kEvidenceCharacters) out += "…";
  return out;
}

class Collector {
 public:
  Collector(const Notice& notice, const AliasMatcher& matcher, const parsers::Reading& reading)
      : notice_(notice), matcher_(matcher), reading_(reading) {}

  Signals collect() {
    if (reading_.is_mail) {
      address_in(reading_.message.from.address);
      display_in(reading_.message.from.name);
      subject_in(reading_.message.subject);
      body_in(reading_.message.text);
      for (const auto& inner : reading_.message.forwarded) forwarded_in(inner);
    }
    for (const auto& document : reading_.documents) nominees_in(document);
    std::size_t looked = 0;
    for (const auto& document : reading_.documents) {
      if (++looked > kDocumentsLookedAt) break;
      names_in(document);
      if (const auto* word = std::get_if<parsers::WordFacts>(&document.facts)) word_in(*word);
      if (const auto* pdf = std::get_if<parsers::PdfFacts>(&document.facts)) pdf_in(*pdf);
    }
    return std::move(out_);
  }

 private:
  // A unit's name by itself, with its weak forms: the one unit that `text` names.
  void name_in(Place place, Weight weight, std::string_view text, std::string_view shown,
               bool topical = false) {
    const std::string folded = matcher_.without_own_text(fold(parsers::cut_utf8(text, 2048)));
    const auto mentions = matcher_.find(folded);
    std::vector<const Mention*> strong, weak;
    for (const auto& mention : mentions) {
      if (mention.unit->owner && is_addressee(folded, mention)) continue;
      const bool counts =
          mention.strength == AliasStrength::kStrong || mention.bureau || mention.school;
      (counts ? strong : weak).push_back(&mention);
    }
    auto units = distinct(strong);
    if (units.size() > 1) std::erase_if(units, [](const Unit* unit) { return unit->owner; });
    if (units.size() > 1) {
      for (const Unit* unit : units)
        put(out_.listed, {place, weight, unit, true, topical, shortened(shown)});
      return;
    }
    if (units.size() == 1) {
      const bool sure = std::ranges::any_of(strong, [&](const Mention* m) {
        return m->unit == units.front() && (m->strength == AliasStrength::kStrong || m->bureau);
      });
      const Weight given = sure ? weight : std::max(weight, Weight::kSupporting);
      put(out_.found, {place, given, units.front(), true, topical, shortened(shown)});
      return;
    }
    const auto maybe = distinct(weak);
    if (maybe.size() == 1)
      put(out_.found, {place, Weight::kHint, maybe.front(), false, topical, shortened(shown)});
  }
  void name_in(Place place, Weight weight, std::string_view text) {
    name_in(place, weight, text, text);
  }

  static std::vector<const Unit*> distinct(const std::vector<const Mention*>& mentions) {
    std::vector<const Unit*> out;
    for (const Mention* mention : mentions) {
      if (std::ranges::find(out, mention->unit) == out.end()) out.push_back(mention->unit);
    }
    return out;
  }

  static void put(std::vector<Signal>& list, Signal signal) {
    const auto same = [&](const Signal& other) {
      return other.place == signal.place && other.unit == signal.unit &&
             other.weight == signal.weight &&
             (other.text == signal.text || signal.weight != Weight::kDeciding);
    };
    if (list.size() < 2000 && std::ranges::none_of(list, same)) list.push_back(std::move(signal));
  }

  // "报长春开放大学", "致：长春开放大学": to whom it goes, not from whom.
  static bool is_addressee(std::string_view folded, const Mention& mention) {
    constexpr std::array<std::string_view, 12> kTo{"致",     "致:",  "呈", "报", "报:", "报送",
                                                   "报送至", "报至", "送", "至", "给",  "发至"};
    return ends_with_any(folded.substr(0, mention.begin), kTo);
  }

  void address_in(std::string_view address) {
    const std::string lower = fold(address);
    if (lower.empty()) return;
    for (const Unit& unit : notice_.units) {
      if (std::ranges::any_of(unit.addresses,
                              [&](const std::string& a) { return fold(a) == lower; })) {
        put(out_.found,
            {Place::kAddress, Weight::kDeciding, &unit, true, false, std::string(address)});
      }
    }
  }
  void display_in(std::string_view name) { name_in(Place::kDisplayName, Weight::kHint, name); }
  void subject_in(std::string_view subject) {
    name_in(Place::kSubject, Weight::kDeciding, subject);
  }

  void body_in(std::string_view text) {
    for (auto& signal : body_signals(matcher_, text)) {
      signal.text = shortened(signal.text);
      put(out_.found, std::move(signal));
    }
  }

  void forwarded_in(const parsers::Forwarded& inner) {
    if (fold(inner.from.address) == fold(notice_.mailbox)) return;  // our own letter, sent back
    address_in(inner.from.address);
    display_in(inner.from.name);
    subject_in(inner.subject);
    body_in(inner.text);
  }

  // Names of files and folders, from the outside in. An archive's name is a file's name.
  void names_in(const parsers::Document& document) {
    if (std::string_view path = document.path; path.size() > document.name.size()) {
      path.remove_suffix(document.name.size());
      while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        const std::string_view step = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (step.empty() || !folders_.insert(std::string(step)).second) continue;
        const std::string folded = fold(step);
        constexpr std::array<std::string_view, 10> kArchives{
            ".zip", ".rar", ".7z", ".eml", ".dat", ".tar", ".gz", ".tgz", ".msg", ".tnef"};
        name_in(ends_with_any(folded, kArchives) ? Place::kFileName : Place::kFolderName,
                Weight::kDeciding, step);
      }
    }
    // A photo's name tells its scene, which may be a visit to somebody else.
    const bool photo = parsers::is_image(document.format) && !says_form(fold(document.name));
    std::string name = fold(document.name);
    for (const auto& nominee : nominees_) {
      if (contains(name, nominee)) name = replace_all(std::move(name), nominee, "|");
    }
    // So does a text's: "案例1 走进净月区". Only names of papers are names of the sender's.
    const bool topical = photo || (is_text(document) && !says_paper(fold(document.name)));
    const Weight weight = photo ? Weight::kHint : topical ? Weight::kSupporting : Weight::kDeciding;
    const std::size_t before = out_.found.size() + out_.listed.size();
    name_in(Place::kFileName, weight, name, document.name, topical);
    if (out_.found.size() + out_.listed.size() == before && !photo) {
      name_in(Place::kFileName, Weight::kSupporting, document.name, document.name, true);
    }
  }

  static bool is_text(const parsers::Document& document) {
    const auto* word = std::get_if<parsers::WordFacts>(&document.facts);
    return word != nullptr && word->tables.empty() && word->body.high > 0;
  }
  static bool says_paper(std::string_view folded) {
    constexpr std::array<std::string_view, 7> kPaper{"材料", "总结", "素材",  "文稿",
                                                     "展板", "报送", "教育局"};
    return says_form(folded) || contains_any(folded, kPaper);
  }
  static bool says_form(std::string_view folded) {
    constexpr std::array<std::string_view, 7> kForm{"申报表", "汇总表", "推荐表", "审批表",
                                                    "登记表", "盖章",   "附件"};
    return contains_any(folded, kForm);
  }

  // Nominees as the forms name them: their names in file names say nothing about the sender.
  void nominees_in(const parsers::Document& document) {
    const auto* word = std::get_if<parsers::WordFacts>(&document.facts);
    if (word == nullptr || nominees_.size() > 200) return;
    for (const auto& cell : declared_units(*word)) {
      if (std::ranges::find(kNomineeLabels, cell.label) == kNomineeLabels.end()) continue;
      if (std::string name = fold(cell.value); length_of(name) >= 5)
        nominees_.insert(std::move(name));
    }
  }

  void word_in(const parsers::WordFacts& facts) {
    declared_in(facts);
    std::vector<std::string_view> lines;
    for (const auto& p : facts.paragraphs) {
      for (const std::string_view line : lines_of(p.text)) {
        if (lines.size() < 6) lines.push_back(line);
      }
      if (lines.size() >= 6) break;
    }
    for (const auto& box : facts.box_texts) {
      const auto boxed = lines_of(box);
      if (lines.size() < 8 && !boxed.empty()) lines.push_back(boxed.front());
    }
    if (!facts.tables.empty() && !facts.tables.front().rows.empty() &&
        facts.tables.front().rows.front().size() == 1) {
      lines.push_back(facts.tables.front().rows.front().front().text);
    }
    titles_in(lines);
    // 落款: whose text it is stands alone at the end.
    std::size_t from_end = 0;
    for (auto p = facts.paragraphs.rbegin(); p != facts.paragraphs.rend() && from_end < 3;
         ++p, ++from_end) {
      if (p->text.size() > 120) continue;
      if (const Unit* unit = signed_by(matcher_, p->text)) {
        put(out_.found,
            {Place::kTitle, Weight::kSupporting, unit, true, false, shortened(p->text)});
      }
    }
  }

  void pdf_in(const parsers::PdfFacts& pdf) {
    // The text layer read as lines: labels and titles stand there as they do in the Word file.
    parsers::WordFacts lines;
    std::vector<std::string_view> first;
    for (const std::string_view line : lines_of(parsers::cut_utf8(pdf.text, 16384))) {
      if (lines.paragraphs.size() == 60) break;
      if (first.size() < 5) first.push_back(line);
      parsers::Paragraph p;
      p.text = line;
      lines.paragraphs.push_back(std::move(p));
    }
    declared_in(lines);
    titles_in(first);
  }

  void titles_in(const std::vector<std::string_view>& lines) {
    constexpr std::array<std::string_view, 8> kPaper{"表",   "总结", "材料", "素材",
                                                     "案例", "汇总", "报告", "名单"};
    for (const std::string_view line : lines) {
      const std::string folded = fold(parsers::cut_utf8(line, 600));
      if (length_of(folded) > 60 || contains(folded, "。")) break;  // the body begins
      if (contains(folded, ":")) continue;  // a label: read as a declared cell
      // Only titles of papers are titles of the sender; a text's headline may praise anybody.
      const bool paper =
          ends_with_any(without_brackets(folded), kPaper) || signed_by(matcher_, line) != nullptr;
      name_in(Place::kTitle, paper ? Weight::kDeciding : Weight::kSupporting, line, line, !paper);
    }
  }

  void declared_in(const parsers::WordFacts& facts) {
    // A 县（市）区 column counts when all its rows agree.
    std::vector<const LabelledCell*> column;
    const auto cells = declared_units(facts);
    std::set<const Unit*> in_column;
    for (const auto& cell : cells) {
      const std::string shown = cell.label + "：" + cell.value;
      const auto in = [&](const auto& list) {
        return std::ranges::find(list, cell.label) != list.end();
      };
      if (in(kListLabels)) {
        column.push_back(&cell);
        for (const auto& mention : matcher_.find(fold(cell.value))) in_column.insert(mention.unit);
      } else if (in(kNomineeLabels)) {
        name_in(Place::kFormCell, Weight::kSupporting, cell.value, shown);
      } else if (cell.label.ends_with("意见")) {
        if (const Unit* unit = signed_by(matcher_, cell.value)) {
          put(out_.found,
              {Place::kFormCell, Weight::kDeciding, unit, true, false, shortened(shown)});
        }
      } else {
        name_in(Place::kFormCell, Weight::kDeciding, cell.value, shown);
      }
    }
    if (in_column.size() != 1) return;
    for (const LabelledCell* cell : column) {
      name_in(Place::kFormCell, Weight::kDeciding, cell->value, cell->label + "：" + cell->value);
    }
  }

  const Notice& notice_;
  const AliasMatcher& matcher_;
  const parsers::Reading& reading_;
  std::set<std::string> folders_;
  std::set<std::string> nominees_;  // folded
  Signals out_;
};

}  // namespace

Signals collect_signals(const Notice& notice, const AliasMatcher& matcher,
                        const parsers::Reading& reading) {
  return Collector(notice, matcher, reading).collect();
}

}  // namespace baosong::rules
