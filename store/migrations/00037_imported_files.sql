-- +goose Up
-- Attachments of epics, which come with an import. content, size and sum are as those of
-- stories are.
CREATE TABLE epic_file (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    epic_id    INTEGER NOT NULL REFERENCES epic ON DELETE CASCADE,
    content    TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    sum        TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    name       TEXT    NOT NULL
) STRICT;
CREATE INDEX epic_file_epic ON epic_file (epic_id);

-- Which attachments of stories were imported: one that was removed here does not come back
-- with the next import. position counts those of a story.
CREATE TABLE imported_file (
    story_id INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    position INTEGER NOT NULL,
    size     INTEGER NOT NULL,
    sum      TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    PRIMARY KEY (story_id, position)
) STRICT, WITHOUT ROWID;
