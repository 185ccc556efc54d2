-- What judging needs, so that a new day costs little.
--
-- brief holds of each item what judging reads of it, packed (see pack.go), and
-- not its texts. A missing one, or one of another version, is made from the
-- item when it is needed: whoever changes an item's data or history only has to
-- drop it.
--
-- walk says, per site, on what basis and for which day everything was judged
-- last, and how far: items up to position are, without a mark of their own.
--
-- judgement.team is the team by whose settings an item was judged. A judgement
-- that says the same as before is not written again, so that input_hash and
-- today are of the day on which it was said first; walk knows of the later one.

-- +goose Up

CREATE TABLE brief (
  item    INTEGER PRIMARY KEY REFERENCES item (id),
  version INTEGER NOT NULL,
  packed  BYTEA NOT NULL
);

CREATE TABLE walk (
  site     INTEGER PRIMARY KEY REFERENCES site (id),
  basis    TEXT NOT NULL,
  today    TEXT NOT NULL,
  position BIGINT NOT NULL
);

ALTER TABLE judgement ADD COLUMN team TEXT NOT NULL DEFAULT '';

-- a walk reads this index and brief, and not the items
CREATE INDEX item_judged ON item (site, id, level, presence, activity, cycle) WHERE level <> '' AND presence IN ('found', 'moved');
CREATE INDEX dirty_item ON dirty (item);
