-- +goose Up
-- What Zendesk says of a ticket's SLA, what it measured of it, and how the customer
-- rated it. told is 0 where it says nothing, as on plans without SLAs. Times are in
-- milliseconds, 0 for none.
ALTER TABLE ticket ADD COLUMN sla_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN sla_metric TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN sla_breach_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN sla_paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN progress_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN replied_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN solved_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN satisfaction TEXT NOT NULL DEFAULT '';
-- Tickets can be unread from now on. Those that are here already are not new.
INSERT OR IGNORE INTO ticket_seen (host, ticket_id, up_to) SELECT host, id, updated_at FROM ticket;
