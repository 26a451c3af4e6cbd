-- +goose Up
-- Which epic came from which one of an export, as imported_story tells of stories.
CREATE TABLE imported_epic (
    project_id INTEGER NOT NULL REFERENCES project,
    origin     INTEGER NOT NULL,
    epic_id    INTEGER NOT NULL UNIQUE REFERENCES epic ON DELETE CASCADE,
    marks      BLOB    NOT NULL,
    PRIMARY KEY (project_id, origin)
) STRICT, WITHOUT ROWID;

-- What stories bring along from elsewhere: the addresses of pull requests and branches, and
-- a priority. position counts those of a kind.
CREATE TABLE story_origin (
    story_id INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    kind     TEXT    NOT NULL CHECK (kind IN ('priority', 'pull request', 'branch')),
    position INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    PRIMARY KEY (story_id, kind, position)
) STRICT, WITHOUT ROWID;
