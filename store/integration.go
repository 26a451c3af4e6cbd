package store

import (
	"errors"
	"fmt"

	"storydesk/store/query"
	"storydesk/tracker"
)

const integrationColumns = `project_id, name, kind, url, host, email, auth, client_id, view_id, view_title,
	active, update_comments, update_state, paused_reason, paused_cause, created_at, updated_at`

func integrationFields(in *tracker.Integration) []any {
	return []any{
		&in.ProjectID, &in.Name, &in.Kind, &in.URL, &in.Host, &in.Email, &in.Auth, &in.ClientID, &in.ViewID, &in.ViewTitle,
		&in.Active, &in.UpdateComments, &in.UpdateState, &in.PausedReason, &in.PausedCause, instant{&in.CreatedAt}, instant{&in.UpdatedAt},
	}
}

const selectIntegration = `SELECT id, version, (SELECT name FROM project WHERE id = project_id), ` +
	integrationColumns + ` FROM integration `

func integrationRow(in *tracker.Integration) []any {
	return append([]any{&in.ID, &in.Version, &in.Project}, integrationFields(in)...)
}

// integrationSends is the condition of tracker.Integration.Sends.
const integrationSends = "active AND paused_reason = ''"

// Integrations implements tracker.Reader.
func (r *reader) Integrations(project tracker.ProjectID) ([]tracker.Integration, error) {
	return query.All(r.Session, "the integrations", integrationRow,
		selectIntegration+"WHERE project_id = ?1 OR ?1 = 0 ORDER BY name_key, id", project)
}

// Integration implements tracker.Reader.
func (r *reader) Integration(id tracker.IntegrationID) (tracker.Integration, error) {
	if in, ok := r.held.integration(id); ok {
		return in, nil
	}
	in, err := query.One(r.Session, integrationName(id), integrationRow, selectIntegration+"WHERE id = ?"+r.held.holding("integration"), id)
	if err == nil && r.held != nil {
		r.held.integrations[id] = in
	}
	return in, err
}

// AddIntegration implements tracker.Writer.
func (w *integrationWriter) AddIntegration(in *tracker.Integration) error {
	id, err := w.Insert("an integration", "integration", integrationColumns+", name_key",
		append(integrationFields(in), nameKey(in.Name)))
	if err != nil {
		return query.NameTaken("an integration", in.Name, err)
	}
	in.ID, in.Version = tracker.IntegrationID(id), 1
	return w.adoptLinks(in.Host)
}

// SaveIntegration implements tracker.Writer. What was read of another view, or
// of another account's, is forgotten.
func (w *integrationWriter) SaveIntegration(in *tracker.Integration) error {
	before, err := w.Integration(in.ID)
	if err != nil {
		return err
	}
	w.held.forgetIntegrations()
	err = w.Save(integrationName(in.ID), "integration", int64(in.ID), &in.Version,
		integrationColumns+", name_key", append(integrationFields(in), nameKey(in.Name)))
	if err != nil {
		return query.NameTaken("an integration", in.Name, err)
	}
	if before.Host == in.Host && before.ViewID == in.ViewID {
		return nil
	}
	return errors.Join(w.adoptLinks(in.Host), forgetView(w.statements, in.ID, before.Host))
}

// RemoveIntegration implements tracker.Writer. The secret and the view go with
// the row; links, lanes and deliveries lose their reference to it.
func (w *integrationWriter) RemoveIntegration(id tracker.IntegrationID) error {
	in, err := w.Integration(id)
	if err != nil {
		return err
	}
	w.held.forgetIntegrations()
	if _, err := w.Exec("removing "+integrationName(id), "DELETE FROM integration WHERE id = ?", id); err != nil {
		return err
	}
	return errors.Join(w.adoptLinks(in.Host), dropUnusedTickets(w.statements, in.Host))
}

// adoptLinks gives the links of an account that have no integration, for theirs
// was removed, to one that it has: of the story's own project, and one that is
// active, where there is a choice.
func (w *integrationWriter) adoptLinks(host string) error {
	_, err := w.Exec("adopting links", `
		UPDATE link SET integration_id = (
			SELECT i.id FROM integration AS i JOIN story ON story.id = link.story_id WHERE i.host = link.host
			ORDER BY i.project_id = story.project_id DESC, i.active DESC, i.id LIMIT 1)
		WHERE host = ? AND integration_id IS NULL`, host)
	return err
}

func integrationName(id tracker.IntegrationID) string { return fmt.Sprintf("integration %d", id) }
