-- What is known of each project's completeness, and of items that are not
-- seen any more.

-- +goose Up

ALTER TABLE coverage ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE coverage ADD COLUMN departed INTEGER NOT NULL DEFAULT 0;

-- Why a finding was closed without being cured; empty for a cure.
ALTER TABLE finding ADD COLUMN retired TEXT NOT NULL DEFAULT '';

CREATE INDEX item_census ON item (site, project, presence, remote_id);
CREATE INDEX item_context ON item (site, id) WHERE presence IN ('context', 'hidden');

-- A project that is or was in scope. census, size, gap, basis and note are of
-- the last census that ended well: when, how many identities, how many of them
-- are not stored. state and doubt say how far it can be trusted now; tried and
-- strikes are of the last attempts. accepted is set when a person declared that
-- what the tracker shows now is right. departed is when it left the scope.
CREATE TABLE project (
  site      INTEGER NOT NULL REFERENCES site (id),
  remote_id TEXT NOT NULL,
  key       TEXT NOT NULL,
  name      TEXT NOT NULL,
  census    BIGINT NOT NULL DEFAULT 0,
  size      INTEGER NOT NULL DEFAULT 0,
  gap       INTEGER NOT NULL DEFAULT 0,
  basis     TEXT NOT NULL DEFAULT '',
  note      TEXT NOT NULL DEFAULT '',
  state     TEXT NOT NULL DEFAULT '',
  doubt     TEXT NOT NULL DEFAULT '',
  tried     BIGINT NOT NULL DEFAULT 0,
  strikes   INTEGER NOT NULL DEFAULT 0,
  accepted  INTEGER NOT NULL DEFAULT 0,
  departed  BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (site, remote_id)
);
INSERT INTO project (site, remote_id, key, name)
  SELECT site, project, MAX(project_key), '' FROM item WHERE presence IN ('found', 'moved', 'missing') GROUP BY site, project;

-- An item that a census lacked: since when, by how many censuses in a row, the
-- last one at, and the project that it was in then. state is 'missing' (the
-- tracker does not show it), 'unlisted' (it is there, and the scope's query does
-- not fit it) or, once ended is set, how it ended: 'gone', 'departed' or 'back'.
CREATE TABLE absence (
  item     INTEGER PRIMARY KEY REFERENCES item (id),
  site     INTEGER NOT NULL,
  project  TEXT NOT NULL,
  state    TEXT NOT NULL,
  since    BIGINT NOT NULL,
  censuses INTEGER NOT NULL,
  at       BIGINT NOT NULL,
  ended    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX absence_open ON absence (site, ended, state);

-- The item behind a canary's key, so that a key that is used again is noticed.
CREATE TABLE canary (
  site      INTEGER NOT NULL REFERENCES site (id),
  key       TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  project   TEXT NOT NULL,
  PRIMARY KEY (site, key)
);

-- How a type was built when it was last as it should be: fields is a set, names
-- are what people there call the fields, as JSON.
CREATE TABLE layout (
  site    INTEGER NOT NULL REFERENCES site (id),
  project TEXT NOT NULL,
  type    TEXT NOT NULL,
  fields  BIGINT NOT NULL,
  names   TEXT NOT NULL,
  PRIMARY KEY (site, project, type)
);

-- Fields that an item had filled and then had not, and how many changed items
-- kept theirs, since the last census of the project.
CREATE TABLE emptied (
  item    INTEGER NOT NULL REFERENCES item (id),
  field   INTEGER NOT NULL,
  site    INTEGER NOT NULL,
  project TEXT NOT NULL,
  type    TEXT NOT NULL,
  PRIMARY KEY (item, field)
);
CREATE INDEX emptied_type ON emptied (site, project, type, field);
CREATE TABLE kept (
  site    INTEGER NOT NULL,
  project TEXT NOT NULL,
  type    TEXT NOT NULL,
  field   INTEGER NOT NULL,
  items   INTEGER NOT NULL,
  PRIMARY KEY (site, project, type, field)
);

-- Fields whose policies are suspended on a type, and why. cause is 'layout' or
-- 'emptied'.
CREATE TABLE suspension (
  site    INTEGER NOT NULL REFERENCES site (id),
  project TEXT NOT NULL,
  type    TEXT NOT NULL,
  field   INTEGER NOT NULL,
  cause   TEXT NOT NULL,
  reason  TEXT NOT NULL,
  since   BIGINT NOT NULL,
  PRIMARY KEY (site, project, type, field)
);
