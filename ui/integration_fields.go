package ui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/form"
)

// partForm is a form.
const partForm paneName = "form"

// The fields of an integration, by the names that the tracker's errors use.
const (
	fieldProject  = "project"
	fieldName     = "name"
	fieldURL      = "url"
	fieldEmail    = "email"
	fieldAuth     = "auth"
	fieldClientID = "client-id"
	fieldPassword = "password"
	fieldView     = "view"
	fieldActive   = "active"
	fieldComments = "update-comments"
	fieldState    = "update-state"
	fieldConsent  = "store-secret-in-db"
)

// integrationFields are the fields of Tracker's integration form in its order,
// with the sign-in method before the fields that it asks for.
func integrationFields(d tracker.IntegrationDraft, projects []tracker.Project) []form.Field {
	v := draftValues(d)
	choices := make([]form.Option, len(projects))
	for i, p := range projects {
		choices[i] = form.Option{Value: strconv.FormatInt(int64(p.ID), 10), Label: cell(p.Name)}
	}
	var methods []form.Option
	for _, m := range tracker.AuthMethods() {
		methods = append(methods, form.Option{Value: string(m), Label: methodName(m)})
	}
	return []form.Field{
		{Name: fieldProject, Label: "Project", Kind: form.Choice, Value: v[fieldProject], Options: choices,
			Help: "The project that shows the tickets."},
		{Name: fieldName, Label: "Name", Value: v[fieldName], Limit: tracker.MaxIntegrationName, Placeholder: "such as Support",
			Help: "What you want to call it."},
		{Name: fieldURL, Label: "Zendesk URL", Value: v[fieldURL], Placeholder: "such as acme",
			Help: "The account's name or any of its addresses: acme, acme.zendesk.com, https://support.acme.com. A view's address fills in the view too."},
		{Name: fieldAuth, Label: "Sign-in", Kind: form.Choice, Value: v[fieldAuth], Options: methods},
		{Name: fieldEmail, Label: "Email", Value: v[fieldEmail], Placeholder: "such as agent@acme.com",
			Help: "The Zendesk user who loads tickets and writes private comments."},
		{Name: fieldClientID, Label: "Client ID", Value: v[fieldClientID], Limit: tracker.MaxClientID, Placeholder: "such as storydesk"},
		{Name: fieldPassword, Label: "Password or token", Kind: form.Secret, Set: d.ID != 0 && d.Auth != tracker.AuthOAuth},
		{Name: fieldView, Label: "View", Value: v[fieldView], Placeholder: "such as 360001234"},
		toggle(fieldActive, "Active", v, "shows tickets and sends private comments",
			"When off, no tickets are shown and nothing is sent. Nothing is deleted."),
		toggle(fieldComments, "Update comments", v, "story comments become private comments on the ticket",
			"Customers do not see private comments."),
		toggle(fieldState, "Update state", v, "state changes add a private comment to the ticket",
			"Starting a story always opens its new tickets."),
		toggle(fieldConsent, "Save in database", v, "store the secret unencrypted in the database",
			"Needed if the system has no keyring. Only you can read the file, but it is not encrypted."),
	}
}

func toggle(name, label string, values map[string]string, note, help string) form.Field {
	return form.Field{Name: name, Label: label, Kind: form.Toggle, Value: values[name], Note: note, Help: help}
}

// newIntegration is the draft of a new integration of the project. It signs in
// with OAuth, for Zendesk makes no new API tokens.
func (s *shell) newIntegration() tracker.IntegrationDraft {
	d := tracker.NewIntegrationDraft(s.project.ID)
	d.Auth = tracker.AuthOAuth
	return d
}

// draftValues are the values of the fields of a draft; the secret is left out.
func draftValues(d tracker.IntegrationDraft) map[string]string {
	return map[string]string{
		fieldProject: strconv.FormatInt(int64(d.ProjectID), 10), fieldName: d.Name, fieldURL: d.URL, fieldEmail: d.Email,
		fieldAuth: string(d.Auth), fieldClientID: d.ClientID, fieldView: d.View, fieldActive: strconv.FormatBool(d.Active),
		fieldComments: strconv.FormatBool(d.UpdateComments), fieldState: strconv.FormatBool(d.UpdateState),
		fieldConsent: strconv.FormatBool(d.SecretInDatabase),
	}
}

// draft reads the form.
func (p *integrationForm) filled() tracker.IntegrationDraft {
	v := p.form.Values()
	d := tracker.IntegrationDraft{
		ID: p.saved.ID, ProjectID: p.saved.ProjectID, Name: v[fieldName], URL: v[fieldURL],
		Email: v[fieldEmail], Auth: tracker.AuthMethod(v[fieldAuth]), Secret: v[fieldPassword], View: v[fieldView],
		ClientID: v[fieldClientID],
		Active:   v[fieldActive] == form.On, UpdateComments: v[fieldComments] == form.On, UpdateState: v[fieldState] == form.On,
		SecretInDatabase: v[fieldConsent] == form.On,
	}
	if id, err := strconv.ParseInt(v[fieldProject], 10, 64); err == nil {
		d.ProjectID = tracker.ProjectID(id)
	}
	// What is out of sight was typed for another method.
	if d.Auth.UsesClient() {
		d.Email = p.saved.Email
	}
	if d.Auth == tracker.AuthOAuth {
		d.Secret = ""
	}
	if other, ok := p.sameSignIn(d); ok && d.Secret == "" {
		d.SameSignIn = other.ID
	}
	return d
}

// sameSignIn finds an integration whose saved sign-in a new one may use.
func (p *integrationForm) sameSignIn(d tracker.IntegrationDraft) (tracker.Integration, bool) {
	if d.ID != 0 {
		return tracker.Integration{}, false
	}
	in, _ := p.service.Accounts.CheckIntegration(d)
	if p.resolved.typed == d.URL && p.resolved.host != "" {
		in.Host = p.resolved.host
	}
	i := slices.IndexFunc(p.others, func(other tracker.Integration) bool { return other.SignsInAs(in) })
	if i < 0 {
		return tracker.Integration{}, false
	}
	return p.others[i], true
}

// understand fills in the view from a view's address that was given as the
// account's, and the other way round.
func (p *integrationForm) understand() {
	url, view := p.form.Value(fieldURL), p.form.Value(fieldView)
	switch {
	case view == "" && strings.Contains(url, "/"):
		d := p.filled()
		d.View = url
		if in, problems := p.service.Accounts.CheckIntegration(d); !names(problems, fieldView) {
			p.form.SetValue(fieldView, strconv.FormatInt(int64(in.ViewID), 10))
		}
	case url == "" && strings.Contains(view, "://"):
		d := p.filled()
		d.URL = view
		if in, problems := p.service.Accounts.CheckIntegration(d); !names(problems, fieldURL) {
			p.form.SetValue(fieldURL, in.URL)
		}
	}
}

// explain says beside URL and view what they are understood as, and shows the
// fields of the sign-in method with what to know of them.
func (p *integrationForm) explain() {
	d := p.filled()
	in, problems := p.service.Accounts.CheckIntegration(d)
	url, view, own := "", "", cell(in.URL)
	if p.resolved.typed == d.URL {
		own = p.resolved.url
	}
	if d.URL != "" && d.URL != own && !names(problems, fieldURL) {
		url = "→ " + own
	}
	if id := strconv.FormatInt(int64(in.ViewID), 10); d.View != id && !names(problems, fieldView) {
		view = "→ view " + id
	}
	p.form.SetNote(fieldURL, url)
	p.form.SetNote(fieldView, view)
	p.form.SetHelp(fieldAuth, methodHelp(d.Auth))
	p.form.SetHelp(fieldClientID, clientHelp(d.Auth))
	p.form.SetHidden(fieldEmail, d.Auth.UsesClient())
	p.form.SetHidden(fieldClientID, !d.Auth.UsesClient())
	p.form.SetHidden(fieldPassword, d.Auth == tracker.AuthOAuth)
	p.explainSecret(d, in.Host)
	secret := "Password or token"
	if d.Auth == tracker.AuthClient {
		secret = "Client secret"
	}
	p.form.SetLabel(fieldPassword, secret)
}

// explainSecret says under the password where it goes, and what leaving it
// empty means.
func (p *integrationForm) explainSecret(d tracker.IntegrationDraft, host string) {
	if p.resolved.typed == d.URL && p.resolved.host != "" {
		host = p.resolved.host
	}
	help, note := "It is never shown again.", ""
	if p.saved.ID != 0 {
		help += " Leave empty to keep the saved one. If you change the address, enter it again."
	}
	if other, ok := p.sameSignIn(d); ok {
		note = "empty: the sign-in of " + cell(other.Name)
		help = "Leave empty to use the sign-in of " + cell(other.Name) + "."
	}
	if host != "" {
		help = "Sent to " + cell(host) + " only. " + help
	}
	p.form.SetHelp(fieldPassword, help)
	p.form.SetNote(fieldPassword, note)
	urlHelp := "The account's name or any of its addresses: acme, acme.zendesk.com, https://support.acme.com. A view's address fills in the view too."
	if d.URL != "" && host != "" {
		urlHelp = "You sign in to " + cell(host) + ". A view's address fills in the view too."
	}
	p.form.SetHelp(fieldURL, urlHelp)
}

// accountRead brings the account that an address leads to.
type accountRead struct {
	key, typed, url, host string
	err                   error
}

// findAccount looks up the account that the address leads to, once the field is
// left. Only an address that is mapped to an account takes a request.
func (p *integrationForm) findAccount() tea.Cmd {
	d := p.filled()
	if _, problems := p.service.Accounts.CheckIntegration(d); d.URL == "" || names(problems, fieldURL) || p.resolved.typed == d.URL {
		return nil
	}
	key, service, typed := p.key(), p.service, d.URL
	return p.do(func(ctx context.Context) tea.Msg {
		ctx, stop := context.WithTimeout(ctx, trialTime)
		defer stop()
		url, host, err := service.Accounts.AccountAddress(ctx, typed)
		return accountRead{key, typed, url, host, err}
	})
}

// foundAccount shows the account, or why there is none, unless the address is another by now.
func (p *integrationForm) foundAccount(msg accountRead) {
	if msg.key != p.key() || p.form == nil || p.form.Value(fieldURL) != msg.typed {
		return
	}
	if msg.err != nil {
		p.form.SetError(fieldURL, line(msg.err.Error()))
		return
	}
	p.resolved.typed, p.resolved.url, p.resolved.host = msg.typed, line(msg.url), msg.host
	p.explain()
}

// check shows what is wrong with one field that was filled in.
func (p *integrationForm) check(name string) {
	message := ""
	_, problems := p.service.Accounts.CheckIntegration(p.filled())
	for _, e := range problems {
		if e.Field == name && p.form.Value(name) != "" {
			message = line(e.Error())
		}
	}
	if message != "" {
		p.form.SetError(name, message)
	}
}

// showProblems shows all problems under their fields and goes to the first.
func (p *integrationForm) showProblems(problems []*tracker.Error) {
	for _, e := range problems {
		p.form.SetError(e.Field, line(e.Error()))
	}
	for _, name := range []string{fieldProject, fieldName, fieldURL, fieldAuth, fieldEmail, fieldClientID, fieldPassword, fieldView} {
		if names(problems, name) {
			p.form.Focus(name)
			return
		}
	}
}

func names(problems []*tracker.Error, field string) bool {
	return slices.ContainsFunc(problems, func(e *tracker.Error) bool { return e.Field == field })
}

func methodName(m tracker.AuthMethod) string {
	switch m {
	case tracker.AuthToken:
		return "API token"
	case tracker.AuthPassword:
		return "password"
	case tracker.AuthOAuth:
		return "OAuth (browser)"
	case tracker.AuthClient:
		return "client credentials"
	}
	return string(m)
}

// methodHelp says how long Zendesk takes a method.
// https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/
func methodHelp(m tracker.AuthMethod) string {
	switch m {
	case tracker.AuthToken:
		return "Zendesk issues no new API tokens since 27 October 2026. Existing ones work until 30 April 2027."
	case tracker.AuthPassword:
		return "Zendesk turned off passwords for its API in January 2026; very few accounts still accept them."
	case tracker.AuthOAuth:
		return "The only sign-in Zendesk keeps after April 2027. Saving opens the browser, where you allow storydesk."
	case tracker.AuthClient:
		return "Zendesk keeps it after April 2027. storydesk acts as the admin who created the client."
	}
	return ""
}

// clientHelp says how an admin registers the OAuth client of a method.
func clientHelp(m tracker.AuthMethod) string {
	const where = "Admin Center > Apps and integrations > APIs > OAuth clients: "
	if m == tracker.AuthClient {
		return where + "add a confidential client; this is its unique identifier."
	}
	return where + fmt.Sprintf("add a public client with the redirect URL http://127.0.0.1:%d/callback and the Allowed scopes read and tickets:write; "+
		"this is its unique identifier. Zendesk shows a secret, which is not needed.", signInPort)
}
