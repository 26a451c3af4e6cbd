-- +goose Up
-- Who has marks of their own, by name: for them nobody else's count. Nobody stands here who
-- uses a file alone.
CREATE TABLE viewer (
    name TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Up to which update each person has seen a ticket, and up to which of its events; without a
-- name for everybody, as all that was seen so far.
CREATE TABLE ticket_seen_each (
    host      TEXT    NOT NULL,
    ticket_id INTEGER NOT NULL,
    person    TEXT    NOT NULL,
    up_to     INTEGER NOT NULL,
    PRIMARY KEY (host, ticket_id, person),
    FOREIGN KEY (host, ticket_id) REFERENCES ticket (host, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO ticket_seen_each (host, ticket_id, person, up_to) SELECT host, ticket_id, '', up_to FROM ticket_seen;
DROP TABLE ticket_seen;
ALTER TABLE ticket_seen_each RENAME TO ticket_seen;

CREATE TABLE ticket_event_seen_each (
    host      TEXT    NOT NULL,
    ticket_id INTEGER NOT NULL,
    person    TEXT    NOT NULL,
    up_to     INTEGER NOT NULL,
    PRIMARY KEY (host, ticket_id, person),
    FOREIGN KEY (host, ticket_id) REFERENCES ticket (host, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO ticket_event_seen_each (host, ticket_id, person, up_to) SELECT host, ticket_id, person, up_to FROM ticket_event_seen;
DROP TABLE ticket_event_seen;
ALTER TABLE ticket_event_seen_each RENAME TO ticket_event_seen;
