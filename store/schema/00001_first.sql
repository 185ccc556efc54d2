-- The tables as the architecture fixes them. The same text runs on SQLite and
-- on PostgreSQL: integers, text, partial indexes, no types of one of them.
--
-- Times are microseconds since 1970 in UTC; 0 means "not known" or "not yet".
-- Structured values are JSON as text. Numbers of items, findings, passes and
-- marks come from the table counter.

-- +goose Up

CREATE TABLE counter (
  name  TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('site', 0), ('item', 0), ('finding', 0), ('pass', 0), ('dirty', 0);

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- remote_id is the SiteID; connection is the name that it was pinned under;
-- mark is how far the last complete round reached; data is the whole Site.
CREATE TABLE site (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  remote_id  TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  generation INTEGER NOT NULL DEFAULT 1,
  connection TEXT NOT NULL UNIQUE,
  mark       TEXT NOT NULL DEFAULT '{}',
  data       TEXT NOT NULL
);

-- The sweeps of the round that is open; none when no round is.
CREATE TABLE sweep (
  site     INTEGER NOT NULL REFERENCES site (id),
  name     TEXT NOT NULL,
  turn     INTEGER NOT NULL,
  position TEXT NOT NULL,
  ended    INTEGER NOT NULL DEFAULT 0,
  mark     TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (site, name)
);

-- data is the whole Item without its activity; the columns are what queries
-- filter on. state is the normalized category. parent is the address of the
-- parent. iterations are ids of the table iteration, as JSON. cycle holds the
-- keys of the dependency cycle that the item is part of, as JSON, or nothing.
-- team and increment stay empty until lists are filtered by them.
CREATE TABLE item (
  id             INTEGER PRIMARY KEY,
  site           INTEGER NOT NULL REFERENCES site (id),
  remote_id      TEXT NOT NULL,
  project        TEXT NOT NULL,
  project_key    TEXT NOT NULL,
  key            TEXT NOT NULL,
  url            TEXT NOT NULL,
  level          TEXT NOT NULL,
  kind           TEXT NOT NULL,
  type           TEXT NOT NULL,
  state          TEXT NOT NULL,
  parent         TEXT NOT NULL,
  team           TEXT NOT NULL DEFAULT '',
  increment      TEXT NOT NULL DEFAULT '',
  rev            TEXT NOT NULL,
  updated        BIGINT NOT NULL,
  activity       BIGINT NOT NULL,
  filled         BIGINT NOT NULL,
  content_hash   TEXT NOT NULL,
  substance_hash TEXT NOT NULL,
  summary_hash   TEXT NOT NULL,
  presence       TEXT NOT NULL,
  cycle          TEXT NOT NULL DEFAULT '',
  iterations     TEXT NOT NULL DEFAULT '',
  data           TEXT NOT NULL,
  UNIQUE (site, remote_id)
);
CREATE INDEX item_key ON item (upper(key));
CREATE INDEX item_url ON item (url);
-- counts and usage are answered from this index alone
CREATE INDEX item_usage ON item (site, presence, project, type, filled, updated, project_key);
CREATE INDEX item_cycle ON item (id) WHERE cycle <> '';
CREATE INDEX item_iterations ON item (site, iterations, presence, state) WHERE iterations <> '' AND state NOT IN ('done', 'removed');

-- A link as one item tells it; the parent is a link of type 'parent'. to_key
-- is set only where the key is all that can lead to the target.
CREATE TABLE link (
  from_item INTEGER NOT NULL REFERENCES item (id),
  type      TEXT NOT NULL,
  direction TEXT NOT NULL,
  to_ref    TEXT NOT NULL,
  to_key    TEXT NOT NULL DEFAULT '',
  to_item   INTEGER REFERENCES item (id),
  PRIMARY KEY (from_item, type, direction, to_ref)
);
CREATE INDEX link_target ON link (to_item, type, direction, from_item) WHERE to_item IS NOT NULL;
CREATE INDEX link_pending ON link (to_ref, from_item) WHERE to_item IS NULL;
CREATE INDEX link_key ON link (to_key) WHERE to_key <> '';
CREATE INDEX link_blocks ON link (from_item, direction, to_item) WHERE type = 'blocks' AND to_item IS NOT NULL;

-- References to items outside the scope that were asked for.
CREATE TABLE asked (
  ref TEXT PRIMARY KEY,
  at  BIGINT NOT NULL
);

-- Iterations as the item that changed last (at seen) tells them.
CREATE TABLE iteration (
  site      INTEGER NOT NULL REFERENCES site (id),
  remote_id TEXT NOT NULL,
  seen      BIGINT NOT NULL,
  data      TEXT NOT NULL,
  PRIMARY KEY (site, remote_id)
);

-- Subjects to be judged again. seq grows with every marking. site and item
-- are those of an item subject.
CREATE TABLE dirty (
  kind    TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason  TEXT NOT NULL,
  seq     BIGINT NOT NULL,
  site    INTEGER,
  item    INTEGER,
  PRIMARY KEY (kind, subject)
);
CREATE INDEX dirty_order ON dirty (site, seq, item);

CREATE TABLE judgement (
  kind       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  item       INTEGER,
  revision   TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  today      TEXT NOT NULL,
  outcomes   TEXT NOT NULL,
  PRIMARY KEY (kind, subject)
);
CREATE INDEX judgement_item ON judgement (item);

CREATE TABLE finding (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  item        INTEGER,
  policy      TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  evidence    TEXT NOT NULL,
  message     TEXT NOT NULL,
  severity    TEXT NOT NULL,
  opened      BIGINT NOT NULL,
  closed      BIGINT NOT NULL DEFAULT 0,
  dismissed   BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX finding_open ON finding (kind, subject, policy, fingerprint) WHERE closed = 0;
CREATE INDEX finding_open_item ON finding (item) WHERE closed = 0;
CREATE INDEX finding_dismissed ON finding (kind, subject, policy, fingerprint) WHERE dismissed > 0;
CREATE INDEX finding_closed ON finding (closed) WHERE closed > 0;
CREATE INDEX finding_closed_item ON finding (item, closed) WHERE closed > 0;

-- change is the whole Change; content_hash, refusal and reason tell what a
-- tracker refused, and why.
CREATE TABLE intent (
  id           TEXT PRIMARY KEY,
  item         INTEGER NOT NULL REFERENCES item (id),
  term         BIGINT NOT NULL DEFAULT 0,
  base_rev     TEXT NOT NULL,
  plan_hash    TEXT NOT NULL,
  state        TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  refusal      TEXT NOT NULL DEFAULT '',
  reason       TEXT NOT NULL DEFAULT '',
  created      BIGINT NOT NULL,
  closed       BIGINT NOT NULL DEFAULT 0,
  change       TEXT NOT NULL
);
CREATE UNIQUE INDEX intent_open ON intent (item) WHERE state IN ('planned', 'sent', 'unknown');
CREATE INDEX intent_item ON intent (item, created);

CREATE TABLE step (
  intent  TEXT NOT NULL REFERENCES intent (id),
  n       INTEGER NOT NULL,
  payload TEXT NOT NULL,
  state   TEXT NOT NULL,
  sent_at BIGINT NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (intent, n)
);

CREATE TABLE owned (
  item   INTEGER NOT NULL REFERENCES item (id),
  kind   TEXT NOT NULL,
  value  TEXT NOT NULL,
  hash   TEXT NOT NULL,
  shows  TEXT NOT NULL,
  intent TEXT NOT NULL,
  since  BIGINT NOT NULL,
  PRIMARY KEY (item, kind, value)
);

-- One row per step that a tracker applied or refused, chained per site:
-- hash = SHA-256 over prev and the row. revision is the item's afterwards.
CREATE TABLE audit (
  site     INTEGER NOT NULL REFERENCES site (id),
  seq      BIGINT NOT NULL,
  prev     TEXT NOT NULL,
  hash     TEXT NOT NULL,
  step     TEXT NOT NULL UNIQUE,
  revision TEXT NOT NULL,
  before   TEXT NOT NULL,
  after    TEXT NOT NULL,
  at       BIGINT NOT NULL,
  subject  TEXT NOT NULL,
  facts    TEXT NOT NULL,
  PRIMARY KEY (site, seq)
);

CREATE TABLE pass (
  id         INTEGER PRIMARY KEY,
  connection TEXT NOT NULL,
  site       TEXT NOT NULL,
  started    BIGINT NOT NULL,
  ended      BIGINT NOT NULL DEFAULT 0,
  problem    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX pass_ended ON pass (connection, ended, id);

CREATE TABLE coverage (
  pass       INTEGER NOT NULL REFERENCES pass (id),
  connection TEXT NOT NULL,
  project    TEXT NOT NULL,
  seen       INTEGER NOT NULL,
  expected   INTEGER NOT NULL,
  basis      TEXT NOT NULL,
  state      TEXT NOT NULL,
  as_of      BIGINT NOT NULL,
  reason     TEXT NOT NULL,
  census     BIGINT NOT NULL,
  PRIMARY KEY (pass, project)
);

CREATE TABLE snapshot (
  week     TEXT NOT NULL,
  team     TEXT NOT NULL,
  policy   TEXT NOT NULL,
  severity TEXT NOT NULL,
  counts   TEXT NOT NULL,
  PRIMARY KEY (week, team, policy, severity)
);

CREATE TABLE slot (
  schedule  TEXT NOT NULL,
  at        BIGINT NOT NULL,
  recipient TEXT NOT NULL,
  state     TEXT NOT NULL,
  PRIMARY KEY (schedule, at, recipient)
);

-- For several replicas: who may write, how long a site wants to be left
-- alone, and what of a budget is used.
CREATE TABLE lease (
  scope  TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  term   BIGINT NOT NULL,
  until  BIGINT NOT NULL
);
CREATE TABLE pace (
  site   INTEGER NOT NULL REFERENCES site (id),
  class  TEXT NOT NULL,
  until  BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (site, class)
);
CREATE TABLE budget (
  scope  TEXT NOT NULL,
  period TEXT NOT NULL,
  used   BIGINT NOT NULL,
  PRIMARY KEY (scope, period)
);
