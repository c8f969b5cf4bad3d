-- The life of a letter on a real mail server: tries, waiting, doubt, bounces.
-- docs/STORE.md says what each table means.

-- Failed tries so far and the first of them; neither the letter nor anybody asks before not_before.
ALTER TABLE letter ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE letter ADD COLUMN first_try INTEGER;
ALTER TABLE letter ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
-- 1: the byte that makes the letter theirs was about to be written. A letter that is found
-- 'sending' without it surely did not leave.
ALTER TABLE letter ADD COLUMN handed INTEGER NOT NULL DEFAULT 0 CHECK (handed IN (0, 1));
ALTER TABLE letter ADD COLUMN last_answer TEXT NOT NULL DEFAULT '';
-- Set when staff decided that a held letter needs nothing more.
ALTER TABLE letter ADD COLUMN settled_at INTEGER;
UPDATE letter SET handed = 1 WHERE state IN ('sending', 'sent');
CREATE INDEX letter_by_sent ON letter (sent_at) WHERE sent_at IS NOT NULL;

-- The Message-ID of our letter that a bounce or an automatic reply speaks of.
ALTER TABLE decision ADD COLUMN about TEXT NOT NULL DEFAULT '';
UPDATE decision SET about = bounce_message_id
 WHERE bounce_message_id IN (SELECT message_id FROM letter);

-- While it is there and `until` has not come, nothing leaves.
CREATE TABLE outbox_pause (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  since      INTEGER NOT NULL,
  until      INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  answer     TEXT NOT NULL DEFAULT '',
  tell_staff INTEGER NOT NULL DEFAULT 0 CHECK (tell_staff IN (0, 1))
) STRICT;

-- Addresses that took no mail; nothing is written to them until staff release them.
CREATE TABLE blocked_address (
  address TEXT PRIMARY KEY COLLATE NOCASE CHECK (address <> ''),
  since   INTEGER NOT NULL,
  reason  TEXT NOT NULL,
  letter  TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
