package integrations

import (
	"slices"
	"strconv"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/present"
)

// checker understands what was typed into a form.
type checker interface {
	// CheckIntegration returns the integration that a draft makes, and all problems
	// with it, each with its field.
	CheckIntegration(d tracker.IntegrationDraft) (tracker.Integration, []*tracker.Error)
}

// fields are the fields of an integration's form and what is understood of them.
// There is no form until what it offers has been read.
type fields struct {
	*form.Form
	checks checker
	// saved is the integration as it was saved last.
	saved tracker.IntegrationDraft
	// others are the integrations there are, whose sign-in may be used again.
	others []tracker.Integration
	// team is true where several people share the database.
	team bool
	// account is the one that the address leads to.
	account account
}

// account is where an address leads that was looked up as it was typed. The host
// is empty where only the URL is known, from a connection test.
type account struct{ typed, url, host string }

// place puts the account in the place of what was understood of an address, if it
// is the one that was looked up.
func (a account) place(typed string, in *tracker.Integration) {
	if a.typed != typed || typed == "" {
		return
	}
	in.URL = a.url
	if a.host != "" {
		in.Host = a.host
	}
}

// draft is the integration as the form has it.
func (f *fields) draft() tracker.IntegrationDraft {
	v := f.Values()
	d := tracker.IntegrationDraft{
		ID: f.saved.ID, ProjectID: f.saved.ProjectID, Kind: f.saved.Kind, Name: v[present.FieldName], URL: v[present.FieldURL], Base: v[present.FieldBase],
		Email: v[present.FieldEmail], Auth: tracker.AuthMethod(v[present.FieldAuth]), Secret: v[present.FieldPassword], View: v[present.FieldView],
		ClientID: v[present.FieldClientID],
		Active:   v[present.FieldActive] == form.On, UpdateComments: v[present.FieldComments] == form.On, UpdateState: v[present.FieldState] == form.On,
		SecretInDatabase: v[present.FieldConsent] == form.On,
	}
	d.SecretOwn = f.team && f.saved.SecretInDatabase && !d.SecretInDatabase
	if id, err := strconv.ParseInt(v[present.FieldProject], 10, 64); err == nil {
		d.ProjectID = tracker.ProjectID(id)
	}
	if !kind.Named(d.Kind).Views {
		d.Email = v[present.FieldUser]
		return d
	}
	// What is out of sight was typed for another method.
	if d.Auth.UsesClient() {
		d.Email = f.saved.Email
	}
	if d.Auth == tracker.AuthOAuth {
		d.Secret = ""
	}
	if other, ok := f.sameSignIn(d); ok && d.Secret == "" {
		d.SameSignIn = other.ID
	}
	return d
}

// integration is what a draft makes, at the account that its address leads to.
func (f *fields) integration(d tracker.IntegrationDraft) (tracker.Integration, []*tracker.Error) {
	in, problems := f.checks.CheckIntegration(d)
	f.account.place(d.URL, &in)
	return in, problems
}

// sameSignIn finds an integration whose saved sign-in a new one may use.
func (f *fields) sameSignIn(d tracker.IntegrationDraft) (tracker.Integration, bool) {
	if d.ID != 0 {
		return tracker.Integration{}, false
	}
	in, _ := f.integration(d)
	i := slices.IndexFunc(f.others, func(other tracker.Integration) bool { return other.SignsInAs(in) })
	if i < 0 {
		return tracker.Integration{}, false
	}
	return f.others[i], true
}

// unresolved is the address as it was typed, if it is not known where it leads.
func (f *fields) unresolved() (typed string, ok bool) {
	typed = f.Value(present.FieldURL)
	if !kind.Named(f.saved.Kind).Views || typed == "" || f.account.typed == typed {
		return "", false
	}
	_, problems := f.checks.CheckIntegration(f.draft())
	return typed, !names(problems, present.FieldURL)
}

// resolve takes where an address leads.
func (f *fields) resolve(found account) {
	if found.host == "" && found.typed == f.account.typed {
		found.host = f.account.host
	}
	f.account = found
	f.explain()
}

// left looks at a field once it is left.
func (f *fields) left(name string) {
	f.understand()
	f.check(name)
}

// understand fills in the view from a view's address that was given as the
// account's, and the other way round.
func (f *fields) understand() {
	d := f.draft()
	switch {
	case !kind.Named(d.Kind).Views:
	case d.View == "" && strings.Contains(d.URL, "/"):
		d.View = d.URL
		if in, problems := f.checks.CheckIntegration(d); !names(problems, present.FieldView) {
			f.SetValue(present.FieldView, strconv.FormatInt(int64(in.ViewID), 10))
		}
	case d.URL == "" && strings.Contains(d.View, "://"):
		d.URL = d.View
		if in, problems := f.checks.CheckIntegration(d); !names(problems, present.FieldURL) {
			f.SetValue(present.FieldURL, in.URL)
		}
	}
}

// explain says beside URL and view what they are understood as, and shows the
// fields of the sign-in method with what to know of them.
func (f *fields) explain() {
	if !kind.Named(f.saved.Kind).Views {
		f.explainFeed()
		return
	}
	d := f.draft()
	in, problems := f.integration(d)
	url, view, own := "", "", present.Cell(in.URL)
	if d.URL != "" && d.URL != own && !names(problems, present.FieldURL) {
		url = "→ " + own
	}
	if id := strconv.FormatInt(int64(in.ViewID), 10); d.View != id && !names(problems, present.FieldView) {
		view = "→ view " + id
	}
	f.SetNote(present.FieldURL, url)
	f.SetNote(present.FieldView, view)
	f.SetHelp(present.FieldAuth, methodHelp(d.Auth))
	f.SetHelp(present.FieldClientID, clientHelp(d.Auth))
	f.SetHidden(present.FieldEmail, d.Auth.UsesClient())
	f.SetHidden(present.FieldClientID, !d.Auth.UsesClient())
	f.SetHidden(present.FieldPassword, d.Auth == tracker.AuthOAuth)
	f.explainSecret(d, present.Cell(in.Host))
	secret := "Password or token"
	if d.Auth == tracker.AuthClient {
		secret = "Client secret"
	}
	f.SetLabel(present.FieldPassword, secret)
}

// explainSecret says under the password which host it is sent to, and what leaving
// it empty means.
func (f *fields) explainSecret(d tracker.IntegrationDraft, host string) {
	help, note := "It is never shown again.", ""
	if f.saved.ID != 0 {
		help += " Leave empty to keep the saved one. If you change the address, enter it again."
	}
	if other, ok := f.sameSignIn(d); ok {
		note = "empty: the sign-in of " + present.Cell(other.Name)
		help = "Leave empty to use the sign-in of " + present.Cell(other.Name) + "."
	}
	urlHelp := addressHelp
	if host != "" {
		help = "Sent to " + host + " only. " + help
		if d.URL != "" {
			urlHelp = "You sign in to " + host + ". A view's address fills in the view too."
		}
	}
	f.SetHelp(present.FieldPassword, help)
	f.SetNote(present.FieldPassword, note)
	f.SetHelp(present.FieldURL, urlHelp)
}

// check shows what is wrong with a field that was filled in.
func (f *fields) check(name string) {
	if f.Value(name) == "" {
		return
	}
	_, problems := f.checks.CheckIntegration(f.draft())
	for _, e := range problems {
		if e.Field == name {
			f.SetError(name, draw.Line(e.Error()))
		}
	}
}

// showProblems shows all problems under their fields and goes to the first.
func (f *fields) showProblems(problems []*tracker.Error) {
	for _, e := range problems {
		f.SetError(e.Field, draw.Line(e.Error()))
	}
	for _, name := range []string{present.FieldProject, present.FieldName, present.FieldURL, present.FieldBase, present.FieldUser, present.FieldAuth, present.FieldEmail, present.FieldClientID, present.FieldPassword, present.FieldView} {
		if names(problems, name) {
			f.Focus(name)
			return
		}
	}
}

func names(problems []*tracker.Error, field string) bool {
	return slices.ContainsFunc(problems, func(e *tracker.Error) bool { return e.Field == field })
}
