// What kind of mail it is: handed in, asked, or made by a machine. The marks are those of RFC 3834
// (automatic responses), RFC 3464 (bounces), RFC 2919 and 2369 (lists), and what NetEase, QQ, Sina
// and Outlook really write.
#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/judge.hpp"
#include "rules/mail_marks.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::fold;
using parsers::Message;

struct FieldMark {
  std::string_view name;
  std::string_view value;   // folded prefix; empty: the field's presence is enough
  std::string_view except;  // folded prefix of a value that says nothing
};

constexpr std::array kAutoReply{
    FieldMark{"auto-submitted", "auto-", ""},    FieldMark{"x-qq-auto-reply", "", "false"},
    FieldMark{"x-qq-holidayreply", "", "false"}, FieldMark{"x-autoreply", "", "no"},
    FieldMark{"x-autorespond", "", "no"},        FieldMark{"x-coremail-autoreply", "", "false"},

    FieldMark{"precedence", "auto_reply", ""},
};
constexpr std::array kList{
    FieldMark{"list-id", "", ""},        FieldMark{"list-unsubscribe", "", ""},
    FieldMark{"list-post", "", ""},      FieldMark{"x-mailing-list", "", ""},
    FieldMark{"mailing-list", "", ""},   FieldMark{"precedence", "bulk", ""},
    FieldMark{"precedence", "list", ""}, FieldMark{"precedence", "junk", ""},
};

// Our own letters carry these.
constexpr std::array kOurs{FieldMark{"x-baosong-letter", "", ""},
                           FieldMark{"x-baosong-notice", "", ""}};

template <std::size_t N>
bool marked(const Message& message, const std::array<FieldMark, N>& marks) {
  return std::ranges::any_of(message.fields, [&](const parsers::Field& field) {
    return std::ranges::any_of(marks, [&](const FieldMark& mark) {
      if (field.name != mark.name) return false;
      const std::string value = fold(field.value);
      return value.starts_with(mark.value) &&
             (mark.except.empty() || !value.starts_with(mark.except));
    });
  });
}

bool is_auto_reply(const Message& message) {
  if (marked(message, kAutoReply)) return true;
  // A read receipt (RFC 8098).
  if (fold(message.report_type) == "disposition-notification") return true;
  constexpr std::array<std::string_view, 9> kSubjects{
      "自动回复:",       "自动回复-",   "自动答复:", "假期自动回复", "autoreply:",
      "automaticreply:", "outofoffice", "自动应答",  "已读回执"};
  const std::string subject = fold(message.subject);
  if (subject == "自动回复" || starts_with_any(subject, kSubjects)) return true;
  return subject.starts_with("来自") && subject.ends_with("的自动回复");
}

bool is_bounce(const Message& message) {
  if (message.bounce) return true;
  if (fold(message.report_type) == "delivery-status") return true;
  const std::string from = fold(message.from.address);
  const std::string local = from.substr(0, std::min(from.find('@'), from.size()));
  const bool postmaster = local == "postmaster" || local == "mailer-daemon" ||
                          local == "mail-daemon" || local == "mailerdaemon";
  const bool null_sender = std::ranges::any_of(message.fields, [](const parsers::Field& field) {
    return field.name == "return-path" && fold(field.value) == "<>";
  });
  const std::string subject = fold(message.subject);
  constexpr std::array<std::string_view, 11> kSubjects{
      "退信",          "退回",         "undeliver",    "deliverystatus",     "deliveryfail",
      "failurenotice", "returnedmail", "mailreturned", "theemailisreturned", "notdelivered",
      "投递失败"};
  if (postmaster || null_sender) return postmaster ? true : contains_any(subject, kSubjects);
  return subject == "系统退信" || (subject.starts_with("来自") && subject.ends_with("的退信"));
}

// What a client adds by itself is no text of a person.
bool has_words(std::string_view text) {
  constexpr std::array<std::string_view, 12> kClients{
      "发自我的",    "发自",       "来自我的", "从网易",  "sentfrommy", "发送自",
      "获取outlook", "来自qq邮箱", "网易邮箱", "foxmail", "qq邮箱",     "从qq"};
  for (const std::string_view line : lines_of(parsers::cut_utf8(text, 8192))) {
    const std::string folded = fold(line);
    if (letters_of(folded).empty()) continue;
    if (starts_with_any(folded, kClients) && length_of(folded) <= 30) continue;
    return true;
  }
  return false;
}

// Cards, calendars and signatures come along by themselves.
bool is_handed_in(const parsers::Document& document) {
  if (is_decoration(document)) return false;
  constexpr std::array<std::string_view, 6> kByTheWay{".vcf", ".ics", ".p7s",
                                                      ".asc", ".sig", ".p7m"};
  const std::string name = fold(document.name);
  return !ends_with_any(name, kByTheWay);
}

}  // namespace

bool is_decoration(const parsers::Document& document) {
  constexpr std::uint32_t kSide = 400;         // pixels; a signature's banner is wide but low
  constexpr std::uint64_t kSmall = 40 * 1024;  // bytes, where the pixels are not known
  constexpr std::uint64_t kTiny = 12 * 1024;   // bytes; no photograph is that small
  const auto* photo = std::get_if<parsers::PhotoFacts>(&document.facts);
  const bool measured = photo != nullptr && photo->width > 0 && photo->height > 0;
  const bool small = measured
                         ? std::min(photo->width, photo->height) < kSide || document.size < kTiny
                         : document.size < kSmall;
  if (document.inline_image) return small && document.size > 0;
  if (!parsers::is_image(document.format) && !fold(document.name).ends_with(".gif")) return false;
  // Outlook attaches the pictures of a signature under these names.
  const std::string name = fold(document.name);
  const bool numbered = name.starts_with("image0") && name.size() <= 13;
  return numbered && small && document.size > 0;
}

Disposition dispose(const Notice& notice, const parsers::Reading& reading) {
  if (!reading.is_mail) return Disposition::kSubmission;
  const Message& message = reading.message;
  if (is_bounce(message)) return Disposition::kBounce;
  if (!message.from.address.empty() && fold(message.from.address) == fold(notice.mailbox))
    return Disposition::kOwn;
  if (marked(message, kOurs)) return Disposition::kOwn;
  if (is_auto_reply(message)) return Disposition::kAutoReply;
  if (marked(message, kList)) return Disposition::kListOrBulk;

  const bool handed_in = std::ranges::any_of(reading.documents, is_handed_in);
  const std::string from = fold(message.from.address);
  constexpr std::array<std::string_view, 6> kMachines{
      "noreply@", "no-reply@", "no_reply@", "donotreply@", "do-not-reply@", "newsletter@"};
  if (!handed_in && starts_with_any(from, kMachines)) return Disposition::kListOrBulk;
  if (handed_in || !nil_statements(notice, reading).empty()) return Disposition::kSubmission;
  const bool words = has_words(message.text) ||
                     std::ranges::any_of(message.forwarded,
                                         [](const auto& inner) { return has_words(inner.text); });
  return words ? Disposition::kInquiry : Disposition::kEmpty;
}

}  // namespace baosong::rules
