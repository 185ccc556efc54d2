-- Stops that a person has put on writing: for a connection, or for all with an
-- empty scope.

-- +goose Up

CREATE TABLE switch (
  scope  TEXT PRIMARY KEY,
  since  BIGINT NOT NULL,
  reason TEXT NOT NULL
);
