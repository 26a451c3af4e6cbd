-- +goose Up
-- The states of a delivery get the names that the screen uses: delivered, which
-- is also a state of stories, becomes sent, and unknown becomes unconfirmed.
DROP INDEX delivery_lane;
DROP INDEX delivery_state;
DROP INDEX delivery_story;
DROP INDEX delivery_integration;
ALTER TABLE delivery RENAME COLUMN state TO old_state;
ALTER TABLE delivery ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'sending', 'unconfirmed', 'sent', 'parked', 'dropped'));
UPDATE delivery
    SET state = CASE old_state WHEN 'unknown' THEN 'unconfirmed' WHEN 'delivered' THEN 'sent' ELSE old_state END;
ALTER TABLE delivery DROP COLUMN old_state;
CREATE INDEX delivery_lane ON delivery (host, ticket_id, seq) WHERE state IN ('waiting', 'sending', 'unconfirmed');
CREATE INDEX delivery_state ON delivery (state, story_id);
CREATE INDEX delivery_story ON delivery (story_id, state);
CREATE INDEX delivery_integration ON delivery (integration_id, state);
