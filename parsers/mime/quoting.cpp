#include "parsers/mime/quoting.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "parsers/mime/address.hpp"
#include "parsers/mime/ascii.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

using Lines = std::vector<std::string_view>;

// Folded text of a separator line between its dashes.
struct Separator {
  std::string_view text;
  bool forward;
};
constexpr std::array kSeparators{
    Separator{"转发邮件信息", true},
    Separator{"转发的邮件", true},
    Separator{"转发邮件", true},
    Separator{"转发信息", true},
    Separator{"转发的消息", true},
    Separator{"forwardedmessage", true},
    Separator{"beginforwardedmessage", true},
    Separator{"原始邮件", false},
    Separator{"原始邮件信息", false},
    Separator{"原始信息", false},
    Separator{"原邮件", false},
    Separator{"原始郵件", false},
    Separator{"回复的原邮件", false},
    Separator{"回复邮件", false},
    Separator{"originalmessage", false},
    Separator{"originalemail", false},
    Separator{"original", false},
    Separator{"repliedmessage", false},
};

enum class Head { kNone, kFrom, kSubject, kOther };
struct HeadName {
  std::string_view text;  // folded, before the colon
  Head head;
};
constexpr std::array kHeadNames{
    HeadName{"发件人", Head::kFrom},    HeadName{"寄件者", Head::kFrom},
    HeadName{"寄件人", Head::kFrom},    HeadName{"发送人", Head::kFrom},
    HeadName{"from", Head::kFrom},      HeadName{"主题", Head::kSubject},
    HeadName{"主旨", Head::kSubject},   HeadName{"subject", Head::kSubject},
    HeadName{"发送时间", Head::kOther}, HeadName{"发送日期", Head::kOther},
    HeadName{"日期", Head::kOther},     HeadName{"时间", Head::kOther},
    HeadName{"收件人", Head::kOther},   HeadName{"抄送", Head::kOther},
    HeadName{"抄送人", Head::kOther},   HeadName{"附件", Head::kOther},
    HeadName{"date", Head::kOther},     HeadName{"sent", Head::kOther},
    HeadName{"to", Head::kOther},       HeadName{"cc", Head::kOther},
    HeadName{"reply-to", Head::kOther},
};

struct HeadLine {
  Head head = Head::kNone;
  std::string_view value;
};

// "发件人：张小禾 <a@126.com>", also "| 发件人 | ... |" and "*From:* ..." as phones and tables
// write it.
HeadLine head_line(std::string_view line) {
  constexpr std::size_t kLongestName = 40;
  constexpr std::string_view kWideColon = "：", kDecoration = "|*>- \t";
  const std::size_t begin = line.find_first_not_of(kDecoration);
  if (begin == std::string_view::npos) return {};
  line.remove_prefix(begin);
  const std::string_view start = line.substr(0, kLongestName);
  const std::size_t mark =
      std::min({start.find(':'), start.find(kWideColon), start.find('|'), start.find('\t')});
  if (mark == std::string_view::npos) return {};
  const std::string name = fold(line.substr(0, mark));
  const auto row = std::ranges::find(kHeadNames, name, &HeadName::text);
  if (row == kHeadNames.end()) return {};
  std::string_view value =
      line.substr(mark + (start.substr(mark).starts_with(kWideColon) ? kWideColon.size() : 1));
  const std::size_t first = value.find_first_not_of("*:| \t");
  value = first == std::string_view::npos ? std::string_view{} : value.substr(first);
  while (value.ends_with('|') || value.ends_with('*')) value.remove_suffix(1);
  return {row->head, trim(value)};
}

const Separator* separator(std::string_view line) {
  constexpr std::size_t kLongest = 200;
  if (line.size() > kLongest) return nullptr;
  std::string text = fold(line);
  const auto is_dash = [](char c) {
    return c == '-' || c == '_' || c == '=' || c == '*' || c == ':';
  };
  const std::size_t before = text.size();
  while (!text.empty() && is_dash(text.back())) text.pop_back();
  text.erase(text.begin(), std::ranges::find_if_not(text, is_dash));
  if (before - text.size() < 2 && text != "beginforwardedmessage") return nullptr;
  const auto row = std::ranges::find(kSeparators, text, &Separator::text);
  return row == kSeparators.end() ? nullptr : &*row;
}

// "On ..., X wrote:", "在 2022-10-25 10:00:00，X 写道：", "X 于2022年10月25日周二 10:00写道："
bool is_attribution(std::string_view line) {
  constexpr std::size_t kLongest = 400;
  constexpr std::array<std::string_view, 5> kEnds{"写道:", "寫道:", "wrote:", "来信:", "写到:"};
  if (line.size() > kLongest) return false;
  const std::string text = fold(line);
  if (!std::ranges::any_of(kEnds, [&](auto end) { return text.ends_with(end); })) return false;
  const bool dated = std::ranges::any_of(text, is_digit);
  return dated || text.find('@') != std::string::npos;
}

std::string join(std::span<const std::string_view> lines) {
  std::string out;
  for (const std::string_view line : lines) {
    out += line;
    out += '\n';
  }
  return std::string(trim(out));
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      lines_.push_back(line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  SplitText run() {
    SplitText out;
    std::string quoted;
    const Mark first = next_mark(0);
    out.fresh = fresh(0, first.at, quoted);
    out.says_forward = first.forward;
    quoted += join(std::span(lines_).subspan(first.at));
    out.quoted = std::string(trim(quoted));
    constexpr std::size_t kMostHeads = 8;
    for (Mark mark = first; mark.at < lines_.size() && out.heads.size() < kMostHeads;) {
      Forwarded head;
      const std::size_t body = read_head(mark.after, head);
      mark = next_mark(body);
      std::string ignored;
      head.text = fresh(body, mark.at, ignored);
      if (!head.from.address.empty() || !head.from.name.empty() || !head.subject.empty()) {
        out.heads.push_back(std::move(head));
      }
    }
    return out;
  }

 private:
  struct Mark {
    std::size_t at = 0;     // the first line of the mark; lines_.size() when there is none
    std::size_t after = 0;  // the line where the head or the text begins
    bool forward = false;
  };

  Mark next_mark(std::size_t from) const {
    for (std::size_t i = from; i < lines_.size(); ++i) {
      const std::string_view line = trim(lines_[i]);
      if (line.empty() || line.starts_with('>')) continue;
      if (const Separator* found = separator(line)) return {i, i + 1, found->forward};
      if (is_head_block(i)) return {i, i, false};
      if (is_attribution(line)) return {i, i + 1, false};
      // The attribution is broken over two lines when it is long.
      if (i + 1 < lines_.size() && may_begin_attribution(line) &&
          is_attribution(trim(lines_[i + 1]))) {
        return {i, i + 2, false};
      }
    }
    return {lines_.size(), lines_.size(), false};
  }

  static bool may_begin_attribution(std::string_view line) {
    return line.starts_with("On ") || line.starts_with("At ") || line.starts_with("在") ||
           line.find("@") != std::string_view::npos;
  }

  // 发件人 and at least two more of its kind within the next lines.
  bool is_head_block(std::size_t at) const {
    if (head_line(lines_[at]).head != Head::kFrom) return false;
    int others = 0;
    const std::size_t end = std::min(at + 8, lines_.size());
    for (std::size_t i = at + 1; i < end; ++i)
      others += head_line(lines_[i]).head == Head::kNone ? 0 : 1;
    return others >= 2;
  }

  // The head behind a mark; returns the first line of the text.
  std::size_t read_head(std::size_t at, Forwarded& out) const {
    while (at < lines_.size() && trim(lines_[at]).empty()) ++at;
    std::size_t end = at;
    for (std::size_t i = at; i < std::min(at + 12, lines_.size()); ++i) {
      const HeadLine found = head_line(lines_[i]);
      if (found.head == Head::kNone) {
        if (trim(lines_[i]).empty() && end > at) break;
        continue;
      }
      if (found.head == Head::kFrom && out.from.address.empty())
        out.from = parse_address(found.value);
      if (found.head == Head::kSubject && out.subject.empty())
        out.subject = std::string(found.value);
      end = i + 1;
    }
    return end;
  }

  // Lines of [from, to) that do not begin with '>'; those that do are added to `quoted`.
  std::string fresh(std::size_t from, std::size_t to, std::string& quoted) const {
    Lines kept;
    for (std::size_t i = from; i < to; ++i) {
      if (trim(lines_[i]).starts_with('>')) {
        quoted += std::string(lines_[i]) + '\n';
      } else {
        kept.push_back(lines_[i]);
      }
    }
    return join(kept);
  }

  Lines lines_;
};

}  // namespace

SplitText split_quoted(std::string_view text) { return Splitter(text).run(); }

bool is_forward_subject(std::string_view subject) {
  constexpr std::array<std::string_view, 4> kForward{"fw:", "fwd:", "转发:", "轉寄:"};
  constexpr std::array<std::string_view, 4> kReply{"re:", "回复:", "答复:", "回覆:"};
  const std::string text = fold(subject);
  std::string_view rest = text;
  for (;;) {
    if (std::ranges::any_of(kForward, [&](auto mark) { return rest.starts_with(mark); }))
      return true;
    const auto reply =
        std::ranges::find_if(kReply, [&](auto mark) { return rest.starts_with(mark); });
    if (reply == kReply.end()) return false;
    rest.remove_prefix(reply->size());
  }
}

}  // namespace baosong::parsers::mime
