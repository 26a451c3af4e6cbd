package integrations

import (
	"strconv"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/form"
	"storydesk/ui/present"
)

// addressHelp says under the URL what it may be.
const addressHelp = "The account's name or any of its addresses: acme, acme.zendesk.com, https://support.acme.com. A view's address fills in the view too."

// integrationFields are the fields of Tracker's integration form in its order,
// with the sign-in method before the fields that it asks for.
func integrationFields(d tracker.IntegrationDraft, projects []tracker.Project) []form.Field {
	v := draftValues(d)
	choices := make([]form.Option, len(projects))
	for i, p := range projects {
		choices[i] = form.Option{Value: strconv.FormatInt(int64(p.ID), 10), Label: present.Cell(p.Name)}
	}
	var methods []form.Option
	for _, m := range tracker.AuthMethods() {
		methods = append(methods, form.Option{Value: string(m), Label: methodName(m)})
	}
	project := form.Field{
		Name: present.FieldProject, Label: "Project", Kind: form.Choice, Value: v[present.FieldProject], Options: choices,
		Help: "The project that shows the tickets.",
	}
	if !kind.Named(d.Kind).Views {
		return feedFields(d, project)
	}
	return []form.Field{
		project,
		{Name: present.FieldName, Label: "Name", Value: v[present.FieldName], Limit: tracker.MaxIntegrationName, Placeholder: "such as Support",
			Help: "What you want to call it."},
		{Name: present.FieldURL, Label: "Zendesk URL", Value: v[present.FieldURL], Placeholder: "such as acme",
			Help: addressHelp},
		{Name: present.FieldAuth, Label: "Sign-in", Kind: form.Choice, Value: v[present.FieldAuth], Options: methods},
		{Name: present.FieldEmail, Label: "Email", Value: v[present.FieldEmail], Placeholder: "such as agent@acme.com",
			Help: "The Zendesk user who loads tickets and writes private comments."},
		{Name: present.FieldClientID, Label: "Client ID", Value: v[present.FieldClientID], Limit: tracker.MaxClientID, Placeholder: "such as storydesk"},
		{Name: present.FieldPassword, Label: "Password or token", Kind: form.Secret, Set: d.ID != 0 && d.Auth != tracker.AuthOAuth},
		{Name: present.FieldView, Label: "View", Value: v[present.FieldView], Placeholder: "such as 360001234"},
		toggle(present.FieldActive, "Active", v, "shows tickets and sends private comments",
			"When off, no tickets are shown and nothing is sent. Nothing is deleted."),
		toggle(present.FieldComments, "Update comments", v, "story comments become private comments on the ticket",
			"Customers do not see private comments."),
		toggle(present.FieldState, "Update state", v, "state changes add a private comment to the ticket",
			"Starting a story always opens its new tickets."),
		consentField(v[present.FieldConsent]),
	}
}

// consentField asks for the consent to save the secret in the database file.
func consentField(value string) form.Field {
	return toggle(present.FieldConsent, "Save in database", map[string]string{present.FieldConsent: value}, "store the secret unencrypted in the database",
		"Needed if the system has no keyring. Only you can read the file, but it is not encrypted.")
}

// shared makes the field of the consent ask what it means where a team shares the database.
func shared(fields []form.Field) []form.Field {
	for i := range fields {
		if f := &fields[i]; f.Name == present.FieldConsent {
			f.Label, f.Note = "Shared", "share this sign-in with the team, in the database"
			f.Help = "Everyone who can read this database can use it. When off, each of you signs in, and your own stays in your system's keyring."
		}
	}
	return fields
}

func toggle(name, label string, values map[string]string, note, help string) form.Field {
	return form.Field{Name: name, Label: label, Kind: form.Toggle, Value: values[name], Note: note, Help: help}
}

// draftValues are the values of the fields of a draft; the secret is left out.
func draftValues(d tracker.IntegrationDraft) map[string]string {
	return map[string]string{
		present.FieldProject: strconv.FormatInt(int64(d.ProjectID), 10), present.FieldName: d.Name, present.FieldURL: d.URL, present.FieldEmail: d.Email,
		present.FieldAuth: string(d.Auth), present.FieldClientID: d.ClientID, present.FieldView: d.View, present.FieldActive: strconv.FormatBool(d.Active),
		present.FieldComments: strconv.FormatBool(d.UpdateComments), present.FieldState: strconv.FormatBool(d.UpdateState),
		present.FieldConsent: strconv.FormatBool(d.SecretInDatabase),
	}
}
