-- What was planned for an increment when its planning ended: features,
-- iterations, objectives and capacity, as JSON. A row is written once.

-- +goose Up

CREATE TABLE baseline (
  train     TEXT NOT NULL,
  increment TEXT NOT NULL,
  frozen    TEXT NOT NULL,
  data      TEXT NOT NULL,
  PRIMARY KEY (train, increment)
);
