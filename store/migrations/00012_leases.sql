-- +goose Up
-- Who alone may do something, such as exchange an account's tokens, and until when.
-- A lease that somebody holds during the upgrade stays.
CREATE TABLE lease (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until  INTEGER NOT NULL -- milliseconds
) STRICT, WITHOUT ROWID;
INSERT INTO lease (name, holder, until)
    SELECT key, json_extract(value, '$.holder'), CAST(unixepoch(json_extract(value, '$.until'), 'subsec') * 1000 AS INTEGER)
    FROM setting
    WHERE key LIKE 'renewal/%' AND iif(json_valid(value), json_extract(value, '$.holder') <> ''
        AND unixepoch(json_extract(value, '$.until')) IS NOT NULL, 0);
DELETE FROM setting WHERE key LIKE 'renewal/%';
