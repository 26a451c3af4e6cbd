package integrations

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// partForm is a form.
const partForm intent.PaneName = "form"

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
	return []form.Field{
		{Name: present.FieldProject, Label: "Project", Kind: form.Choice, Value: v[present.FieldProject], Options: choices,
			Help: "The project that shows the tickets."},
		{Name: present.FieldName, Label: "Name", Value: v[present.FieldName], Limit: tracker.MaxIntegrationName, Placeholder: "such as Support",
			Help: "What you want to call it."},
		{Name: present.FieldURL, Label: "Zendesk URL", Value: v[present.FieldURL], Placeholder: "such as acme",
			Help: "The account's name or any of its addresses: acme, acme.zendesk.com, https://support.acme.com. A view's address fills in the view too."},
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
		toggle(present.FieldConsent, "Save in database", v, "store the secret unencrypted in the database",
			"Needed if the system has no keyring. Only you can read the file, but it is not encrypted."),
	}
}

func toggle(name, label string, values map[string]string, note, help string) form.Field {
	return form.Field{Name: name, Label: label, Kind: form.Toggle, Value: values[name], Note: note, Help: help}
}

// NewDraft is the draft of a new integration of the project. It signs in
// with OAuth, for Zendesk makes no new API tokens.
func NewDraft(s *pane.Host) tracker.IntegrationDraft {
	d := tracker.NewIntegrationDraft(s.Project.ID)
	d.Auth = tracker.AuthOAuth
	return d
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

// Filled is the integration as the form has it.
func (p *Form) Filled() tracker.IntegrationDraft {
	v := p.form.Values()
	d := tracker.IntegrationDraft{
		ID: p.saved.ID, ProjectID: p.saved.ProjectID, Name: v[present.FieldName], URL: v[present.FieldURL],
		Email: v[present.FieldEmail], Auth: tracker.AuthMethod(v[present.FieldAuth]), Secret: v[present.FieldPassword], View: v[present.FieldView],
		ClientID: v[present.FieldClientID],
		Active:   v[present.FieldActive] == form.On, UpdateComments: v[present.FieldComments] == form.On, UpdateState: v[present.FieldState] == form.On,
		SecretInDatabase: v[present.FieldConsent] == form.On,
	}
	if id, err := strconv.ParseInt(v[present.FieldProject], 10, 64); err == nil {
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
func (p *Form) sameSignIn(d tracker.IntegrationDraft) (tracker.Integration, bool) {
	if d.ID != 0 {
		return tracker.Integration{}, false
	}
	in, _ := p.Service.Accounts.CheckIntegration(d)
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
func (p *Form) understand() {
	url, view := p.form.Value(present.FieldURL), p.form.Value(present.FieldView)
	switch {
	case view == "" && strings.Contains(url, "/"):
		d := p.Filled()
		d.View = url
		if in, problems := p.Service.Accounts.CheckIntegration(d); !names(problems, present.FieldView) {
			p.form.SetValue(present.FieldView, strconv.FormatInt(int64(in.ViewID), 10))
		}
	case url == "" && strings.Contains(view, "://"):
		d := p.Filled()
		d.URL = view
		if in, problems := p.Service.Accounts.CheckIntegration(d); !names(problems, present.FieldURL) {
			p.form.SetValue(present.FieldURL, in.URL)
		}
	}
}

// explain says beside URL and view what they are understood as, and shows the
// fields of the sign-in method with what to know of them.
func (p *Form) explain() {
	d := p.Filled()
	in, problems := p.Service.Accounts.CheckIntegration(d)
	url, view, own := "", "", present.Cell(in.URL)
	if p.resolved.typed == d.URL {
		own = p.resolved.url
	}
	if d.URL != "" && d.URL != own && !names(problems, present.FieldURL) {
		url = "→ " + own
	}
	if id := strconv.FormatInt(int64(in.ViewID), 10); d.View != id && !names(problems, present.FieldView) {
		view = "→ view " + id
	}
	p.form.SetNote(present.FieldURL, url)
	p.form.SetNote(present.FieldView, view)
	p.form.SetHelp(present.FieldAuth, methodHelp(d.Auth))
	p.form.SetHelp(present.FieldClientID, clientHelp(d.Auth))
	p.form.SetHidden(present.FieldEmail, d.Auth.UsesClient())
	p.form.SetHidden(present.FieldClientID, !d.Auth.UsesClient())
	p.form.SetHidden(present.FieldPassword, d.Auth == tracker.AuthOAuth)
	p.explainSecret(d, in.Host)
	secret := "Password or token"
	if d.Auth == tracker.AuthClient {
		secret = "Client secret"
	}
	p.form.SetLabel(present.FieldPassword, secret)
}

// explainSecret says under the password where it goes, and what leaving it
// empty means.
func (p *Form) explainSecret(d tracker.IntegrationDraft, host string) {
	if p.resolved.typed == d.URL && p.resolved.host != "" {
		host = p.resolved.host
	}
	help, note := "It is never shown again.", ""
	if p.saved.ID != 0 {
		help += " Leave empty to keep the saved one. If you change the address, enter it again."
	}
	if other, ok := p.sameSignIn(d); ok {
		note = "empty: the sign-in of " + present.Cell(other.Name)
		help = "Leave empty to use the sign-in of " + present.Cell(other.Name) + "."
	}
	if host != "" {
		help = "Sent to " + present.Cell(host) + " only. " + help
	}
	p.form.SetHelp(present.FieldPassword, help)
	p.form.SetNote(present.FieldPassword, note)
	urlHelp := "The account's name or any of its addresses: acme, acme.zendesk.com, https://support.acme.com. A view's address fills in the view too."
	if d.URL != "" && host != "" {
		urlHelp = "You sign in to " + present.Cell(host) + ". A view's address fills in the view too."
	}
	p.form.SetHelp(present.FieldURL, urlHelp)
}

// accountRead brings the account that an address leads to.
type accountRead struct {
	key, typed, url, host string
	err                   error
}

// findAccount looks up the account that the address leads to, once the field is
// left. Only an address that is mapped to an account takes a request.
func (p *Form) findAccount() tea.Cmd {
	d := p.Filled()
	if _, problems := p.Service.Accounts.CheckIntegration(d); d.URL == "" || names(problems, present.FieldURL) || p.resolved.typed == d.URL {
		return nil
	}
	key, service, typed := p.key(), p.Service, d.URL
	return p.Do(func(ctx context.Context) tea.Msg {
		ctx, stop := context.WithTimeout(ctx, trialTime)
		defer stop()
		url, host, err := service.Accounts.AccountAddress(ctx, typed)
		return accountRead{key, typed, url, host, err}
	})
}

// foundAccount shows the account, or why there is none, unless the address is another by now.
func (p *Form) foundAccount(msg accountRead) {
	if msg.key != p.key() || p.form == nil || p.form.Value(present.FieldURL) != msg.typed {
		return
	}
	if msg.err != nil {
		p.form.SetError(present.FieldURL, draw.Line(msg.err.Error()))
		return
	}
	p.resolved.typed, p.resolved.url, p.resolved.host = msg.typed, draw.Line(msg.url), msg.host
	p.explain()
}

// check shows what is wrong with one field that was Filled in.
func (p *Form) check(name string) {
	message := ""
	_, problems := p.Service.Accounts.CheckIntegration(p.Filled())
	for _, e := range problems {
		if e.Field == name && p.form.Value(name) != "" {
			message = draw.Line(e.Error())
		}
	}
	if message != "" {
		p.form.SetError(name, message)
	}
}

// showProblems shows all problems under their fields and goes to the first.
func (p *Form) showProblems(problems []*tracker.Error) {
	for _, e := range problems {
		p.form.SetError(e.Field, draw.Line(e.Error()))
	}
	for _, name := range []string{present.FieldProject, present.FieldName, present.FieldURL, present.FieldAuth, present.FieldEmail, present.FieldClientID, present.FieldPassword, present.FieldView} {
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
