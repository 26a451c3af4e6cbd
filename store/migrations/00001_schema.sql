-- Times are milliseconds since 1970 in UTC; 0 stands for "never" where a column
-- is NOT NULL. Long texts come last in a table, so that a listing that leaves
-- them out does not read their pages.

-- +goose Up

-- Tells our files from those of other programs: "sdsk".
PRAGMA application_id = 1935962987;

CREATE TABLE project (
    id                     INTEGER PRIMARY KEY AUTOINCREMENT,
    name                   TEXT    NOT NULL,
    name_key               TEXT    NOT NULL UNIQUE,
    point_scale            TEXT    NOT NULL CHECK (json_valid(point_scale)),
    estimate_all           INTEGER NOT NULL CHECK (estimate_all IN (0, 1)),
    iteration_weeks        INTEGER NOT NULL,
    week_start             INTEGER NOT NULL,
    time_zone              TEXT    NOT NULL,
    initial_velocity       INTEGER NOT NULL,
    velocity_averaged_over INTEGER NOT NULL,
    created_at             INTEGER NOT NULL,
    updated_at             INTEGER NOT NULL,
    version                INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE integration (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id      INTEGER NOT NULL REFERENCES project,
    name            TEXT    NOT NULL,
    name_key        TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    url             TEXT    NOT NULL,
    host            TEXT    NOT NULL,
    email           TEXT    NOT NULL,
    auth            TEXT    NOT NULL,
    view_id         INTEGER NOT NULL,
    view_title      TEXT    NOT NULL,
    active          INTEGER NOT NULL CHECK (active IN (0, 1)),
    update_comments INTEGER NOT NULL CHECK (update_comments IN (0, 1)),
    update_state    INTEGER NOT NULL CHECK (update_state IN (0, 1)),
    paused_reason   TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    version         INTEGER NOT NULL DEFAULT 1,
    UNIQUE (project_id, name_key)
) STRICT;

CREATE TABLE secret (
    integration_id INTEGER PRIMARY KEY REFERENCES integration ON DELETE CASCADE,
    value          TEXT    NOT NULL
) STRICT;

CREATE TABLE story (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id  INTEGER NOT NULL REFERENCES project,
    name        TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('unscheduled', 'unstarted', 'planned', 'started',
                                                  'finished', 'delivered', 'rejected', 'accepted')),
    -- The group of the state, counted from the top of the board.
    board_group INTEGER NOT NULL CHECK (board_group BETWEEN 0 AND 3),
    -- What orders the group: when it was accepted, else the rank. It is no
    -- generated column, for SQLite takes no index as covering that holds one.
    board_order INTEGER NOT NULL,
    estimate    REAL,
    requester   TEXT    NOT NULL,
    -- Owners and labels are people's and plain words, without rows of their own.
    owners      TEXT    NOT NULL CHECK (json_valid(owners)),
    labels      TEXT    NOT NULL CHECK (json_valid(labels)),
    rank        INTEGER NOT NULL,
    deadline    INTEGER,
    accepted_at INTEGER,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1,
    description TEXT    NOT NULL
) STRICT;
-- The board is read from this index alone: in its order, without descriptions.
CREATE INDEX story_board ON story (project_id, board_group, board_order, id,
                                   version, name, type, state, estimate, owners, labels, accepted_at);
CREATE INDEX story_rank ON story (project_id, board_group, rank);

CREATE TABLE story_task (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    done       INTEGER NOT NULL CHECK (done IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX story_task_story ON story_task (story_id, position);

CREATE TABLE comment (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id   INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    author     TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX comment_story ON comment (story_id);

CREATE TABLE activity (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    actor    TEXT    NOT NULL,
    verb     TEXT    NOT NULL,
    changes  TEXT    NOT NULL CHECK (json_valid(changes)),
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX activity_story ON activity (story_id);

CREATE TABLE link (
    id             INTEGER PRIMARY KEY,
    story_id       INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    host           TEXT    NOT NULL,
    ticket_id      INTEGER NOT NULL,
    integration_id INTEGER REFERENCES integration ON DELETE SET NULL,
    url            TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    UNIQUE (story_id, host, ticket_id)
) STRICT;
CREATE INDEX link_ticket ON link (host, ticket_id);
CREATE INDEX link_integration ON link (integration_id);

CREATE TABLE ticket (
    host         TEXT    NOT NULL,
    id           INTEGER NOT NULL,
    subject      TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    priority     TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    requester    TEXT    NOT NULL,
    organization TEXT    NOT NULL,
    tags         TEXT    NOT NULL CHECK (json_valid(tags)),
    url          TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    description  TEXT    NOT NULL,
    PRIMARY KEY (host, id)
) STRICT;

-- The last reading of an integration's view.
CREATE TABLE fetch (
    integration_id INTEGER PRIMARY KEY REFERENCES integration ON DELETE CASCADE,
    id             INTEGER NOT NULL,
    started_at     INTEGER NOT NULL,
    finished_at    INTEGER NOT NULL,
    total          INTEGER NOT NULL,
    partial        INTEGER NOT NULL CHECK (partial IN (0, 1)),
    problem        TEXT    NOT NULL
) STRICT;

-- The tickets of a view, each with the reading that saw it last.
CREATE TABLE view_ticket (
    integration_id INTEGER NOT NULL REFERENCES integration ON DELETE CASCADE,
    ticket_id      INTEGER NOT NULL,
    host           TEXT    NOT NULL,
    fetch_id       INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    PRIMARY KEY (integration_id, ticket_id),
    FOREIGN KEY (host, ticket_id) REFERENCES ticket (host, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX view_ticket_ticket ON view_ticket (host, ticket_id);
CREATE INDEX view_ticket_order ON view_ticket (integration_id, fetch_id DESC, position);

-- The ledger. It outlives the stories, activities and comments that it names.
CREATE TABLE delivery (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    seq            INTEGER NOT NULL UNIQUE,
    operation      TEXT    NOT NULL UNIQUE CHECK (operation <> ''),
    story_id       INTEGER NOT NULL,
    activity_id    INTEGER NOT NULL,
    comment_id     INTEGER NOT NULL,
    host           TEXT    NOT NULL,
    ticket_id      INTEGER NOT NULL,
    integration_id INTEGER REFERENCES integration ON DELETE SET NULL,
    kind           TEXT    NOT NULL,
    opens          INTEGER NOT NULL CHECK (opens IN (0, 1)),
    state          TEXT    NOT NULL CHECK (state IN ('waiting', 'sending', 'unknown',
                                                     'delivered', 'parked', 'dropped')),
    attempts       INTEGER NOT NULL CHECK (attempts >= 0),
    not_before     INTEGER NOT NULL,
    reason         TEXT    NOT NULL,
    stamp          INTEGER NOT NULL,
    sent_at        INTEGER NOT NULL,
    late           INTEGER NOT NULL CHECK (late IN (0, 1)),
    audit_id       INTEGER NOT NULL,
    public         INTEGER CHECK (public IN (0, 1)),
    created_at     INTEGER NOT NULL,
    delivered_at   INTEGER,
    text           TEXT    NOT NULL
) STRICT;
CREATE INDEX delivery_lane ON delivery (host, ticket_id, seq) WHERE state IN ('waiting', 'sending', 'unknown');
CREATE INDEX delivery_state ON delivery (state, story_id);
CREATE INDEX delivery_story ON delivery (story_id, state);
CREATE INDEX delivery_ticket ON delivery (host, ticket_id);
CREATE INDEX delivery_integration ON delivery (integration_id);

-- head_id, integration_id and due_at repeat what the head of the lane says;
-- they are NULL when nothing is in the lane.
CREATE TABLE lane (
    id             INTEGER PRIMARY KEY,
    host           TEXT    NOT NULL,
    ticket_id      INTEGER NOT NULL,
    fence          INTEGER NOT NULL DEFAULT 0,
    lease_until    INTEGER NOT NULL DEFAULT 0,
    head_id        INTEGER REFERENCES delivery ON DELETE SET NULL,
    integration_id INTEGER REFERENCES integration ON DELETE SET NULL,
    due_at         INTEGER,
    ready_at       INTEGER GENERATED ALWAYS AS (max(due_at, lease_until)) VIRTUAL,
    UNIQUE (host, ticket_id)
) STRICT;
CREATE INDEX lane_ready ON lane (integration_id, host, ready_at);
CREATE INDEX lane_head ON lane (head_id);

CREATE TABLE draft (
    key  TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that only rise and belong to no table's id.
CREATE TABLE sequence (
    name  TEXT    PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sequence (name, value) VALUES ('delivery', 0), ('fetch', 0);
