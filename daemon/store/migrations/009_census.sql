-- The last full comparison of each mailbox with the archive.
CREATE TABLE census (
  mailbox TEXT PRIMARY KEY,
  at      INTEGER NOT NULL,
  shown   INTEGER NOT NULL CHECK (shown >= 0),
  kept    INTEGER NOT NULL CHECK (kept >= 0)
) STRICT, WITHOUT ROWID;
