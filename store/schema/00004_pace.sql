-- How long a tracker has asked to be left alone: by everybody who uses the
-- connection, or only with requests of a class. By the connection's name, since
-- a pause is known before the site behind it is. Nothing wrote the table that
-- this one replaces.

-- +goose Up

DROP TABLE pace;
CREATE TABLE pace (
  connection TEXT NOT NULL,
  class      TEXT NOT NULL,
  until      BIGINT NOT NULL,
  reason     TEXT NOT NULL,
  PRIMARY KEY (connection, class)
);
