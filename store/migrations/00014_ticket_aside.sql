-- +goose Up
-- Tickets that were dismissed or snoozed, by whom and when, and what of the ticket was
-- known then: what is newer brings it back. A ticket may be here that no view holds.
-- Times are in milliseconds, 0 for none.
CREATE TABLE ticket_aside (
    host       TEXT    NOT NULL,
    ticket_id  INTEGER NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('dismissed', 'snoozed')),
    reason     TEXT    NOT NULL,
    until      INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    replied_at INTEGER NOT NULL,
    author     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (host, ticket_id)
) STRICT, WITHOUT ROWID;
