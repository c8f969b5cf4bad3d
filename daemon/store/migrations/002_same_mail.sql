-- The same mail may come with other bytes (trace fields, line ends). `content` names what it says;
-- `copy_of` is the mail that was decided in its place.
ALTER TABLE mail ADD COLUMN content TEXT NOT NULL DEFAULT '';
ALTER TABLE mail ADD COLUMN copy_of TEXT REFERENCES mail (sha256);
CREATE INDEX mail_by_content ON mail (content) WHERE content <> '';
