-- +goose Up
-- An epic is a label with a name and a description of its own. removed is 1 for one that
-- was deleted: its number is never given to another, and it can come back.
CREATE TABLE epic (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id  INTEGER NOT NULL REFERENCES project,
    name        TEXT    NOT NULL,
    label       TEXT    NOT NULL,
    description TEXT    NOT NULL,
    position    INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    removed     INTEGER NOT NULL CHECK (removed IN (0, 1))
) STRICT;
-- +sqlite
CREATE UNIQUE INDEX epic_label ON epic (project_id, label) WHERE removed = 0;
-- +end
--postgres CREATE UNIQUE INDEX epic_label ON epic (project_id, label) WHERE NOT removed;

CREATE TABLE epic_comment (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    epic_id    INTEGER NOT NULL REFERENCES epic ON DELETE CASCADE,
    author     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    text       TEXT    NOT NULL
) STRICT;
CREATE INDEX epic_comment_epic ON epic_comment (epic_id);
