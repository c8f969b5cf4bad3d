-- The photos that count, so that one that comes again from another unit or in another year is seen.
-- Worked out anew with every decision about a mail of the unit; rows of earlier notices stay.
CREATE TABLE photo (
  notice   TEXT NOT NULL,
  unit     TEXT NOT NULL,
  mail     TEXT NOT NULL REFERENCES mail (sha256),
  path     TEXT NOT NULL,
  item     TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  received INTEGER NOT NULL,
  -- NULL when the picture could not be measured. Two hashes that differ in at most four bits have
  -- at least one of five bands in common.
  dhash    INTEGER,
  band0    INTEGER,
  band1    INTEGER,
  band2    INTEGER,
  band3    INTEGER,
  band4    INTEGER,
  PRIMARY KEY (notice, unit, mail, path, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_by_content ON photo (sha256);
CREATE INDEX photo_by_band0 ON photo (band0);
CREATE INDEX photo_by_band1 ON photo (band1);
CREATE INDEX photo_by_band2 ON photo (band2);
CREATE INDEX photo_by_band3 ON photo (band3);
CREATE INDEX photo_by_band4 ON photo (band4);
