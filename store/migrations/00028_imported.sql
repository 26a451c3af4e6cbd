-- +goose Up
-- Which story came from which one of an export. marks tell for each field what the
-- export held when it was read last, so that the next one is compared with that and not
-- with what people did here since.
CREATE TABLE imported_story (
    project_id INTEGER NOT NULL REFERENCES project,
    origin     INTEGER NOT NULL,
    story_id   INTEGER NOT NULL UNIQUE REFERENCES story ON DELETE CASCADE,
    marks      BLOB    NOT NULL,
    PRIMARY KEY (project_id, origin)
) STRICT, WITHOUT ROWID;
