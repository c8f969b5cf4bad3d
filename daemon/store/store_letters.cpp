// Letters and answers.
#include <array>

#include "daemon/store/columns.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/json.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {
namespace q = queries;
namespace {

constexpr std::array<std::string_view, 8> kLetterKindNames{
    "acknowledgement", "correction", "question",   "late",
    "duplicate",       "cloud-link", "unreadable", "digest"};

using LetterColumns =
    std::tuple<std::int64_t, std::string, std::string, std::string, std::string, std::string,
               std::string, std::string, std::string, std::string, std::string, std::int64_t,
               std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::string,
               std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::string>;
LetterRow to_letter(const LetterColumns& row) {
  LetterRow out;
  out.id = std::get<0>(row);
  out.letter.kind = from_name<LetterKind>(kLetterKindNames, std::get<1>(row));
  out.unit = std::get<2>(row);
  out.letter.to = std::get<3>(row);
  out.letter.subject = std::get<4>(row);
  out.letter.text = std::get<5>(row);
  out.letter.html = std::get<6>(row);
  out.letter.message_id = std::get<7>(row);
  out.letter.in_reply_to = std::get<8>(row);
  out.letter.references = store_json::to_texts(std::get<9>(row));
  out.state = from_name<LetterState>(kLetterStateNames, std::get<10>(row));
  out.decided_at = to_time(std::get<11>(row));
  out.due_at = to_time(std::get<12>(row));
  if (std::get<13>(row) != 0) out.date = to_time(std::get<14>(row));
  if (std::get<15>(row) != 0) out.sent_at = to_time(std::get<16>(row));
  out.gate_reason = std::get<17>(row);
  out.attempts = std::get<18>(row);
  if (std::get<19>(row) != 0) out.first_try = to_time(std::get<20>(row));
  out.not_before = to_time(std::get<21>(row));
  out.handed = std::get<22>(row) != 0;
  out.last_answer = std::get<23>(row);
  return out;
}

template <class... Args>
Result<std::vector<LetterRow>> load(Database& db, std::string_view sql, Args&&... args) {
  auto letters = each(db.rows<LetterColumns>(sql, std::forward<Args>(args)...), to_letter);
  if (!letters) return letters;
  for (LetterRow& row : *letters) {
    auto answers = each(db.rows<std::tuple<std::string>>(q::kAnswers, row.id),
                        [](const auto& answer) { return std::get<0>(answer); });
    if (!answers) return tl::unexpected(answers.error());
    row.letter.answers = std::move(*answers);
  }
  return letters;
}

template <class... Args>
Result<std::optional<LetterRow>> load_one(Database& db, std::string_view sql, Args&&... args) {
  auto letters = load(db, sql, std::forward<Args>(args)...);
  if (!letters) return tl::unexpected(letters.error());
  if (letters->empty()) return std::optional<LetterRow>();
  return std::optional<LetterRow>(std::move(letters->front()));
}

}  // namespace

Result<std::int64_t> Store::add_letter(const NewLetter& fresh) {
  const Letter& letter = fresh.letter;
  auto added = db_->run(q::kAddLetter, kLetterKindNames[static_cast<std::size_t>(letter.kind)],
                        fresh.unit, letter.to, letter.subject, letter.text, letter.html,
                        letter.message_id, letter.in_reply_to,
                        store_json::from_texts(letter.references), seconds_of(fresh.decided_at),
                        seconds_of(fresh.due_at), letter.kind == LetterKind::kQuestion);
  if (!added) return tl::unexpected(added.error());
  auto id = db_->number(q::kLetterId, letter.message_id);
  if (!id) return id;
  if (fresh.replaces) {
    for (const auto& step : {db_->run(q::kTakeOver, *fresh.replaces, *id),
                             db_->run(q::kDropLetter, *fresh.replaces)}) {
      if (!step) return tl::unexpected(step.error());
    }
  }
  for (const std::string& mail : letter.answers) {
    if (auto answered = db_->run(q::kAddAnswer, *id, mail); !answered) {
      return tl::unexpected(answered.error());
    }
  }
  return id;
}

Result<std::optional<LetterRow>> Store::pending_letter(std::string_view unit, std::string_view to) {
  return load_one(*db_, q::kPendingLetter, unit, to);
}
Result<std::vector<LetterRow>> Store::letters(LetterState state) {
  return load(*db_, q::kLettersByState, name_of(state));
}
Result<std::vector<LetterRow>> Store::letters_sent(Period sent) {
  return load(*db_, q::kLettersSent, seconds_of(sent.from), seconds_of(sent.to));
}
Result<std::vector<LetterRow>> Store::letters_decided(Period decided) {
  return load(*db_, q::kLettersDecided, seconds_of(decided.from), seconds_of(decided.to));
}
Result<std::vector<LetterRow>> Store::letters_to(std::string_view unit) {
  return load(*db_, q::kLettersTo, unit);
}
Result<std::vector<LetterRow>> Store::due(Time now) {
  return load(*db_, q::kDue, seconds_of(now), seconds_of(now));
}
Result<std::vector<LetterRow>> Store::late_letters(Time now) {
  return load(*db_, q::kLate, seconds_of(now), seconds_of(now));
}
Result<std::optional<LetterRow>> Store::letter(std::int64_t id) {
  return load_one(*db_, q::kLetterById, id);
}
Result<std::optional<LetterRow>> Store::letter_named(std::string_view message_id) {
  return load_one(*db_, q::kLetterByMessageId, message_id);
}
Result<std::optional<LetterRow>> Store::last_letter_to(std::string_view address, Time since) {
  return load_one(*db_, q::kLastLetterTo, address, seconds_of(since));
}
Result<std::vector<std::string>> Store::last_sent(std::size_t most) {
  return each(db_->rows<std::tuple<std::string>>(q::kLastSent, most),
              [](const auto& row) { return std::get<0>(row); });
}

Result<bool> Store::question_open(std::string_view to) {
  auto count = db_->number(q::kQuestionOpen, to);
  if (!count) return tl::unexpected(count.error());
  return *count > 0;
}
Result<void> Store::close_questions(std::string_view to) {
  return db_->run(q::kCloseQuestions, to);
}

}  // namespace baosong::daemon
