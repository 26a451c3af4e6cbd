-- +goose Up
-- The id of the OAuth client by which an integration signs in; empty for the
-- other methods.
ALTER TABLE integration ADD COLUMN client_id TEXT NOT NULL DEFAULT '';
