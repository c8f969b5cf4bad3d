// 无推荐: what a unit says when it nominates nobody. A wrong "none" would silently settle an item,
// so only a plain statement counts: no condition, no question, no "not yet".
#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/judge.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::fold;

constexpr std::size_t kTextBytes = 16384;

constexpr std::array<std::string_view, 4> kNegative{"没有", "无", "不", "未"};
constexpr std::array<std::string_view, 9> kVerbs{"推荐", "申报", "参评", "推选", "评选",
                                                 "提名", "上报", "报送", "推报"};
// Between the negation and its object.
constexpr std::array<std::string_view, 17> kFiller{
    "符合条件的", "合适的", "可推荐的", "拟推荐的", "此次", "本年度", "今年", "任何", "相关",
    "参加",       "进行",   "可",       "拟",       "再",   "予",     "另",   "推荐"};
// What may follow a negated object: its end, or words that go with nominating.
constexpr std::array<std::string_view, 16> kTail{"推荐", "申报", "对象", "人选", "候选", "人员",
                                                 "参评", "报送", "上报", "名额", "单位", "材料",
                                                 "情况", "及",   "和",   "、"};
constexpr std::array<std::string_view, 8> kTailNot{"推荐表", "申报表", "推荐材料", "申报材料",
                                                   "汇总表", "推荐书", "申报书",   "材料要求"};

constexpr std::array<std::string_view, 11> kCondition{
    "如果", "若", "假如", "倘", "的话", "如无", "如没有", "如不", "凡", "请说明", "请注明"};
constexpr std::array<std::string_view, 14> kQuestion{"?",      "吗",   "是否", "能否", "可否",
                                                     "可以不", "怎么", "如何", "请问", "有没有",
                                                     "有无",   "还是", "应该", "需要"};
constexpr std::array<std::string_view, 16> kNotYet{"稍后", "后续", "随后", "补报", "再报", "尚未",
                                                   "还没", "还未", "过后", "待",   "暂",   "目前",
                                                   "另行", "正在", "马上", "日后"};

constexpr std::array<std::string_view, 4> kReply{"re:", "回复:", "答复:", "回信:"};

std::vector<std::string> parts_of(std::string_view text, std::u32string_view marks) {
  std::vector<std::string> out(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = parsers::next_character(text, at);
    out.back().append(text, from, at - from);
    if (marks.find(c) != std::u32string_view::npos) out.emplace_back();
  }
  std::erase_if(out, [](const std::string& part) { return parsers::trim(part).empty(); });
  return out;
}

struct Object {
  std::string word;  // folded
  std::vector<const Item*> items;
};

class NilReader {
 public:
  explicit NilReader(const Notice& notice) : notice_(notice) {
    for (const Item& item : notice.items) {
      for (const auto& word : item.nil_words) {
        const std::string folded = fold(word);
        const auto at = std::ranges::find(objects_, folded, &Object::word);
        if (at == objects_.end()) {
          objects_.push_back({folded, {&item}});
        } else {
          at->items.push_back(&item);
        }
      }
    }
  }

  void read(std::string_view text, std::vector<NilStatement>& out) const {
    for (const std::string_view line : lines_of(parsers::cut_utf8(text, kTextBytes))) {
      for (const std::string& sentence : parts_of(line, U"。！!；;？?")) sentence_in(sentence, out);
    }
  }

  void give(const Item& item, std::string_view text, std::vector<NilStatement>& out) const {
    if (std::ranges::find(out, item.id, &NilStatement::item) == out.end()) {
      out.push_back({item.id, std::string(parsers::cut_utf8(parsers::trim(text), 200))});
    }
  }

 private:
  void sentence_in(const std::string& sentence, std::vector<NilStatement>& out) const {
    std::string folded = fold(sentence);
    if (contains_any(folded, kCondition) || contains_any(folded, kQuestion) ||
        contains_any(folded, kNotYet))
      return;
    // 推荐单位 and 推荐个人 are the objects in "无推荐单位": said as the notice says them.
    for (const auto& [from, to] :
         {std::pair{"推荐单位", "先进单位"}, std::pair{"申报单位", "先进单位"},
          std::pair{"推荐集体", "先进单位"}, std::pair{"推荐个人", "先进个人"},
          std::pair{"推荐人选", "先进个人"}, std::pair{"先进集体", "先进单位"}}) {
      folded = replace_all(std::move(folded), from, to);
    }
    std::vector<const Item*> before;  // objects of earlier clauses that nothing was said about yet
    bool any_object = false;
    for (std::string clause : parts_of(folded, U"，,")) {
      while (clause.ends_with(",") || clause.ends_with("。") || clause.ends_with(";") ||
             clause.ends_with("!"))
        clause.pop_back();
      clause =
          std::string(clause.ends_with("。") ? std::string_view(clause).substr(0, clause.size() - 3)
                                             : std::string_view(clause));
      std::vector<const Item*> named = items_in(clause);
      any_object = any_object || !named.empty();
      if (named.empty()) {
        if (denies_alone(clause)) {
          if (!before.empty()) {
            for (const Item* item : before) give(*item, sentence, out);
            before.clear();
          } else if (!any_object) {
            for (const Item& item : notice_.items) {
              if (item.nil_allowed && is_nomination(item)) give(item, sentence, out);
            }
          }
        }
        continue;
      }
      bool said = false;
      for (const Item* item : named) {
        if (denies(clause, *item)) give(*item, sentence, out), said = true;
      }
      if (!said && length_of(clause) <= 16 && !contains_any(clause, kBusy)) {
        before.insert(before.end(), named.begin(), named.end());
      } else {
        before.clear();
      }
    }
  }

  // "推荐表附后", "1名", "已报送": something else was said about the object.
  static constexpr std::array<std::string_view, 12> kBusy{"附", "表", "名", "个,", "报送", "见",
                                                          "已", "共", "1",  "2",   "请",   "查收"};

  // 无推荐 in general speaks of nominations, not of activities.
  static bool is_nomination(const Item& item) { return item.kind == ItemKind::kForm; }

  std::vector<const Item*> items_in(std::string_view clause) const {
    std::vector<const Item*> out;
    for (const auto& object : objects_) {
      if (!contains(clause, object.word)) continue;
      for (const Item* item : object.items) {
        if (std::ranges::find(out, item) == out.end()) out.push_back(item);
      }
    }
    return out;
  }

  static bool starts_negation(std::string_view text, std::size_t& width) {
    for (const std::string_view negative : kNegative) {
      if (text.starts_with(negative)) return width = negative.size(), true;
    }
    return false;
  }

  static std::string_view skip_filler(std::string_view text) {
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view word : kFiller) {
        if (text.starts_with(word)) text.remove_prefix(word.size()), again = true;
      }
    }
    return text;
  }

  static bool good_tail(std::string_view tail) {
    if (letters_of(tail).empty()) return true;
    return starts_with_any(tail, kTail) && !starts_with_any(tail, kTailNot);
  }

  // The clause denies by itself: 无推荐, 均无, 不申报, 没有推荐对象.
  static bool denies_alone(std::string_view clause) {
    constexpr std::array<std::string_view, 9> kWhole{"均无", "都没有",   "均没有", "均不推荐", "无",
                                                     "没有", "均无推荐", "空缺",   "均空缺"};
    std::string bare = letters_of(clause);
    for (const std::string_view we : {"我区", "我县", "我市", "我单位", "本单位", "我校", "我局",
                                      "本区", "本县", "本市", "本次", "今年", "经研究"}) {
      bare = replace_all(std::move(bare), we, "");
    }
    if (std::ranges::find(kWhole, std::string_view(bare)) != kWhole.end()) return true;
    if (length_of(bare) > 24) return false;
    for (std::size_t at = 0; at < bare.size(); ++at) {
      std::size_t width = 0;
      const std::string_view rest = std::string_view(bare).substr(at);
      if (!starts_negation(rest, width)) continue;
      const std::string_view tail = rest.substr(width);
      for (const std::string_view verb :
           {std::string_view("推荐"), std::string_view("申报"), std::string_view("参评")}) {
        if (!tail.starts_with(verb)) continue;
        const std::string_view end = tail.substr(verb.size());
        if (end.empty() ||
            (starts_with_any(end, std::array<std::string_view, 7>{"对象", "人选", "名额", "单位",
                                                                  "个人", "情况", "项目"}) &&
             length_of(end) <= 6)) {
          return true;
        }
      }
    }
    return contains(bare, "零推荐") || contains(bare, "零申报") || contains(bare, "放弃推荐") ||
           contains(bare, "放弃申报");
  }

  bool denies(std::string_view clause, const Item& item) const {
    for (const auto& word : item.nil_words) {
      const std::string object = fold(word);
      for (auto at = clause.find(object); at != std::string_view::npos;
           at = clause.find(object, at + object.size())) {
        if (denied_before(clause, at, object.size()) ||
            denied_behind(clause.substr(at + object.size())))
          return true;
      }
    }
    return false;
  }

  // 无先进个人推荐对象, 不推荐先进单位, 无先进单位、先进个人推荐.
  bool denied_before(std::string_view clause, std::size_t at, std::size_t size) const {
    if (!good_tail(tail_behind(clause.substr(at + size)))) return false;
    for (std::size_t from = 0; from < at; ++from) {
      std::size_t width = 0;
      if (!starts_negation(clause.substr(from), width) || from + width > at) continue;
      std::string between(clause.substr(from + width, at - from - width));
      for (const auto& object : objects_)
        between = replace_all(std::move(between), object.word, "");
      for (const std::string_view link : {"和", "及", "与", "、", "以及", "或"})
        between = replace_all(std::move(between), link, "");
      if (skip_filler(between).empty()) {
        // 未 needs its verb: 未推荐先进个人.
        const std::string_view negative = clause.substr(from, width);
        if (negative != "未" && negative != "不") return true;
        if (starts_with_any(clause.substr(from + width), kVerbs)) return true;
      }
    }
    return false;
  }

  // What stands behind the objects of a list.
  std::string_view tail_behind(std::string_view tail) const {
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view link : {"和", "及", "与", "、", "以及", "或"}) {
        if (tail.starts_with(link)) tail.remove_prefix(std::string_view(link).size()), again = true;
      }
      for (const auto& object : objects_) {
        if (tail.starts_with(object.word)) tail.remove_prefix(object.word.size()), again = true;
      }
    }
    return tail;
  }

  // 先进个人：无, 先进单位、先进个人均无, 先进个人我区不推荐, 先进单位空缺, 先进个人0个.
  bool denied_behind(std::string_view tail) const {
    tail = tail_behind(tail);
    std::string bare = letters_of(tail);
    for (const std::string_view we :
         {"我区", "我县", "我市", "我单位",   "本单位",   "我校",     "我局", "本区", "本县",
          "本市", "本次", "今年", "推荐对象", "推荐人选", "推荐名额", "人选", "对象", "推荐情况",
          "两项", "此项", "该项", "这项",     "方面",     "名额",     "为"}) {
      bare = replace_all(std::move(bare), we, "");
    }
    if (bare.starts_with("推荐") && bare.size() > 6) bare.erase(0, 6);
    for (const std::string_view all : {"均", "都", "也"}) {
      if (bare.starts_with(all)) bare.erase(0, all.size());
    }
    constexpr std::array<std::string_view, 22> kDenials{
        "无",     "没有",   "空缺",     "无推荐",   "不推荐", "没有推荐", "未推荐", "无申报",
        "不申报", "未申报", "没有申报", "零",       "0个",    "0名",      "0",      "零推荐",
        "零申报", "放弃",   "放弃推荐", "放弃申报", "无上报", "不参评"};
    return std::ranges::find(kDenials, std::string_view(bare)) != kDenials.end();
  }

  const Notice& notice_;
  std::vector<Object> objects_;
};

}  // namespace

std::vector<NilStatement> nil_statements(const Notice& notice, const parsers::Reading& reading) {
  const NilReader reader(notice);
  std::vector<NilStatement> out;
  if (reading.is_mail) {
    // A reply carries the subject of what it answers: only a subject of its own says anything.
    const std::string subject = fold(parsers::cut_utf8(reading.message.subject, 600));
    if (!starts_with_any(subject, kReply)) reader.read(reading.message.subject, out);
    reader.read(reading.message.text, out);
    for (const auto& inner : reading.message.forwarded) {
      if (fold(inner.from.address) != fold(notice.mailbox)) reader.read(inner.text, out);
    }
  }
  // A Word file that says 无 instead: a short statement, or a table without a nominee.
  for (const auto& document : reading.documents) {
    const auto* word = std::get_if<parsers::WordFacts>(&document.facts);
    if (word == nullptr) continue;
    if (word->body.high <= 120) {
      for (const auto& p : word->paragraphs) reader.read(p.text, out);
    }
    if (word->tables.empty() || word->body.high > 600) continue;
    for (const Item& item : notice.items) {
      if (item.kind != ItemKind::kTable || !read_summary(*word, item).nil) continue;
      std::string title;
      for (const auto& line : title_lines(*word)) title += line;
      // Several tables have a head of the same words; the title says which one it is.
      const Item* forms = notice.item(item.forms_item);
      const Item& target = item.nil_allowed || forms == nullptr ? item : *forms;
      if (!target.nil_allowed) continue;
      if (std::ranges::any_of(target.nil_words,
                              [&](const std::string& w) { return contains(title, fold(w)); })) {
        reader.give(target, document.name, out);
      }
    }
  }
  return out;
}

}  // namespace baosong::rules
