-- +goose Up
-- Who was there last that can send for an integration: a program, by its holder, and where
-- it runs. One of those that can notes it for all of them.
CREATE TABLE sender (
    integration_id INTEGER PRIMARY KEY REFERENCES integration ON DELETE CASCADE,
    holder         TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    machine        TEXT    NOT NULL,
    seen_at        INTEGER NOT NULL -- milliseconds
) STRICT;
