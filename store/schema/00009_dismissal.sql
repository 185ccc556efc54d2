-- What people do to our annotations, and when our comments were looked at.

-- +goose Up

-- When an annotation was written last; since is when it was first.
ALTER TABLE owned ADD COLUMN told BIGINT NOT NULL DEFAULT 0;
UPDATE owned SET told = since;

-- Annotations of ours that somebody else took off, and when that was noticed.
CREATE TABLE removal (
  item  INTEGER NOT NULL REFERENCES item (id),
  kind  TEXT NOT NULL,
  value TEXT NOT NULL,
  at    BIGINT NOT NULL
);
CREATE INDEX removal_item ON removal (item, at);
CREATE INDEX removal_at ON removal (at);

-- When the comments of an item were read last, and at which revision. late is
-- since when a comment of ours whose answer was lost may still arrive; 0 when
-- none may.
CREATE TABLE look (
  item INTEGER PRIMARY KEY REFERENCES item (id),
  rev  TEXT NOT NULL,
  at   BIGINT NOT NULL,
  late BIGINT NOT NULL DEFAULT 0
);
INSERT INTO look (item, rev, at) SELECT DISTINCT o.item, i.rev, o.since FROM owned o JOIN item i ON i.id = o.item WHERE o.kind = 'comment';
