-- +goose Up
-- How a project is planned. start_date is a day of the first iteration, 0 for the day
-- on which the project was made; iteration_overrides lists iterations that differ from
-- the others, by number.
ALTER TABLE project ADD COLUMN start_date INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN manual_planning INTEGER NOT NULL DEFAULT 0 CHECK (manual_planning IN (0, 1));
ALTER TABLE project ADD COLUMN done_shown INTEGER NOT NULL DEFAULT 12;
ALTER TABLE project ADD COLUMN iteration_overrides TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(iteration_overrides));
-- Earlier versions took an initial velocity of 0, with which nothing is ever planned.
UPDATE project SET initial_velocity = 10 WHERE initial_velocity < 1;
UPDATE project SET initial_velocity = 1000 WHERE initial_velocity > 1000;

-- The board shows whether releases are late: few stories have a deadline.
CREATE INDEX story_deadline ON story (project_id, id, deadline) WHERE deadline IS NOT NULL;
