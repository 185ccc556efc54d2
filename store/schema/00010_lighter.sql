-- Lists that cost less to keep.
--
-- lacking lists what links lead to that is not stored: at is when it was asked
-- for last, as in asked, and 0 for what has to be asked for now. A reference
-- that no open item in scope has leaves the list when its turn comes; it is
-- listed again when such an item comes or changes.
--
-- item_links_due finds what was read before and has changed, and then what was
-- not read, in the order in which it was stored.
--
-- history_due is worked off by seq, the order in which items came or changed,
-- and by their time only among those of one transaction.
--
-- By either, new rows go to one place of an index and not to any: each place is
-- a page to be written.

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

DROP INDEX item_links_due;
CREATE INDEX item_links_due ON item (site, remote_rev, id) WHERE remote_rev <> rev AND level <> '' AND presence IN ('found', 'moved', 'context') AND state NOT IN ('done', 'removed');
