-- +goose Up
-- What happened on linked tickets since they were linked: what people wrote there and
-- what changed. key tells one from another of its kind: Zendesk's number of a comment,
-- or when a field changed. noted_at is by our clock.
CREATE TABLE ticket_event (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    host      TEXT    NOT NULL,
    ticket_id INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    key       INTEGER NOT NULL,
    author    TEXT    NOT NULL,
    role      TEXT    NOT NULL,
    public    INTEGER NOT NULL CHECK (public IN (0, 1)),
    old       TEXT    NOT NULL,
    new       TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    noted_at  INTEGER NOT NULL,
    text      TEXT    NOT NULL,
    UNIQUE (host, ticket_id, kind, key, new),
    FOREIGN KEY (host, ticket_id) REFERENCES ticket (host, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;
CREATE INDEX ticket_event_ticket ON ticket_event (host, ticket_id, id, noted_at);

-- How far each linked ticket was followed. What is not after since was there before
-- the link; comments were read up to read_to; the others are the fields as the
-- stories know them.
CREATE TABLE ticket_followed (
    host         TEXT    NOT NULL,
    ticket_id    INTEGER NOT NULL,
    since        INTEGER NOT NULL,
    read_to      INTEGER NOT NULL,
    status       TEXT    NOT NULL,
    priority     TEXT    NOT NULL,
    satisfaction TEXT    NOT NULL,
    PRIMARY KEY (host, ticket_id),
    FOREIGN KEY (host, ticket_id) REFERENCES ticket (host, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO ticket_followed (host, ticket_id, since, read_to, status, priority, satisfaction)
    SELECT DISTINCT ticket.host, ticket.id, updated_at, updated_at, status, priority, satisfaction
    FROM ticket JOIN link ON link.host = ticket.host AND link.ticket_id = ticket.id;

-- Up to which of a ticket's events each person has seen them; an empty name stands
-- for whoever uses this database.
CREATE TABLE ticket_event_seen (
    person    TEXT    NOT NULL,
    host      TEXT    NOT NULL,
    ticket_id INTEGER NOT NULL,
    up_to     INTEGER NOT NULL,
    PRIMARY KEY (person, host, ticket_id),
    FOREIGN KEY (host, ticket_id) REFERENCES ticket (host, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- How many requests a reading made beside those for the view's pages: they count
-- towards its share of what the account allows.
ALTER TABLE fetch ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;
