-- +goose Up
-- What attachments hold, in pieces that are counted from 0: on a server, where all who share
-- the database can read it. On SQLite it is in files beside the database, and nothing here.
CREATE TABLE file_part (
    content    TEXT    NOT NULL,
    part       INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    bytes      BLOB    NOT NULL,
    PRIMARY KEY (content, part)
) STRICT, WITHOUT ROWID;
