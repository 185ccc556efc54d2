-- Plans that wait for a person's approval, one for each project, and what was
-- approved: the content of a change of an item.

-- +goose Up

CREATE TABLE parked (
  connection TEXT NOT NULL,
  site       TEXT NOT NULL,
  project    TEXT NOT NULL,
  key        TEXT NOT NULL,
  hash       TEXT NOT NULL,
  items      INTEGER NOT NULL,
  changes    INTEGER NOT NULL,
  removals   INTEGER NOT NULL,
  since      BIGINT NOT NULL,
  plan       TEXT NOT NULL,
  PRIMARY KEY (connection, site, project)
);
CREATE TABLE approved (
  connection TEXT NOT NULL,
  item       TEXT NOT NULL,
  content    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (connection, item)
);
