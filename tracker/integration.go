package tracker

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// AuthMethod is how an integration signs in.
type AuthMethod string

// The methods.
const (
	AuthPassword AuthMethod = "password"
	AuthToken    AuthMethod = "token"
	// AuthOAuth: somebody allows it in a browser, with an OAuth client that has
	// no secret. What is saved is a document of tokens that only Zendesk's client reads.
	AuthOAuth AuthMethod = "oauth"
	// AuthClient: an OAuth client signs in with its own secret.
	AuthClient AuthMethod = "client"
)

// AuthMethods lists the methods, the recommended one first.
func AuthMethods() []AuthMethod {
	return []AuthMethod{AuthOAuth, AuthClient, AuthToken, AuthPassword}
}

// UsesClient reports whether a method signs in through an OAuth client, which
// also tells Zendesk who the user is.
func (m AuthMethod) UsesClient() bool { return m == AuthOAuth || m == AuthClient }

// ParseAuthMethod reads a method's name.
func ParseAuthMethod(text string) (AuthMethod, error) {
	switch m := AuthMethod(strings.ToLower(strings.TrimSpace(text))); m {
	case AuthPassword, AuthToken, AuthOAuth, AuthClient:
		return m, nil
	}
	return "", Invalid("auth", "%q is not a sign-in method: use oauth, client, token or password", text)
}

// Integration links a project to one view of one Zendesk account, or to another list.
type Integration struct {
	ID        IntegrationID
	ProjectID ProjectID
	// Project is the project's name.
	Project string
	Name    string
	Kind    string // one of package kind
	// URL is the account's base address without a path, such as
	// "https://acme.zendesk.com"; credentials go there and nowhere else. Host is
	// the host, with any port, that tells the account from others: the address's,
	// or where that is a brand's the account's own, once that is known. Of a feed, URL is
	// whole, and Host what the addresses of its items begin with.
	URL  string
	Host string
	// Email and Auth say who signs in and how, both empty for nobody; the secret is saved by Secrets.
	Email string
	Auth  AuthMethod
	// ClientID is the OAuth client of the methods that use one, else empty.
	ClientID string
	// ViewID is the view whose tickets are shown; ViewTitle as last read.
	ViewID    ViewID
	ViewTitle string
	// Active: shows a panel and sends notes.
	Active bool
	// Story comments and changes of state become private comments on the ticket.
	UpdateComments, UpdateState bool
	// PausedReason is the sentence of the fault that holds its private comments, empty
	// when none; PausedCause is what kind of fault it is.
	PausedReason string
	PausedCause  PauseCause
	CreatedAt    time.Time
	UpdatedAt    time.Time
	// Version rises with every change, that of the secret included.
	Version int64
}

// Sends reports whether private comments may leave through it now.
func (i Integration) Sends() bool { return i.Active && i.PausedReason == "" }

// MaxIntegrationName is the longest name of an integration, in characters.
const MaxIntegrationName = 80

// ValidateName checks the name; CodeInvalid, field "name".
func (i Integration) ValidateName() error {
	switch name := strings.TrimSpace(i.Name); {
	case name == "":
		return Invalid("name", "an integration needs a name")
	case utf8.RuneCountInString(name) > MaxIntegrationName:
		return Invalid("name", "an integration's name has at most %d characters", MaxIntegrationName)
	}
	return nil
}

// ValidateEmail checks the e-mail address where the sign-in has one;
// CodeInvalid, field "email".
func (i Integration) ValidateEmail() error {
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

// ValidateClientID checks the OAuth client's identifier where the sign-in has
// one; CodeInvalid, field "client-id".
func (i Integration) ValidateClientID() error {
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

// UserField is the form field that says who signs in.
func (i Integration) UserField() string {
	if i.Auth.UsesClient() {
		return "auth"
	}
	return "email"
}

// Draft returns the integration as a draft that saves its secret.
func (i Integration) Draft() IntegrationDraft {
	return IntegrationDraft{
		ID: i.ID, ProjectID: i.ProjectID, Kind: i.Kind, Name: i.Name, URL: i.URL, Base: i.Host, Email: i.Email, Auth: i.Auth, ClientID: i.ClientID,
		View: strconv.FormatInt(int64(i.ViewID), 10), Active: i.Active,
		UpdateComments: i.UpdateComments, UpdateState: i.UpdateState,
	}
}

// SecretWord names the secret that a method of signing in needs.
func SecretWord(m AuthMethod) string {
	switch m {
	case AuthToken:
		return "API token"
	case AuthClient:
		return "client secret"
	case AuthPassword, AuthOAuth:
	}
	return "password"
}

// CheckSecretFits refuses to use tokens or a client's secret as another
// method's secret, or the other way round. Tokens come by a sign-in.
func (i Integration) CheckSecretFits(next Integration) error {
	if i.Auth == next.Auth || next.Auth == AuthOAuth || !i.Auth.UsesClient() && !next.Auth.UsesClient() {
		return nil
	}
	return Invalid("password", "enter the %s: the saved one is for another sign-in method", SecretWord(next.Auth))
}

// CheckSecretGoesTo refuses to send the saved secret to another address than it
// was entered for.
func (i Integration) CheckSecretGoesTo(next Integration) error {
	if i.URL == next.URL {
		return nil
	}
	return Invalid("password", "the address has changed: enter the %s again", SecretWord(next.Auth))
}

// OfAccount returns an edited integration with the account's own host that is
// known of its address, where that stays.
func (i Integration) OfAccount(saved Integration) Integration {
	if i.URL == saved.URL {
		i.Host = saved.Host
	}
	return i
}

// TicketKey names a ticket of the integration's account.
func (i Integration) TicketKey(id TicketID) TicketKey { return TicketKey{Host: i.Host, ID: id} }

// SignsInAs reports whether two integrations sign in to one account with the
// same method and user, so that one secret does for both. A feed's is its own.
func (i Integration) SignsInAs(other Integration) bool {
	if i.Host != other.Host || i.Auth != other.Auth || i.Auth == AuthOAuth || i.Kind != other.Kind || strings.Contains(i.Host, "/") {
		return false
	}
	if i.Auth.UsesClient() {
		return i.ClientID != "" && i.ClientID == other.ClientID
	}
	return i.Email != "" && strings.EqualFold(i.Email, other.Email)
}
