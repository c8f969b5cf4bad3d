// Every statement the store runs, in one place. Values are bound, never pasted; columns come in
// the order in which the functions of store_*.cpp take them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace baosong::daemon::queries {

// ---- Migrations ----
inline constexpr std::string_view kMigrationTable =
    "CREATE TABLE IF NOT EXISTS migration ("
    " name TEXT PRIMARY KEY, applied_order INTEGER NOT NULL) STRICT, WITHOUT ROWID";
inline constexpr std::string_view kMigrations = "SELECT name FROM migration ORDER BY applied_order";
inline constexpr std::string_view kHasMigrationTable =
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'";
inline constexpr std::string_view kAddMigration =
    "INSERT INTO migration (name, applied_order) "
    "VALUES (?, (SELECT count(*) FROM migration) + 1)";

// ---- The file itself ----
inline constexpr std::string_view kQuickCheck = "PRAGMA quick_check(1)";
inline constexpr std::string_view kCopyInto = "VACUUM INTO ?";
// The first column says whether somebody was in the way.
inline constexpr std::string_view kEmptyLog = "PRAGMA wal_checkpoint(TRUNCATE)";
inline constexpr std::string_view kCountMails = "SELECT count(*) FROM mail";
inline constexpr std::string_view kLatestAudit = "SELECT coalesce(max(at), 0) FROM audit";

// ---- Rebuilding, on a copy of the store ----
// Its facts begin with the version that wrote them; those of a copy of another mail are not asked
// for.
inline constexpr std::string_view kOutdated =
    "SELECT count(*) FROM mail WHERE state IN ('read', 'decided') AND copy_of IS NULL "
    "AND substr(message, 1, length(?1)) <> ?1";
inline constexpr std::string_view kHasTable =
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?";
inline constexpr std::string_view kKeepPast =
    "CREATE TABLE kept_mail AS SELECT sha256, state FROM mail;"
    "CREATE UNIQUE INDEX kept_mail_by_hash ON kept_mail (sha256);"
    "CREATE TABLE kept_decision AS SELECT mail, decided_at, settled_at FROM decision;"
    "CREATE UNIQUE INDEX kept_decision_by_mail ON kept_decision (mail);";
inline std::string keep_table(std::string_view name) {
  return fmt::format("CREATE TABLE kept_{0} AS SELECT * FROM {0};", name);
}
inline std::string put_back(std::string_view name) {
  return fmt::format(
      "DELETE FROM {0}; INSERT INTO {0} SELECT * FROM kept_{0}; DROP TABLE kept_{0};", name);
}
// Questions are opened and closed again in the order in which it happened.
inline constexpr std::string_view kForgetDerived =
    "DELETE FROM ledger; DELETE FROM nil_statement; DELETE FROM decision;"
    "UPDATE letter SET open = 0;";
inline constexpr std::string_view kForgetPhotos = "DELETE FROM photo WHERE notice = ?";
// Not a copy of another mail, and not too large to be read.
inline constexpr std::string_view kReadAllAgain =
    "UPDATE mail SET state = 'archived', trouble = '', received = arrival "
    "WHERE copy_of IS NULL AND size <= ?";
inline constexpr std::string_view kDecideAllAgain =
    "UPDATE mail SET state = 'read' "
    "WHERE state = 'decided' AND copy_of IS NULL AND message IS NOT NULL";
inline constexpr std::string_view kPast = "SELECT state FROM kept_mail WHERE sha256 = ?";
inline constexpr std::string_view kAnswered = "SELECT count(*) FROM answer WHERE mail = ?";
inline constexpr std::string_view kReopenQuestion =
    "UPDATE letter SET open = 1 WHERE kind = 'question' "
    "AND id IN (SELECT letter FROM answer WHERE mail = ?)";
inline constexpr std::string_view kPastDecisions =
    "UPDATE decision SET decided_at = kept.decided_at, settled_at = kept.settled_at "
    "FROM kept_decision AS kept WHERE kept.mail = decision.mail;"
    "DROP TABLE kept_decision; DROP TABLE kept_mail;";

// ---- Mails ----
inline constexpr std::string_view kFetched =
    "SELECT count(*) FROM sighting WHERE mailbox = ? AND key = ? AND sha256 IS NOT NULL";
inline constexpr std::string_view kHasMail = "SELECT count(*) FROM mail WHERE sha256 = ?";
inline constexpr std::string_view kAddMail =
    "INSERT INTO mail (sha256, size, state, arrival, exact, first_seen, received, trouble) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view kAddSighting =
    "INSERT INTO sighting (mailbox, key, sha256, first_seen) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (mailbox, key) DO UPDATE SET sha256 = excluded.sha256, trouble = ''";
inline constexpr std::string_view kAddUnfetched =
    "INSERT INTO sighting (mailbox, key, sha256, first_seen, trouble) VALUES (?, ?, NULL, ?, ?) "
    "ON CONFLICT (mailbox, key) DO UPDATE SET trouble = excluded.trouble "
    "WHERE sighting.sha256 IS NULL AND sighting.trouble <> excluded.trouble";
inline constexpr std::string_view kUnread =
    "SELECT sha256, arrival, exact FROM mail WHERE state = 'archived' ORDER BY arrival, sha256";
inline constexpr std::string_view kSetReading =
    "UPDATE mail SET state = 'read', received = ?, message_id = ?, sender = ?, sender_name = ?, "
    "subject = ?, content = ?, message = ? WHERE sha256 = ?";
// A mail of the same content that was decided itself.
inline constexpr std::string_view kOriginal =
    "SELECT original.sha256 FROM mail JOIN mail AS original ON original.content = mail.content "
    "WHERE mail.sha256 = ? AND mail.content <> '' AND original.message_id = mail.message_id "
    "AND original.sha256 <> mail.sha256 AND original.state = 'decided' "
    "AND original.copy_of IS NULL ORDER BY original.received, original.sha256 LIMIT 1";
inline constexpr std::string_view kSightingMail =
    "SELECT mail.sha256, mail.size FROM sighting JOIN mail ON mail.sha256 = sighting.sha256 "
    "WHERE sighting.mailbox = ? AND sighting.key = ?";
inline constexpr std::string_view kRestore =
    "UPDATE mail SET state = 'archived', trouble = '' "
    "WHERE sha256 = ? AND state = 'quarantined' AND message IS NULL";
inline constexpr std::string_view kSetCensus =
    "INSERT INTO census (mailbox, at, shown, kept) VALUES (?, ?, ?, ?) ON CONFLICT (mailbox) "
    "DO UPDATE SET at = excluded.at, shown = excluded.shown, kept = excluded.kept";
inline constexpr std::string_view kCensuses =
    "SELECT mailbox, at, shown, kept FROM census ORDER BY mailbox";
inline constexpr std::string_view kSetCopy =
    "UPDATE mail SET state = 'decided', copy_of = ? WHERE sha256 = ?";
inline constexpr std::string_view kQuarantine =
    "UPDATE mail SET state = 'quarantined', trouble = ? WHERE sha256 = ?";
inline constexpr std::string_view kMessage =
    "SELECT message FROM mail WHERE sha256 = ? AND message IS NOT NULL";
inline constexpr std::string_view kCounts =
    "SELECT (SELECT count(*) FROM mail) + (SELECT count(*) FROM sighting WHERE sha256 IS NULL), "
    " (SELECT count(*) FROM mail), "
    " (SELECT count(*) FROM mail WHERE state = 'decided'), "
    " (SELECT count(*) FROM mail WHERE state = 'quarantined') "
    "   + (SELECT count(*) FROM sighting WHERE sha256 IS NULL)";

#define BAOSONG_MAIL_COLUMNS                                                              \
  "mail.sha256, mail.size, mail.state, mail.first_seen, mail.received, mail.message_id, " \
  "mail.sender, mail.sender_name, mail.subject, mail.trouble, "                           \
  "coalesce((SELECT min(key) FROM sighting WHERE sighting.sha256 = mail.sha256), '')"
inline constexpr std::string_view kUndecided =
    "SELECT " BAOSONG_MAIL_COLUMNS " FROM mail WHERE state = 'read' ORDER BY received, sha256";
inline constexpr std::string_view kWaiting =
    "SELECT " BAOSONG_MAIL_COLUMNS
    " FROM mail WHERE state IN ('archived', 'read') ORDER BY received, sha256";
inline constexpr std::string_view kMail =
    "SELECT " BAOSONG_MAIL_COLUMNS " FROM mail WHERE sha256 = ?";
inline constexpr std::string_view kQuarantined =
    "SELECT " BAOSONG_MAIL_COLUMNS
    " FROM mail WHERE state = 'quarantined' UNION ALL "
    "SELECT '', 0, 'quarantined', first_seen, first_seen, '', '', '', '', trouble, key "
    "FROM sighting WHERE sha256 IS NULL ORDER BY 4, 1, 11";

// ---- Documents ----
inline constexpr std::string_view kDropDocuments = "DELETE FROM document WHERE mail = ?";
inline constexpr std::string_view kAddDocument =
    "INSERT INTO document (mail, position, path, name, size, sha256, format, facts) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view kDocuments =
    "SELECT facts FROM document WHERE mail = ? ORDER BY position";
inline constexpr std::string_view kForgetRecognition =
    "UPDATE document SET counted = 0, item = '', also = '[]', why = '', certain = 0 "
    "WHERE mail = ?";
inline constexpr std::string_view kSetRecognition =
    "UPDATE document SET counted = 1, item = ?, also = ?, why = ?, certain = ? "
    "WHERE mail = ? AND path = ?";

// ---- Ledgers ----
inline constexpr std::string_view kDropNil = "DELETE FROM nil_statement WHERE mail = ?";
inline constexpr std::string_view kAddNil =
    "INSERT INTO nil_statement (mail, position, item, text) VALUES (?, ?, ?, ?)";
inline constexpr std::string_view kDropFromLedger = "DELETE FROM ledger WHERE mail = ?";
inline constexpr std::string_view kAddToLedger = "INSERT INTO ledger (unit, mail) VALUES (?, ?)";
inline constexpr std::string_view kLedgerMails =
    "SELECT mail.sha256, mail.message_id, mail.subject, mail.sender, mail.received "
    "FROM ledger JOIN mail ON mail.sha256 = ledger.mail WHERE ledger.unit = ? "
    "ORDER BY mail.received, mail.sha256";
inline constexpr std::string_view kLedgerDocuments =
    "SELECT document.mail, document.facts, document.item, document.also, document.why, "
    " document.certain FROM ledger JOIN document ON document.mail = ledger.mail "
    "WHERE ledger.unit = ? AND document.counted = 1 ORDER BY document.mail, document.position";
inline constexpr std::string_view kLedgerNil =
    "SELECT nil_statement.mail, nil_statement.item, nil_statement.text "
    "FROM ledger JOIN nil_statement ON nil_statement.mail = ledger.mail "
    "WHERE ledger.unit = ? ORDER BY nil_statement.mail, nil_statement.position";

// ---- Photos ----
inline constexpr std::string_view kDropPhotos = "DELETE FROM photo WHERE notice = ? AND unit = ?";
inline constexpr std::string_view kAddPhoto =
    "INSERT INTO photo (notice, unit, mail, path, item, sha256, received, "
    " dhash, band0, band1, band2, band3, band4) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
#define BAOSONG_PHOTOS                                                            \
  "SELECT notice, unit, sha256, dhash IS NOT NULL, coalesce(dhash, 0), received " \
  "FROM photo WHERE "
inline constexpr std::string_view kPhotosOfBytes =
    BAOSONG_PHOTOS "sha256 = ? AND (notice <> ? OR unit <> ?)";
inline constexpr std::string_view kPhotosLike = BAOSONG_PHOTOS
    "(band0 = ? OR band1 = ? OR band2 = ? OR band3 = ? OR band4 = ?) "
    "AND (notice <> ? OR unit <> ?)";
#undef BAOSONG_PHOTOS

inline constexpr std::string_view kMarks =
    "SELECT item, state, why, at FROM mark WHERE unit = ? ORDER BY id";
inline constexpr std::string_view kAddMark =
    "INSERT INTO mark (unit, item, state, why, actor, at) VALUES (?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view kDropMarks = "DELETE FROM mark WHERE unit = ? AND item = ?";
inline constexpr std::string_view kLastMails =
    "SELECT decision.unit, max(mail.received) FROM decision "
    "JOIN mail ON mail.sha256 = decision.mail WHERE decision.unit <> '' "
    "AND decision.disposition IN ('submission', 'inquiry') "
    "GROUP BY decision.unit ORDER BY decision.unit";

// ---- Decisions ----
inline constexpr std::string_view kAddDecision =
    "INSERT INTO decision (mail, disposition, attributed, unit, evidence, verdict, reason, "
    " findings, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view kSetBounce =
    "UPDATE decision SET bounce_to = ?, bounce_status = ?, bounce_message_id = ? WHERE mail = ?";
inline constexpr std::string_view kSetAbout = "UPDATE decision SET about = ? WHERE mail = ?";
inline constexpr std::string_view kSetDecided =
    "UPDATE mail SET state = 'decided' WHERE sha256 = ?";
#define BAOSONG_DECISIONS                                                               \
  "SELECT " BAOSONG_MAIL_COLUMNS                                                        \
  ", decision.disposition, decision.attributed, decision.unit, decision.evidence, "     \
  "decision.verdict, decision.reason, decision.findings, decision.decided_at, "         \
  "(SELECT count(*) FROM document WHERE document.mail = mail.sha256 AND counted = 1), " \
  "decision.bounce_to IS NOT NULL, coalesce(decision.bounce_to, ''), "                  \
  "coalesce(decision.bounce_status, ''), coalesce(decision.bounce_message_id, ''), "    \
  "coalesce((SELECT letter.unit FROM letter "                                           \
  "          WHERE letter.message_id = decision.about), ''), "                          \
  "coalesce((SELECT letter.recipient FROM letter "                                      \
  "          WHERE letter.message_id = decision.about), ''), decision.about "           \
  "FROM decision JOIN mail ON mail.sha256 = decision.mail "
#define BAOSONG_BY_RECEIVED " ORDER BY mail.received, mail.sha256"
inline constexpr std::string_view kDecisions = BAOSONG_DECISIONS
    "WHERE decision.decided_at >= ? AND decision.decided_at < ?" BAOSONG_BY_RECEIVED;
inline constexpr std::string_view kDecisionsReceived =
    BAOSONG_DECISIONS "WHERE mail.received >= ? AND mail.received < ?" BAOSONG_BY_RECEIVED;
inline constexpr std::string_view kHeld = BAOSONG_DECISIONS
    "WHERE decision.verdict = 'hold' AND decision.settled_at IS NULL" BAOSONG_BY_RECEIVED;
inline constexpr std::string_view kBounces = BAOSONG_DECISIONS
    "WHERE decision.disposition = 'bounce' AND mail.received >= ? AND mail.received < "
    "?" BAOSONG_BY_RECEIVED;

// ---- Letters ----
inline constexpr std::string_view kAddLetter =
    "INSERT INTO letter (kind, unit, recipient, subject, text, html, message_id, in_reply_to, "
    " refs, state, decided_at, due_at, open) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)";
inline constexpr std::string_view kLetterId = "SELECT id FROM letter WHERE message_id = ?";
inline constexpr std::string_view kDropLetter =
    "DELETE FROM letter WHERE id = ? AND state = 'pending'";
inline constexpr std::string_view kAddAnswer = "INSERT INTO answer (letter, mail) VALUES (?, ?)";
inline constexpr std::string_view kAnswers =
    "SELECT mail FROM answer WHERE letter = ? ORDER BY mail";
#define BAOSONG_LETTERS                                                                    \
  "SELECT id, kind, unit, recipient, subject, text, html, message_id, in_reply_to, refs, " \
  "state, decided_at, due_at, date IS NOT NULL, coalesce(date, 0), sent_at IS NOT NULL, "  \
  "coalesce(sent_at, 0), gate_reason, attempts, first_try IS NOT NULL, "                   \
  "coalesce(first_try, 0), not_before, handed, last_answer FROM letter "
inline constexpr std::string_view kLettersByState =
    BAOSONG_LETTERS "WHERE state = ? AND settled_at IS NULL ORDER BY due_at, id";
inline constexpr std::string_view kLettersSent =
    BAOSONG_LETTERS "WHERE sent_at >= ? AND sent_at < ? ORDER BY sent_at, id";
inline constexpr std::string_view kLettersDecided =
    BAOSONG_LETTERS "WHERE decided_at >= ? AND decided_at < ? ORDER BY decided_at, id";
inline constexpr std::string_view kLettersTo = BAOSONG_LETTERS "WHERE unit = ? ORDER BY id";
inline constexpr std::string_view kPendingLetter = BAOSONG_LETTERS
    "WHERE state = 'pending' AND unit = ? AND recipient = ? ORDER BY id DESC LIMIT 1";
// The digest goes first: it is how staff learn that letters wait.
inline constexpr std::string_view kDue = BAOSONG_LETTERS
    "WHERE not_before <= ? AND (state = 'sending' OR (state = 'pending' AND due_at <= ?)) "
    "ORDER BY state = 'pending', kind <> 'digest', due_at, id";
inline constexpr std::string_view kLate = BAOSONG_LETTERS
    "WHERE state = 'sending' OR (state = 'pending' AND due_at <= ? AND not_before > ?) "
    "ORDER BY not_before, id";
inline constexpr std::string_view kLetterById = BAOSONG_LETTERS "WHERE id = ?";
inline constexpr std::string_view kLetterByMessageId =
    BAOSONG_LETTERS "WHERE message_id = ? AND state IN ('sent', 'sending', 'held')";
inline constexpr std::string_view kLastLetterTo = BAOSONG_LETTERS
    "WHERE recipient = ? AND state = 'sent' AND sent_at >= ? ORDER BY sent_at DESC, id DESC "
    "LIMIT 1";
inline constexpr std::string_view kLastSent =
    "SELECT message_id FROM letter WHERE state = 'sent' ORDER BY sent_at DESC, id DESC LIMIT ?";
inline constexpr std::string_view kQuestionOpen =
    "SELECT count(*) FROM letter WHERE recipient = ? AND open = 1";
inline constexpr std::string_view kCloseQuestions =
    "UPDATE letter SET open = 0 WHERE recipient = ? AND open = 1";
inline constexpr std::string_view kSentCounts =
    "SELECT count(*), coalesce(sum(recipient = ?), 0), coalesce(sum(date > ?), 0) FROM letter "
    "WHERE state IN ('sent', 'sending') AND date >= ? AND date < ?";
inline constexpr std::string_view kChanges = "SELECT changes()";
inline constexpr std::string_view kBeginSending =
    "UPDATE letter SET state = 'sending', date = ?, handed = 0 WHERE id = ? AND state = 'pending'";
inline constexpr std::string_view kMarkHanded =
    "UPDATE letter SET handed = 1 WHERE id = ? AND state = 'sending'";
inline constexpr std::string_view kPutBack =
    "UPDATE letter SET state = 'pending', date = NULL, handed = 0 "
    "WHERE id = ? AND state = 'sending'";
inline constexpr std::string_view kTryLater =
    "UPDATE letter SET state = 'pending', date = NULL, handed = 0, not_before = ?, "
    " gate_reason = ?, last_answer = ?, attempts = attempts + 1, "
    " first_try = coalesce(first_try, ?) WHERE id = ? AND state = 'sending'";
inline constexpr std::string_view kLookLater =
    "UPDATE letter SET not_before = ?, gate_reason = ? WHERE id = ? AND state = 'sending'";
inline constexpr std::string_view kPostpone =
    "UPDATE letter SET not_before = ?, gate_reason = ? WHERE id = ? AND state = 'pending'";
inline constexpr std::string_view kPostponeDue =
    "UPDATE letter SET not_before = ?, gate_reason = ? "
    "WHERE state = 'pending' AND due_at <= ? AND not_before <= ? AND kind <> 'digest'";
inline constexpr std::string_view kMarkSent =
    "UPDATE letter SET state = 'sent', sent_at = ?, gate_reason = '' "
    "WHERE id = ? AND state = 'sending'";
inline constexpr std::string_view kHoldLetter =
    "UPDATE letter SET state = 'held', gate_reason = ?, last_answer = ? "
    "WHERE id = ? AND state IN ('pending', 'sending')";
// A letter takes over how long the one that it replaces has to wait.
inline constexpr std::string_view kTakeOver =
    "UPDATE letter SET (attempts, first_try, not_before, gate_reason, last_answer) = "
    "(SELECT attempts, first_try, not_before, gate_reason, last_answer FROM letter WHERE id = ?) "
    "WHERE id = ?";

// ---- What staff decide about letters and mails ----
inline constexpr std::string_view kRetryLetter =
    "UPDATE letter SET state = 'pending', date = NULL, handed = 0, attempts = 0, "
    " first_try = NULL, not_before = 0, gate_reason = '', due_at = min(due_at, ?) "
    "WHERE id = ? AND state IN ('pending', 'held') AND settled_at IS NULL";
inline constexpr std::string_view kLetterArrived =
    "UPDATE letter SET state = 'sent', date = coalesce(date, ?), sent_at = ?, gate_reason = '' "
    "WHERE id = ? AND state = 'held' AND settled_at IS NULL";
inline constexpr std::string_view kSettleLetter =
    "UPDATE letter SET settled_at = ? WHERE id = ? AND state = 'held' AND settled_at IS NULL";
inline constexpr std::string_view kSettleMail =
    "UPDATE decision SET settled_at = ? "
    "WHERE mail = ? AND verdict = 'hold' AND settled_at IS NULL";
inline constexpr std::string_view kReadAgain =
    "UPDATE mail SET state = 'archived', trouble = '' WHERE sha256 = ? AND state = 'quarantined'";
inline constexpr std::string_view kMailsLike =
    "SELECT sha256 FROM mail WHERE sha256 >= ? AND sha256 < ? ORDER BY sha256 LIMIT 2";

// ---- Waiting and bounces ----
inline constexpr std::string_view kPause =
    "SELECT since, until, reason, answer, tell_staff FROM outbox_pause";
inline constexpr std::string_view kSetPause =
    "INSERT INTO outbox_pause (id, since, until, reason, answer, tell_staff) "
    "VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET since = excluded.since, "
    " until = excluded.until, reason = excluded.reason, answer = excluded.answer, "
    " tell_staff = excluded.tell_staff";
inline constexpr std::string_view kLiftPause = "DELETE FROM outbox_pause";
#define BAOSONG_BLOCKS                                                                 \
  "SELECT address, since, reason, letter, "                                            \
  "coalesce((SELECT unit FROM letter WHERE message_id = blocked_address.letter), '') " \
  "FROM blocked_address "
inline constexpr std::string_view kBlocked = BAOSONG_BLOCKS "ORDER BY since, address";
inline constexpr std::string_view kBlock = BAOSONG_BLOCKS "WHERE address = ?";
inline constexpr std::string_view kAddBlock =
    "INSERT INTO blocked_address (address, since, reason, letter) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (address) DO NOTHING";
inline constexpr std::string_view kDropBlock = "DELETE FROM blocked_address WHERE address = ?";

// ---- The service ----
inline constexpr std::string_view kLetterCounts =
    "SELECT state, count(*) FROM letter GROUP BY state";
inline constexpr std::string_view kWaitingFigures =
    "SELECT (SELECT count(*) FROM decision WHERE verdict = 'hold' AND settled_at IS NULL), "
    " count(*), coalesce(min(received), 0) FROM mail WHERE state IN ('archived', 'read')";
inline constexpr std::string_view kDigestWritten =
    "SELECT count(*) FROM digest_day WHERE notice = ? AND day = ?";
inline constexpr std::string_view kAddDigestDay =
    "INSERT INTO digest_day (notice, day, written_at) VALUES (?, ?, ?)";
inline constexpr std::string_view kShiftDue =
    "UPDATE letter SET due_at = due_at + ?1, not_before = max(0, not_before + ?1) "
    "WHERE state IN ('pending', 'sending')";
inline constexpr std::string_view kShiftPause =
    "UPDATE outbox_pause SET since = since + ?1, until = until + ?1";

// ---- Audit ----
inline constexpr std::string_view kAddAudit =
    "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)";
inline constexpr std::string_view kAudit =
    "SELECT id, at, actor, action, subject, detail FROM audit WHERE at >= ? AND at < ? "
    "ORDER BY id";

#undef BAOSONG_MAIL_COLUMNS
#undef BAOSONG_DECISIONS
#undef BAOSONG_BY_RECEIVED
#undef BAOSONG_LETTERS
#undef BAOSONG_BLOCKS

}  // namespace baosong::daemon::queries
