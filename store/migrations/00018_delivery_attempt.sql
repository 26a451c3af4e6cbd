-- +goose Up
-- The last tries of each delivery: a try takes the place of the one twenty before it.
-- code is that of the error, empty where there was none. Times are in milliseconds.
CREATE TABLE delivery_attempt (
    delivery_id INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
    slot        INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    PRIMARY KEY (delivery_id, slot)
) STRICT, WITHOUT ROWID;
