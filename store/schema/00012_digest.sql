-- Items whose comment was left out because their assignee got a handful already:
-- they bear labels only, and the report tells of them.

-- +goose Up

CREATE TABLE digest (
  item  INTEGER PRIMARY KEY REFERENCES item (id),
  since BIGINT NOT NULL
);
CREATE INDEX digest_since ON digest (since);
