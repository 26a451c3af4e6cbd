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

func (i Integration) validateName() error {
	switch name := strings.TrimSpace(i.Name); {
	case name == "":
		return Invalid("name", "an integration needs a name")
	case utf8.RuneCountInString(name) > MaxIntegrationName:
		return Invalid("name", "an integration's name has at most %d characters", MaxIntegrationName)
	}
	return nil
}

func (i Integration) validateEmail() error {
	if at := strings.Index(i.Email, "@"); at < 1 || at == len(i.Email)-1 || strings.ContainsAny(i.Email, " \t:") {
		return Invalid("email", "give the e-mail address of the Zendesk user, such as agent@acme.com")
	}
	return nil
}
