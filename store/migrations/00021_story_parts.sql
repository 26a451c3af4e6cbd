-- +goose Up
-- What a story waits for. by_id is another story, NULL for none: one that was removed for
-- good is not waited for any more, which its number still tells.
CREATE TABLE blocker (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id    INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    by_id       INTEGER,
    author      TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    resolved_at INTEGER NOT NULL,
    text        TEXT    NOT NULL
) STRICT;
CREATE INDEX blocker_story ON blocker (story_id);
CREATE INDEX blocker_by ON blocker (by_id) WHERE by_id IS NOT NULL;

CREATE TABLE review (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    type       TEXT    NOT NULL,
    reviewer   TEXT    NOT NULL,
    status     TEXT    NOT NULL CHECK (status IN ('unstarted', 'in_review', 'pass', 'revise')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX review_story ON review (story_id);

CREATE TABLE follower (
    story_id INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    position INTEGER NOT NULL,
    person   TEXT    NOT NULL,
    PRIMARY KEY (story_id, person)
) STRICT, WITHOUT ROWID;

-- The board counts what is open: these hold no more than that.
CREATE INDEX review_open ON review (story_id) WHERE status <> 'pass';
CREATE INDEX story_task_open ON story_task (story_id) WHERE done = 0;
