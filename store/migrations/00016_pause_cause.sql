-- +goose Up
-- What kind of fault paused an integration, empty where none did. Of pauses that are
-- here already only the sentence is left.
ALTER TABLE integration ADD COLUMN paused_cause TEXT NOT NULL DEFAULT '';
UPDATE integration SET paused_cause = CASE
	WHEN paused_reason LIKE 'the sign-in to % is no longer valid' THEN 'signed_out'
	WHEN paused_reason LIKE '% is not signed in' THEN 'signed_out'
	WHEN paused_reason LIKE 'the sign-in to % lacks the scope %' THEN 'signed_out'
	WHEN paused_reason LIKE '% as a PUBLIC comment%' THEN 'public'
	WHEN paused_reason LIKE '% rejected %' THEN 'rejected'
	WHEN paused_reason LIKE 'there is no Zendesk account at %' THEN 'no_account'
	WHEN paused_reason LIKE '% does not allow % the scope %' THEN 'forbidden'
	WHEN paused_reason LIKE '% may not change %' THEN 'forbidden'
	ELSE 'unknown'
END WHERE paused_reason <> '';
