package tracker

import (
	"cmp"
	"strings"
	"time"
	"unicode"
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
	// AuthOAuth: somebody allows it in a browser, with an OAuth client that has
	// no secret. What is kept is a document of tokens that only Desks read.
	AuthOAuth AuthMethod = "oauth"
	// AuthClient: an OAuth client signs in with its own secret.
	AuthClient AuthMethod = "client"
)

// AuthMethods lists the methods, the recommended one first.
func AuthMethods() []AuthMethod {
	return []AuthMethod{AuthOAuth, AuthClient, AuthToken, AuthPassword}
}

// UsesClient tells whether a method signs in through an OAuth client, which
// also tells the desk who the user is.
func (m AuthMethod) UsesClient() bool { return m == AuthOAuth || m == AuthClient }

// ParseAuthMethod reads a method's name.
func ParseAuthMethod(text string) (AuthMethod, error) {
	switch m := AuthMethod(strings.ToLower(strings.TrimSpace(text))); m {
	case AuthPassword, AuthToken, AuthOAuth, AuthClient:
		return m, nil
	}
	return "", Invalid("auth", "%q is not a sign-in method: use oauth, client, token or password", text)
}

// Integration ties a project to one view of one help desk account.
type Integration struct {
	ID        IntegrationID
	ProjectID ProjectID
	// Project is the project's name.
	Project string
	Name    string
	Kind    string
	// URL is the account's base address without a path, such as
	// "https://acme.zendesk.com"; credentials go there and nowhere else. Host is
	// the host, with any port, that tells the account from others: the address's,
	// or where that is a brand's the account's own, once that is known.
	URL  string
	Host string
	// Email and Auth say who signs in and how; the secret is kept by Secrets.
	Email string
	Auth  AuthMethod
	// ClientID is the OAuth client of the methods that use one, else empty.
	ClientID string
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
	if i.Email == "" && i.Auth.UsesClient() {
		return nil
	}
	if at := strings.Index(i.Email, "@"); at < 1 || at == len(i.Email)-1 || strings.ContainsAny(i.Email, " \t:") {
		return Invalid("email", "give the e-mail address of the Zendesk user, such as agent@acme.com")
	}
	return nil
}

// MaxClientID is the longest id of an OAuth client, in bytes.
const MaxClientID = 255

func (i Integration) validateClientID() error {
	switch {
	case !i.Auth.UsesClient():
		return nil
	case i.ClientID == "":
		return Invalid("client-id", "give the unique identifier of the OAuth client that was registered in Zendesk's Admin Center")
	case len(i.ClientID) > MaxClientID || strings.ContainsFunc(i.ClientID, unicode.IsSpace):
		return Invalid("client-id", "a client's unique identifier has no spaces and at most %d characters", MaxClientID)
	}
	return nil
}

// User names who signs in, for sentences.
func (i Integration) User() string { return cmp.Or(i.Email, "the user of "+i.Name) }
