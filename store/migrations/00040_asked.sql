-- +goose Up
-- Somebody who cannot read the view asks whoever can to do it soon.
ALTER TABLE "fetch" ADD COLUMN asked INTEGER NOT NULL DEFAULT 0 CHECK (asked IN (0, 1));
