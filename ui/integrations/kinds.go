package integrations

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/form"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// ChooseKind asks of which kind a new integration is and opens its form.
func ChooseKind(c *command.Commands, s UseCases) tea.Cmd { return chooseKind(&host{c, s}) }

func chooseKind(h *host) tea.Cmd {
	kinds := kind.All()
	rows := make([]dialog.Choice, len(kinds))
	for i, k := range kinds {
		rows[i] = dialog.Choice{Name: k.Title, Text: k.Meaning}
	}
	return h.Open(dialog.NewChooser(h.Host, "Add an integration", rows, func(i int) tea.Cmd {
		return h.Open(newForm(h, newDraft(h.Host, kinds[i])), pane.Body)
	}), pane.Overlay)
}

// newDraft is the draft of a new integration of the project. Zendesk's signs in with
// OAuth, for Zendesk makes no new API tokens.
func newDraft(s *pane.Host, k kind.Kind) tracker.IntegrationDraft {
	d := tracker.NewIntegrationDraft(s.Project.ID)
	d.Kind, d.Auth = k.Name, tracker.AuthOAuth
	if !k.Sends {
		d.Auth, d.UpdateComments, d.UpdateState = "", false, false
	}
	return d
}

// feedFields are the fields of an integration that reads one list, in the order of
// Tracker's form.
func feedFields(d tracker.IntegrationDraft, project form.Field) []form.Field {
	return []form.Field{
		project,
		{Name: present.FieldName, Label: "Name", Value: d.Name, Limit: tracker.MaxIntegrationName, Placeholder: "such as Issues",
			Help: "What you want to call it."},
		{Name: present.FieldURL, Label: "Feed URL", Value: d.URL, Placeholder: "such as https://acme.com/stories.xml",
			Help: "The address of the list in XML: external_stories, with an external_story for each item."},
		{Name: present.FieldBase, Label: "Base URL", Value: d.Base, Placeholder: "such as https://acme.com/issues/",
			Help: "An item's link is this address and its external_id."},
		{Name: present.FieldUser, Label: "User", Value: d.Email, Placeholder: "empty where anybody may read it",
			Help: "Who signs in to read the feed, by basic auth."},
		{Name: present.FieldPassword, Label: "Password", Kind: form.Secret, Set: d.ID != 0 && d.Auth != ""},
		{Name: present.FieldActive, Label: "Active", Kind: form.Toggle, Value: strconv.FormatBool(d.Active), Note: "shows the items",
			Help: "When off, no items are shown. Nothing is deleted."},
		consentField(strconv.FormatBool(d.SecretInDatabase)),
	}
}

// explainFeed says beside the addresses what they are understood as.
func (f *fields) explainFeed() {
	d := f.draft()
	in, problems := f.checks.CheckIntegration(d)
	note := func(field, typed, understood string) {
		text := ""
		if typed != "" && typed != understood && !names(problems, field) {
			text = "→ " + present.Cell(understood)
		}
		f.SetNote(field, text)
	}
	note(present.FieldURL, d.URL, in.URL)
	note(present.FieldBase, d.Base, in.Host)
	help := "Sent to the feed's own host only. It is never shown again."
	if f.saved.ID != 0 && f.saved.Auth != "" {
		help += " Leave empty to keep the saved one."
	}
	f.SetHelp(present.FieldPassword, help)
}
