-- Days whose digest was written by the schedule, so that it is written once, whatever the clock does.
CREATE TABLE digest_day (
  notice     TEXT NOT NULL,
  day        TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (notice, day)
) STRICT, WITHOUT ROWID;
