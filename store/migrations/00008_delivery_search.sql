-- +goose Up
-- Until when not finding a comment on its ticket proves nothing, and the
-- refusal that it is parked with if it is not found after that.
ALTER TABLE delivery ADD COLUMN look_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN refusal TEXT NOT NULL DEFAULT '';
-- Links that a removed integration left go to one that its account has.
UPDATE link SET integration_id = (
    SELECT i.id FROM integration AS i JOIN story ON story.id = link.story_id WHERE i.host = link.host
    ORDER BY i.project_id = story.project_id DESC, i.active DESC, i.id LIMIT 1)
WHERE integration_id IS NULL;
