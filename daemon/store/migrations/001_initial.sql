-- Mails, documents, ledgers, decisions, letters. Times are seconds since the epoch, UTC.
-- docs/STORE.md says what each table means.

CREATE TABLE mail (
  sha256      TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  size        INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('archived', 'read', 'decided', 'quarantined')),
  arrival     INTEGER NOT NULL,
  exact       INTEGER NOT NULL CHECK (exact IN (0, 1)),
  first_seen  INTEGER NOT NULL,
  received    INTEGER NOT NULL,
  message_id  TEXT NOT NULL DEFAULT '',
  sender      TEXT NOT NULL DEFAULT '',
  sender_name TEXT NOT NULL DEFAULT '',
  subject     TEXT NOT NULL DEFAULT '',
  trouble     TEXT NOT NULL DEFAULT '',
  message     BLOB
) STRICT;
CREATE INDEX mail_by_state ON mail (state, received, sha256);
CREATE INDEX mail_by_message_id ON mail (message_id);

CREATE TABLE sighting (
  mailbox    TEXT NOT NULL,
  key        TEXT NOT NULL,
  sha256     TEXT REFERENCES mail (sha256),
  first_seen INTEGER NOT NULL,
  trouble    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (mailbox, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_by_mail ON sighting (sha256);

CREATE TABLE document (
  mail       TEXT NOT NULL REFERENCES mail (sha256),
  position   INTEGER NOT NULL,
  path       TEXT NOT NULL,
  name       TEXT NOT NULL,
  size       INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  format     TEXT NOT NULL,
  facts      BLOB NOT NULL,
  counted    INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1)),
  item       TEXT NOT NULL DEFAULT '',
  also       TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(also)),
  why        TEXT NOT NULL DEFAULT '',
  certain    INTEGER NOT NULL DEFAULT 0 CHECK (certain IN (0, 1)),
  PRIMARY KEY (mail, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_by_content ON document (sha256);

CREATE TABLE nil_statement (
  mail     TEXT NOT NULL REFERENCES mail (sha256),
  position INTEGER NOT NULL,
  item     TEXT NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (mail, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  mail        TEXT PRIMARY KEY REFERENCES mail (sha256),
  disposition TEXT NOT NULL,
  attributed  TEXT NOT NULL CHECK (attributed IN ('nobody', 'one', 'conflict')),
  unit        TEXT NOT NULL DEFAULT '',
  evidence    TEXT NOT NULL CHECK (json_valid(evidence)),
  verdict     TEXT NOT NULL,
  reason      TEXT NOT NULL,
  findings    TEXT NOT NULL CHECK (json_valid(findings)),
  decided_at  INTEGER NOT NULL,
  settled_at  INTEGER,
  bounce_to          TEXT,
  bounce_status      TEXT,
  bounce_message_id  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_by_day ON decision (decided_at);
CREATE INDEX decision_by_unit ON decision (unit);
CREATE INDEX decision_by_verdict ON decision (verdict) WHERE settled_at IS NULL;

CREATE TABLE ledger (
  unit TEXT NOT NULL CHECK (unit <> ''),
  mail TEXT NOT NULL REFERENCES mail (sha256),
  PRIMARY KEY (unit, mail)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
  id    INTEGER PRIMARY KEY,
  unit  TEXT NOT NULL,
  item  TEXT NOT NULL,
  state TEXT NOT NULL,
  why   TEXT NOT NULL,
  actor TEXT NOT NULL,
  at    INTEGER NOT NULL
) STRICT;
CREATE INDEX mark_by_unit ON mark (unit, id);

CREATE TABLE letter (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT NOT NULL,
  unit        TEXT NOT NULL DEFAULT '',
  recipient   TEXT NOT NULL COLLATE NOCASE CHECK (recipient <> ''),
  subject     TEXT NOT NULL,
  text        TEXT NOT NULL,
  html        TEXT NOT NULL,
  message_id  TEXT NOT NULL UNIQUE CHECK (message_id <> ''),
  in_reply_to TEXT NOT NULL DEFAULT '',
  refs        TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(refs)),
  state       TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'held')),
  decided_at  INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  date        INTEGER,
  sent_at     INTEGER,
  gate_reason TEXT NOT NULL DEFAULT '',
  open        INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1)),
  CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
  CHECK (state <> 'sending' OR date IS NOT NULL)
) STRICT;
CREATE INDEX letter_by_state ON letter (state, due_at);
CREATE INDEX letter_by_recipient ON letter (recipient, state);

CREATE TABLE answer (
  letter INTEGER NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
  mail   TEXT NOT NULL,
  PRIMARY KEY (letter, mail)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_mail ON answer (mail);

CREATE TABLE audit (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_by_day ON audit (at);
