-- +goose Up
-- When a story was deleted, 0 while it is not: it can be restored until it is
-- purged. The index holds the deleted stories only, so that all others are
-- found without reading their rows.
ALTER TABLE story ADD COLUMN deleted_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX story_deleted ON story (id) WHERE deleted_at <> 0;
