-- +goose Up
-- How far somebody has seen a ticket's changes: what is newer is news. Tickets
-- that are linked already count as seen.
CREATE TABLE ticket_seen (
    host      TEXT    NOT NULL,
    ticket_id INTEGER NOT NULL,
    up_to     INTEGER NOT NULL,
    PRIMARY KEY (host, ticket_id),
    FOREIGN KEY (host, ticket_id) REFERENCES ticket (host, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO ticket_seen (host, ticket_id, up_to)
    SELECT DISTINCT ticket.host, ticket.id, ticket.updated_at
    FROM ticket JOIN link ON link.host = ticket.host AND link.ticket_id = ticket.id;
