package tracker

import (
	"strings"
	"time"
	"unicode/utf8"
)

// KindZendesk is the kind of an integration with a Zendesk account.
const KindZendesk = "zendesk"

// AuthMethod is how an integration signs in.
type AuthMethod string

// The methods.
const (
	AuthPassword AuthMethod = "password"
	AuthToken    AuthMethod = "token"
)

// AuthMethods lists the methods in the order in which people choose among them.
func AuthMethods() []AuthMethod { return []AuthMethod{AuthPassword, AuthToken} }

// ParseAuthMethod reads a method's name.
func ParseAuthMethod(text string) (AuthMethod, error) {
	switch m := AuthMethod(strings.ToLower(strings.TrimSpace(text))); m {
	case AuthPassword, AuthToken:
		return m, nil
	}
	return "", Invalid("auth", "%q is not a sign-in method: use password or token", text)
}

// Integration ties a project to one view of one help desk account.
type Integration struct {
	ID        IntegrationID
	ProjectID ProjectID
	// Project is the project's name.
	Project string
	Name    string
	Kind    string
	// URL is the account's own base address without a path, such as
	// "https://acme.zendesk.com"; Host is its host with any port.
	URL  string
	Host string
	// Email and Auth say who signs in and how; the secret is kept by Secrets.
	Email string
	Auth  AuthMethod
	// ViewID is the view whose tickets are shown; ViewTitle as last read.
	ViewID    ViewID
	ViewTitle string
	// Active: shows a panel and sends notes.
	Active bool
	// UpdateComments: story comments become private comments on the ticket.
	UpdateComments bool
	// UpdateState: state changes add a private comment to the ticket.
	UpdateState bool
	// PausedReason is the sentence of the fault that holds its notes, empty when none.
	PausedReason string
	CreatedAt    time.Time
	UpdatedAt    time.Time
	// Version rises with every change, that of the secret included.
	Version int64
}

// Sends tells whether notes may leave through it now.
func (i Integration) Sends() bool { return i.Active && i.PausedReason == "" }

// MaxIntegrationName is the longest name of an integration, in characters.
const MaxIntegrationName = 80

// Validate fails with CodeInvalid and the field that cannot work. URL, Host and
// ViewID are expected as Desks.Address and Desks.View returned them.
func (i Integration) Validate() error {
	switch name := strings.TrimSpace(i.Name); {
	case i.ProjectID == 0:
		return Invalid("project", "choose the project that shows the tickets")
	case name == "":
		return Invalid("name", "an integration needs a name")
	case utf8.RuneCountInString(name) > MaxIntegrationName:
		return Invalid("name", "an integration's name has at most %d characters", MaxIntegrationName)
	case i.URL == "" || i.Host == "":
		return Invalid("url", "give the Zendesk address, such as acme or https://acme.zendesk.com")
	case !strings.Contains(strings.Trim(i.Email, "@"), "@"):
		return Invalid("email", "give the e-mail address of the Zendesk user, such as agent@acme.com")
	case i.ViewID <= 0:
		return Invalid("view", "give a view's number or its address from the browser")
	}
	return nil
}
