-- What a pass needs of all items is counted in the transaction that changes
-- them, and what it has to look at is listed, so that no pass reads them all.

-- +goose Up

-- How many items are where, by project and presence.
CREATE TABLE tally (
  site        INTEGER NOT NULL REFERENCES site (id),
  project     TEXT NOT NULL,
  project_key TEXT NOT NULL,
  presence    TEXT NOT NULL,
  items       BIGINT NOT NULL,
  PRIMARY KEY (site, project, project_key, presence)
);
INSERT INTO tally (site, project, project_key, presence, items)
  SELECT site, project, project_key, presence, COUNT(*) FROM item GROUP BY site, project, project_key, presence;

-- How often each known field is filled on the items in scope, by the period of
-- four weeks in which the items changed last; period -1 is all of them. counts
-- are the items, and then those that have each field filled, in the fields'
-- order.
CREATE TABLE field_use (
  period  BIGINT NOT NULL,
  site    INTEGER NOT NULL REFERENCES site (id),
  project TEXT NOT NULL,
  type    TEXT NOT NULL,
  counts  TEXT NOT NULL,
  PRIMARY KEY (period, site, project, type)
);
INSERT INTO field_use (period, site, project, type, counts)
  SELECT p.period, i.site, i.project, i.type, COUNT(*)
    || ',' || SUM(i.filled & 1) || ',' || SUM((i.filled >> 1) & 1) || ',' || SUM((i.filled >> 2) & 1) || ',' || SUM((i.filled >> 3) & 1)
    || ',' || SUM((i.filled >> 4) & 1) || ',' || SUM((i.filled >> 5) & 1) || ',' || SUM((i.filled >> 6) & 1) || ',' || SUM((i.filled >> 7) & 1)
    || ',' || SUM((i.filled >> 8) & 1) || ',' || SUM((i.filled >> 9) & 1) || ',' || SUM((i.filled >> 10) & 1) || ',' || SUM((i.filled >> 11) & 1)
    || ',' || SUM((i.filled >> 12) & 1) || ',' || SUM((i.filled >> 13) & 1) || ',' || SUM((i.filled >> 14) & 1) || ',' || SUM((i.filled >> 15) & 1)
    || ',' || SUM((i.filled >> 16) & 1) || ',' || SUM((i.filled >> 17) & 1) || ',' || SUM((i.filled >> 18) & 1)
  FROM item i JOIN (SELECT id, updated / 2419200000000 AS period FROM item UNION ALL SELECT id, -1 FROM item) p ON p.id = i.id
  WHERE i.presence IN ('found', 'moved') GROUP BY p.period, i.site, i.project, i.type;

-- How many open items in scope sit in which iterations together, as in
-- item.iterations.
CREATE TABLE seat (
  site       INTEGER NOT NULL REFERENCES site (id),
  iterations TEXT NOT NULL,
  items      BIGINT NOT NULL,
  PRIMARY KEY (site, iterations)
);
INSERT INTO seat (site, iterations, items)
  SELECT site, iterations, COUNT(*) FROM item
  WHERE iterations <> '' AND state NOT IN ('done', 'removed') AND presence IN ('found', 'moved') GROUP BY site, iterations;

DROP INDEX item_usage;
DROP INDEX item_iterations;

-- Items whose place in the graph of dependencies changed since cycles were
-- looked for. At first, all that have a place in it.
CREATE TABLE turned (
  item INTEGER PRIMARY KEY REFERENCES item (id),
  seq  BIGINT NOT NULL
);
INSERT INTO turned (item, seq)
  SELECT DISTINCT from_item, 0 FROM link WHERE type = 'blocks' AND to_item IS NOT NULL;
DROP INDEX item_cycle;
CREATE INDEX item_cycle ON item (cycle) WHERE cycle <> '';

-- The newest pass of a connection is found without reading the others.
CREATE INDEX pass_last ON pass (connection, id) WHERE ended > 0;

-- Items that planning has to look at: at once, or when at has come.
CREATE TABLE due (
  item INTEGER PRIMARY KEY REFERENCES item (id),
  site INTEGER NOT NULL,
  at   BIGINT NOT NULL,
  seq  BIGINT NOT NULL
);
CREATE INDEX due_order ON due (site, at, item);

-- Whether only our own writing differs is asked of the items themselves.
ALTER TABLE item DROP COLUMN substance_hash;
