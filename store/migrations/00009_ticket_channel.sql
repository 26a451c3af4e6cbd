-- +goose Up

-- How a ticket arrived, whether its messages are kept apart from its comments,
-- and the name that the account gave its status.
ALTER TABLE ticket ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN messaging INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN custom_status TEXT NOT NULL DEFAULT '';
