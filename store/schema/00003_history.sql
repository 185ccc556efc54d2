-- How far a sweep is, in items, so that a backfill that was cut off shows what
-- is left; and what is known of the past of an item.

-- +goose Up

ALTER TABLE sweep ADD COLUMN stage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sweep ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sweep ADD COLUMN items INTEGER NOT NULL DEFAULT 0;

-- history is the past as JSON, history_rev the revision that it was read for.
ALTER TABLE item ADD COLUMN history TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN history_rev TEXT NOT NULL DEFAULT '';

-- Items whose past was not read for their present revision. active is 1 for
-- those that are being worked on: they come first, then what changed last.
CREATE TABLE history_due (
  item    INTEGER PRIMARY KEY REFERENCES item (id),
  site    INTEGER NOT NULL,
  active  INTEGER NOT NULL,
  updated BIGINT NOT NULL
);
CREATE INDEX history_due_order ON history_due (site, active, updated);
