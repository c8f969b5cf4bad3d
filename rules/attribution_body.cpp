#include "rules/attribution_body.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::fold;

constexpr std::size_t kBodyBytes = 16384;
constexpr std::size_t kSignatureRest = 16;  // characters a signature may hold besides the unit

// A sentence in which the sender hands something in, or names himself.
constexpr std::array<std::string_view, 26> kOwn{
    "我是", "我们是", "这是", "这里是", "此为",   "现将",   "现报",   "现把",   "代表",
    "报送", "上报",   "报上", "提交",   "附上",   "附件为", "附件是", "以下是", "来自",
    "呈报", "转发",   "转报", "发送",   "发给您", "材料",   "我单位", "我局"};
// A sentence about somebody else.
constexpr std::array<std::string_view, 14> kOther{"学习", "借鉴", "参观", "考察", "感谢",
                                                  "经验", "参照", "兄弟", "对比", "像",
                                                  "不如", "据说", "邻",   "模仿"};
constexpr std::array<std::string_view, 14> kOwnLabels{
    "单位", "报送单位", "填报单位", "上报单位", "单位名称", "单位全称", "推荐单位",
    "来自", "所在单位", "发件单位", "县市区",   "报送地区", "落款",     "发件人单位"};

// Words of a sentence; no signature holds them.
constexpr std::array<std::string_view, 25> kSpoken{
    "的",   "是",   "报",   "送",   "交",   "发",   "请",   "学习", "感谢",
    "参观", "赴",   "经验", "领导", "材料", "您好", "你好", "收",   "表",
    "总结", "附件", "和",   "与",   "在",   "活动", "了"};
// What the names of bodies and their sections end in.
constexpr std::array<std::string_view, 14> kBodies{"局",   "科", "处", "室", "办", "院",   "校",
                                                   "中心", "委", "会", "部", "站", "大学", "股"};

bool is_strong(const Mention& m) {
  return m.strength == AliasStrength::kStrong || m.bureau || m.school;
}

std::vector<std::string_view> sentences_of(std::string_view line) {
  std::vector<std::string_view> out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = parsers::next_character(line, at);
    if (c == U'。' || c == U'！' || c == U'？' || c == U'!' || c == U'?' || c == U'；' ||
        c == U';') {
      out.push_back(line.substr(from, at - from));
      from = at;
    }
  }
  if (from < line.size()) out.push_back(line.substr(from));
  return out;
}

// "长春开放大学：", "尊敬的领导小组办公室老师，您好！": to whom the mail is written.
bool is_salutation(std::string_view folded, std::size_t index) {
  if (folded.starts_with("尊敬的") || folded.starts_with("致") || folded.starts_with("敬爱的"))
    return true;
  constexpr std::array<std::string_view, 6> kEnds{":", "您好", "你好", "您好!", "你好!", "您好,"};
  return index < 3 && ends_with_any(folded, kEnds);
}

// The one unit of these mentions; null when there are several or none. The owner yields.
const Unit* only_unit(const std::vector<Mention>& mentions, bool strong) {
  const Unit* found = nullptr;
  const Unit* owner = nullptr;
  for (const auto& mention : mentions) {
    if (is_strong(mention) != strong) continue;
    if (mention.unit->owner) {
      owner = mention.unit;
    } else if (found != nullptr && found != mention.unit) {
      return nullptr;
    } else {
      found = mention.unit;
    }
  }
  return found != nullptr ? found : owner;
}

std::string_view own_label(std::string_view line) {
  std::size_t colon = line.find("：");
  std::size_t width = std::string_view("：").size();
  if (const auto ascii = line.find(':'); ascii < colon) colon = ascii, width = 1;
  if (colon == std::string_view::npos || colon > 45) return {};
  const std::string label = normalise_label(line.substr(0, colon));
  if (std::ranges::find(kOwnLabels, label) == kOwnLabels.end()) return {};
  return line.substr(colon + width);
}

class BodyReader {
 public:
  BodyReader(const AliasMatcher& matcher, std::string_view text) : matcher_(matcher) {
    lines_ = lines_of(parsers::cut_utf8(text, kBodyBytes));
  }

  std::vector<Signal> read() {
    for (std::size_t i = 0; i < lines_.size(); ++i) line_in(lines_[i], i);
    settle();
    return std::move(out_);
  }

 private:
  void line_in(std::string_view line, std::size_t index) {
    const std::string folded = matcher_.without_own_text(fold(line));
    const auto mentions = matcher_.find(folded);
    if (mentions.empty()) return;
    if (is_salutation(folded, index) && own_label(line).empty()) return;
    if (signature_in(line, mentions, folded, index)) return;
    if (const Unit* unit = place_and_person(mentions, folded)) {
      signatures_.push_back(
          {Place::kBody, Weight::kSupporting, unit, true, false, std::string(line)});
      return;
    }
    if (const auto value = own_label(line); !value.empty()) {
      const auto named = matcher_.find(matcher_.without_own_text(fold(value)));
      if (const Unit* unit = only_unit(named, true)) {
        signatures_.push_back(
            {Place::kBody, Weight::kDeciding, unit, true, false, std::string(line)});
        return;
      }
    }
    auto sentences = sentences_of(line);
    if (sentences.size() > 1) {
      // "已补充，请查收。南关区教育局": signed on the same line.
      const std::string_view last = parsers::trim(sentences.back());
      const std::string last_folded = matcher_.without_own_text(fold(last));
      if (signature_in(last, matcher_.find(last_folded), last_folded, index)) sentences.pop_back();
    }
    for (const std::string_view sentence : sentences) sentence_in(sentence);
  }

  // True: the line is a signature, and what it says about the sender was taken.
  bool signature_in(std::string_view line, const std::vector<Mention>& mentions,
                    std::string_view folded, std::size_t index) {
    const Unit* unit = signed_by(matcher_, line);
    if (unit == nullptr) return false;
    // The owner is named in salutations of every style: only a signature at the end counts.
    if (unit->owner && (index + 4 < lines_.size() || contains(folded, "办公室"))) return true;
    signatures_.push_back({Place::kBody,
                           only_bureau(mentions) ? Weight::kDeciding : Weight::kSupporting, unit,
                           true, false, std::string(line)});
    return true;
  }

  // "宽城区 张老师": a place and somebody's name.
  static const Unit* place_and_person(const std::vector<Mention>& mentions,
                                      std::string_view folded) {
    if (mentions.size() != 1 || !is_strong(mentions[0]) || mentions[0].unit->owner ||
        mentions[0].begin != 0)
      return nullptr;
    const std::string rest = letters_of(folded.substr(mentions[0].end));
    return length_of(rest) <= 4 && !contains_any(rest, kSpoken) ? mentions[0].unit : nullptr;
  }

  static bool only_bureau(const std::vector<Mention>& mentions) {
    return std::ranges::any_of(mentions, [](const Mention& m) { return m.bureau || m.school; });
  }

  void sentence_in(std::string_view sentence) {
    const std::string folded = matcher_.without_own_text(fold(sentence));
    const auto mentions = matcher_.find(folded);
    if (mentions.empty()) return;
    const bool own = contains_any(folded, kOwn) && !contains_any(without_theme(folded), kOther);
    if (const Unit* unit = only_unit(mentions, true)) {
      if (unit->owner &&
          !(contains(folded, "我是") || contains(folded, "我们是") || contains(folded, "这是")))
        return;
      const bool bureau = own && only_bureau(mentions);
      sayings_.push_back({Place::kBody,
                          bureau ? Weight::kDeciding
                          : own  ? Weight::kSupporting
                                 : Weight::kHint,
                          unit, true, !own, std::string(sentence)});
      return;
    }
    if (std::ranges::any_of(mentions, is_strong)) return;  // several: a list
    const Unit* weak = only_unit(mentions, false);
    if (weak != nullptr && !weak->owner)
      sayings_.push_back({Place::kBody, Weight::kHint, weak, false, !own, std::string(sentence)});
  }

  // 终身学习 is in every mail's subject matter, so its 学习 is nobody's example.
  static std::string without_theme(std::string folded) {
    for (const std::string_view theme : {"终身学习", "学习活动", "学习成果", "学习型"})
      folded = replace_all(std::move(folded), theme, "");
    return folded;
  }

  static bool agree(const std::vector<Signal>& signals) {
    return std::ranges::all_of(signals,
                               [&](const Signal& s) { return s.unit == signals.front().unit; });
  }

  // A signature says more than what the sentences mention; two that differ say nothing.
  void settle() {
    std::erase_if(signatures_, [&](const Signal& s) {
      return s.unit->owner &&
             std::ranges::any_of(signatures_, [](const Signal& o) { return !o.unit->owner; });
    });
    if (!signatures_.empty() && agree(signatures_)) {
      out_ = signatures_;
      for (auto& saying : sayings_) {
        if (saying.unit == signatures_.front().unit) out_.push_back(saying);
      }
      return;
    }
    std::vector<Signal> own, hints;
    for (auto& s : sayings_) (s.weight == Weight::kHint ? hints : own).push_back(s);
    for (auto& s : signatures_) own.push_back(s);
    if (!own.empty()) {
      if (agree(own)) out_ = own;
      return;
    }
    if (!hints.empty() && agree(hints)) out_ = hints;
  }

  const AliasMatcher& matcher_;
  std::vector<std::string_view> lines_;
  std::vector<Signal> signatures_, sayings_, out_;
};

}  // namespace

std::vector<Signal> body_signals(const AliasMatcher& matcher, std::string_view text) {
  return BodyReader(matcher, text).read();
}

const Unit* signed_by(const AliasMatcher& matcher, std::string_view line) {
  const std::string folded = fold(parsers::cut_utf8(parsers::trim(line), 240));
  const auto mentions = matcher.find(folded);
  if (mentions.empty() || mentions.size() > 2) return nullptr;
  const Unit* unit = only_unit(mentions, true);
  if (unit == nullptr || (mentions.size() == 2 && mentions[0].unit != mentions[1].unit))
    return nullptr;
  // In front of the name only what belongs to it: "走进朝阳区" is a headline.
  std::string front = letters_of(std::string_view(folded).substr(0, mentions.front().begin));
  for (const std::string_view word : {"吉林省", "长春市", "单位", "落款", "发件人"})
    front = replace_all(std::move(front), word, "");
  if (!front.empty()) return nullptr;
  // Behind it a section, a person, a date, a telephone number.
  std::string rest = letters_of(std::string_view(folded).substr(mentions.back().end));
  std::erase_if(rest, [](char c) { return c >= '0' && c <= '9'; });
  for (const std::string_view word :
       {"年", "月", "日", "盖章", "公章", "章", "联系人", "联系电话", "电话"}) {
    rest = replace_all(std::move(rest), word, "");
  }
  if (rest.empty()) return unit;
  if (length_of(rest) > kSignatureRest || contains_any(rest, kSpoken)) return nullptr;
  const bool body =
      std::ranges::any_of(mentions, [](const Mention& m) { return m.bureau || m.school; });
  return body || ends_with_any(rest, kBodies) ? unit : nullptr;
}

}  // namespace baosong::rules
