-- +goose Up
-- Who has a story open, or writes on it, in each program on a server. A row counts until its
-- time, by the server's clock. Nothing is written here on SQLite.
CREATE TABLE presence (
    writer   TEXT    NOT NULL PRIMARY KEY,
    person   TEXT    NOT NULL,
    story_id INTEGER NOT NULL,
    writing  INTEGER NOT NULL CHECK (writing IN (0, 1)),
    until    INTEGER NOT NULL
) STRICT;
