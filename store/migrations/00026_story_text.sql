-- +goose Up
-- What is written in a story, in lower case, so that a search reads one table: number,
-- type, state, name, owners, labels, description, comments and tasks, a line each. It is
-- renewed in the transaction that changes any of them. lowered is the program's own
-- function: SQLite's lower() knows no letters but A to Z.
CREATE TABLE story_text (
    story_id INTEGER PRIMARY KEY REFERENCES story ON DELETE CASCADE,
    text     TEXT NOT NULL
) STRICT;
INSERT INTO story_text (story_id, text)
SELECT id, lowered(concat_ws(char(10), 'S-' || id, type, state, name,
    (SELECT group_concat(value, char(10)) FROM json_each(story.owners)),
    (SELECT group_concat(value, char(10)) FROM json_each(story.labels)),
    requester, description,
    (SELECT group_concat(comment.text, char(10)) FROM comment WHERE comment.story_id = story.id),
    (SELECT group_concat(task.text, char(10)) FROM story_task AS task WHERE task.story_id = story.id)))
FROM story;
