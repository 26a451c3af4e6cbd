-- +goose Up
-- The board shows who asked for a story: its index tells that, too, so that the
-- board is read from it alone again.
DROP INDEX story_board;
CREATE INDEX story_board ON story (project_id, board_group, board_order, id,
                                   version, name, type, state, estimate, owners, labels, accepted_at, requester);
