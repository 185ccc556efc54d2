-- Lists that cost less to keep.
--
-- lacking lists what links lead to that is not stored: at is when it was asked
-- for last, as in asked, and 0 for what has to be asked for now. A reference
-- that no open item in scope has leaves the list when its turn comes; it is
-- listed again when such an item comes or changes.
--
-- history_due is worked off by seq, the order in which items came or changed,
-- and by their time only among those of one transaction: new rows then go to one
-- place of the index and not to any.

-- +goose Up

CREATE TABLE lacking (
  ref TEXT PRIMARY KEY,
  at  BIGINT NOT NULL
);
CREATE INDEX lacking_order ON lacking (at, ref);
INSERT INTO lacking (ref, at)
  SELECT l.to_ref, COALESCE(MAX(a.at), 0) FROM link l LEFT JOIN asked a ON a.ref = l.to_ref WHERE l.to_item IS NULL GROUP BY l.to_ref;

ALTER TABLE history_due ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
DROP INDEX history_due_order;
CREATE INDEX history_due_order ON history_due (site, active, seq);
