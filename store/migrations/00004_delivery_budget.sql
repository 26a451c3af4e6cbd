-- +goose Up
-- How often a note failed in a row, whether the desk was out of reach at the
-- last try, and why the ticket was not opened with it.
ALTER TABLE delivery ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN unreachable INTEGER NOT NULL DEFAULT 0 CHECK (unreachable IN (0, 1));
ALTER TABLE delivery ADD COLUMN not_opened TEXT NOT NULL DEFAULT '';
-- What was sent to an account of late, without a look at the notes themselves.
CREATE INDEX delivery_sent ON delivery (host, sent_at, ticket_id, attempts);
-- An integration's notes in some states.
DROP INDEX delivery_integration;
CREATE INDEX delivery_integration ON delivery (integration_id, state);
CREATE INDEX delivery_unreachable ON delivery (host) WHERE unreachable;
