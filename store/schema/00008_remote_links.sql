-- Links that a tracker keeps apart from its items are read apart from them, and
-- kept apart: remote_links are these links as JSON, and remote_rev is the
-- revision that they were read for. The columns filled, parent and summary_hash
-- and the table link are of the whole item, data and content_hash of the item
-- without them. Work that is finished has none.

-- +goose Up

ALTER TABLE item ADD COLUMN remote_links TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN remote_rev TEXT NOT NULL DEFAULT '';

-- whose links have to be read, and who has any
CREATE INDEX item_links_due ON item (site, updated) WHERE remote_rev <> rev AND level <> '' AND presence IN ('found', 'moved', 'context') AND state NOT IN ('done', 'removed');
CREATE INDEX item_remote_links ON item (site) WHERE remote_links <> '';
