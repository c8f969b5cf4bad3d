#include "daemon/outbox/smtp_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace baosong::daemon::smtp {
namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t bit(Step step) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(step));
}
constexpr std::uint8_t kAny = 0xFF;
constexpr std::uint8_t kOpening = bit(Step::kConnect) | bit(Step::kLogin);
constexpr std::uint8_t kRcpt = bit(Step::kRecipient);
constexpr std::uint8_t kContent = bit(Step::kData) | bit(Step::kEnd);

// In this order: what a server says in its own words goes before the class of the code.
constexpr std::array kAnswers{
    // ---- NetEase (Coremail) ----
    AnswerRow{421, 421, "HL:ICC", kAny, Action::kPause, 10min, false,
              "网易提示同时连接过多，10分钟后自动再发"},
    AnswerRow{450, 451, "MI:DMC", kAny, Action::kPause, 1min, false,
              "网易提示一次连接内的信件过多，1分钟后换新连接自动再发"},
    AnswerRow{451, 451, "MI:SFQ", kAny, Action::kPause, 15min, false,
              "网易限制15分钟内的发信数量，15分钟后自动再发"},
    AnswerRow{451, 451, "RP:QRC", kAny, Action::kPause, 15min, false,
              "网易提示短时间内收件人过多，15分钟后自动再发"},
    AnswerRow{550, 550, "RP:TRC", kAny, Action::kTomorrow, 10min, false,
              "网易提示当天的收件人数量已满，明天自动再发"},
    AnswerRow{550, 554, "MI:STC", kAny, Action::kTomorrow, 10min, false,
              "网易提示当天的发信数量已满，明天自动再发"},
    AnswerRow{554, 554, "HL:IHU", kAny, Action::kPauseAndTell, 6h, false,
              "网易暂停了本机网络地址的发信，请管理员登录网页邮箱查看提示；6小时后自动再试"},
    AnswerRow{451, 451, "DT:SPM", kAny, Action::kLater, 2min, false,
              "网易暂时把这封信当作可疑邮件，稍后自动再发"},
    AnswerRow{554, 554, "DT:SPM", kAny, Action::kRefuse, 0s, false,
              "网易把这封信当作垃圾邮件，没有发出，请人工联系对方"},
    AnswerRow{550, 554, "MI:SPB", kAny, Action::kPauseAndTell, 6h, false,
              "网易不允许本邮箱发信，请管理员登录网页邮箱查看发信权限；6小时后自动再试"},
    AnswerRow{552, 552, "Illegal Attachment", kAny, Action::kRefuse, 0s, false,
              "发信服务器不接受信中的附件，没有发出，请人工联系对方"},
    AnswerRow{500, 559, "must equal authorized user", kAny, Action::kPauseAndTell, 1h, false,
              "发信地址与登录的邮箱不一致，请管理员把 outbox.from 设成登录的邮箱；1小时后自动再试"},
    AnswerRow{500, 559, "sender address rejected", kAny, Action::kPauseAndTell, 1h, false,
              "发信地址与登录的邮箱不一致，请管理员把 outbox.from 设成登录的邮箱；1小时后自动再试"},
    // ---- any server: connecting and logging in ----
    AnswerRow{421, 421, "", kAny, Action::kPause, 5min, false,
              "发信服务器暂时不提供服务，5分钟后自动再发"},
    AnswerRow{
        530, 538, "", bit(Step::kLogin) | bit(Step::kSender), Action::kPauseAndTell, 1h, false,
        "发信服务器不让登录，请管理员核对授权码，并确认网页邮箱里已开启SMTP服务；1小时后自动再试"},
    AnswerRow{400, 499, "", kOpening | bit(Step::kSender), Action::kPause, 10min, false,
              "发信服务器暂时不受理，10分钟后自动再发"},
    AnswerRow{500, 599, "", kOpening, Action::kPauseAndTell, 1h, false,
              "发信服务器拒绝了连接或登录，请管理员查看；1小时后自动再试"},
    AnswerRow{500, 599, "", bit(Step::kSender), Action::kPauseAndTell, 1h, false,
              "发信服务器不接受本邮箱作为发件人，请管理员查看；1小时后自动再试"},
    // ---- any server: the recipient ----
    AnswerRow{400, 499, "4.2.2", kRcpt | kContent, Action::kLater, 30min, false,
              "对方邮箱已满，稍后自动再发"},
    AnswerRow{400, 499, "", kRcpt, Action::kLater, 5min, false,
              "对方邮箱暂时收不了信，稍后自动再发"},
    AnswerRow{500, 559, "relay", kRcpt, Action::kPauseAndTell, 1h, false,
              "发信服务器不肯转发（多半是没有登录），请管理员核对 outbox.user；1小时后自动再试"},
    AnswerRow{500, 599, "5.1.7", kAny, Action::kPauseAndTell, 1h, false,
              "发信服务器不接受本邮箱作为发件人，请管理员查看；1小时后自动再试"},
    AnswerRow{500, 599, "5.1.8", kAny, Action::kPauseAndTell, 1h, false,
              "发信服务器不接受本邮箱作为发件人，请管理员查看；1小时后自动再试"},
    AnswerRow{500, 599, "5.2.2", kRcpt | kContent, Action::kRefuse, 0s, false,
              "对方邮箱已满，没有发出，请电话联系对方清理后再发"},
    AnswerRow{552, 552, "", kRcpt, Action::kRefuse, 0s, false,
              "对方邮箱已满，没有发出，请电话联系对方清理后再发"},
    AnswerRow{500, 599, "5.1.", kRcpt | kContent, Action::kRefuse, 0s, true,
              "对方邮箱地址不存在，没有发出，请核对地址"},
    AnswerRow{500, 599, "5.7.", kRcpt, Action::kRefuse, 0s, false,
              "对方邮箱拒收本邮箱的信，没有发出，请电话联系对方"},
    AnswerRow{500, 599, "", kRcpt, Action::kRefuse, 0s, true,
              "对方邮箱不存在或不收信，没有发出，请核对地址"},
    // ---- any server: the content ----
    AnswerRow{400, 499, "", kContent, Action::kLater, 5min, false,
              "发信服务器暂时没有收下这封信，稍后自动再发"},
    AnswerRow{552, 552, "", kContent, Action::kRefuse, 0s, false,
              "发信服务器嫌这封信过大，没有发出，请人工联系对方"},
    AnswerRow{500, 599, "", kContent, Action::kRefuse, 0s, false,
              "发信服务器不接受这封信的内容，没有发出，请人工联系对方"},
};

// The one row for a reply that is no refusal and yet was not what the talk wanted.
constexpr AnswerRow kStrange{
    0, 999, "", kAny, Action::kLater, 5min, false, "发信服务器的答复不合规范，稍后自动再发"};

bool contains_folded(std::string_view text, std::string_view word) {
  return !std::ranges::search(text, word, [](unsigned char a, unsigned char b) {
            return std::tolower(a) == std::tolower(b);
          }).empty();
}

bool fits(const AnswerRow& row, Step step, const Reply& reply) {
  if (reply.code < row.least || reply.code > row.most || (row.steps & bit(step)) == 0) return false;
  if (row.mark.empty()) return true;
  if (row.mark[0] >= '0' && row.mark[0] <= '9') return reply.enhanced.starts_with(row.mark);
  return std::ranges::any_of(
      reply.lines, [&](const std::string& line) { return contains_folded(line, row.mark); });
}

struct ActionWords {
  Fate fate;
  std::string_view name;
};
constexpr std::array<ActionWords, 5> kActions{{{Fate::kLater, "this letter later"},
                                               {Fate::kPaused, "all wait"},
                                               {Fate::kPaused, "all wait until tomorrow"},
                                               {Fate::kRefused, "held for staff"},
                                               {Fate::kPaused, "all wait, staff are told"}}};
const ActionWords& words_of(Action action) { return kActions[static_cast<std::size_t>(action)]; }

constexpr std::array<std::string_view, 6> kStepNames{"greeting", "AUTH", "MAIL",
                                                     "RCPT",     "DATA", "end of data"};

std::string steps_of(std::uint8_t steps) {
  if (steps == kAny) return "any";
  std::string out;
  for (std::size_t i = 0; i < kStepNames.size(); ++i) {
    if ((steps >> i & 1) == 0) continue;
    out += (out.empty() ? "" : ", ") + std::string(kStepNames[i]);
  }
  return out;
}

}  // namespace

std::span<const AnswerRow> answer_table() { return kAnswers; }

const AnswerRow& row_for(Step step, const Reply& reply) {
  const auto* found =
      std::ranges::find_if(kAnswers, [&](const AnswerRow& row) { return fits(row, step, reply); });
  return found == kAnswers.end() ? kStrange : *found;
}

Delivery delivery_of(Step step, const Reply& reply) {
  const AnswerRow& row = row_for(step, reply);
  Delivery out;
  out.fate = words_of(row.action).fate;
  out.wait = row.wait;
  out.tomorrow = row.action == Action::kTomorrow;
  out.tell_staff = row.action == Action::kPauseAndTell;
  out.bad_address = row.bad_address;
  out.reason = row.says;
  out.answer = reply.one_line();
  return out;
}

std::string answers_markdown() {
  std::string out =
      "# What SMTP servers answer, and what Baosong does\n\n"
      "Generated from the table in daemon/outbox/smtp_answers.cpp; don't edit. After a change of\n"
      "the table: `BAOSONG_ACCEPT=1 build/dev/test_outbox "
      "--gtest_filter='SmtpAnswers.*Document*'`.\n\n"
      "The first row that fits counts. A letter that waits is tried again after the time given, "
      "then after a time that\ndoubles with each failure; after `outbox.give_up` it is held for "
      "staff.\n\n"
      "| code | with | said at | what is done | after | words for the office |\n"
      "|---|---|---|---|---|---|\n";
  for (const AnswerRow& row : kAnswers) {
    const std::string codes = row.least == row.most ? fmt::format("{}", row.least)
                                                    : fmt::format("{}–{}", row.least, row.most);
    const std::string wait =
        row.wait.count() == 0 ? std::string() : fmt::format("{} min", row.wait.count() / 60);
    out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", codes,
                       row.mark.empty() ? std::string() : fmt::format("`{}`", row.mark),
                       steps_of(row.steps), words_of(row.action).name, wait, row.says);
  }
  return out;
}

}  // namespace baosong::daemon::smtp
