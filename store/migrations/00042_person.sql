-- +goose Up
-- The people whose names stand on stories. aliases are other names of theirs: those that they
-- had, and those in imported files.
CREATE TABLE person (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL UNIQUE,
    initials TEXT    NOT NULL,
    email    TEXT    NOT NULL,
    aliases  TEXT    NOT NULL CHECK (json_valid(aliases))
) STRICT;
INSERT INTO person (name, initials, email, aliases)
SELECT name, '', '', '[]' FROM (
    SELECT requester AS name FROM story
-- +sqlite
    UNION SELECT value FROM story JOIN json_each(story.owners)
-- +end
--postgres UNION SELECT json_array_elements_text(owners::json) COLLATE "C" FROM story
    UNION SELECT author FROM comment
    UNION SELECT actor FROM activity
    UNION SELECT author FROM blocker
    UNION SELECT reviewer FROM review
    UNION SELECT person FROM follower
    UNION SELECT author FROM epic_comment
    UNION SELECT author FROM story_file
    UNION SELECT author FROM epic_file
    UNION SELECT author FROM ticket_aside
) AS named WHERE trim(name) <> '' ORDER BY name;
