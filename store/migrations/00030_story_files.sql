-- +goose Up
-- Attachments of stories. content names a file in the folder beside the database, size and
-- sum (SHA-256) tell what it holds. removed_at is 0 while it is there: one that was
-- removed can come back for a while.
CREATE TABLE story_file (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    content    TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    sum        TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER NOT NULL,
    name       TEXT    NOT NULL
) STRICT;
CREATE INDEX story_file_story ON story_file (story_id);

-- Which comments carry which attachments to tickets.
CREATE TABLE comment_file (
    comment_id INTEGER NOT NULL REFERENCES comment ON DELETE CASCADE,
    file_id    INTEGER NOT NULL REFERENCES story_file ON DELETE CASCADE,
    PRIMARY KEY (comment_id, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_file_file ON comment_file (file_id);
