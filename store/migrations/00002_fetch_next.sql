-- +goose Up

-- Where a partial reading goes on, in the desk's words, and when the desk may
-- be asked again.
ALTER TABLE fetch ADD COLUMN next_page TEXT NOT NULL DEFAULT '';
ALTER TABLE fetch ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;
