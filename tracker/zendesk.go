package tracker

import (
	"context"
	"io"
	"iter"
	"time"
)

// Zendesk understands what people type about Zendesk accounts and opens them. Only Resolve asks the network.
type Zendesk interface {
	// Address reads what a person typed or pasted as an account's address and
	// returns the account's base URL without a path. CodeInvalid, field "url".
	Address(text string) (baseURL string, host string, err error)
	// Resolve returns the account's own address for one that Address read. One
	// that only leads to an account is asked where, without credentials, which
	// never go there. CodeNoAccount, field "url", when it leads to none; else as the
	// methods of Account.
	Resolve(ctx context.Context, address string) (baseURL string, host string, err error)
	// AccountHost returns the host of an address on an account's own host; empty
	// for one that only leads to an account, and for what is no address.
	AccountHost(address string) string
	// View reads a view's number or any address of it that people paste.
	// CodeInvalid, field "view".
	View(text string) (ViewID, error)
	// TicketURL returns the address that shows a ticket in a browser.
	TicketURL(baseURL string, id TicketID) string
	// CommentHTML renders the plain text of a private comment as it is sent: made harmless, and
	// cut with a mark where it is longer than Zendesk takes. It is empty for a
	// blank private comment.
	CommentHTML(note string) string
	// Open returns the account of an integration, ready to be asked. CodeInvalid,
	// field "url", for an address that is not the account's own.
	Open(in Integration, c Credentials) (Account, error)
	// SignIn begins a sign-in with a browser that comes back to a port of this
	// machine. CodeInvalid, field "auth", for a method that needs no browser.
	SignIn(in Integration, port int) (SignIn, error)
}

// Account is one Zendesk account as one of its users sees it. Its methods fail
// with an *Error: CodeUnauthorized, CodeForbidden, CodeMissingScope,
// CodeNotFound, CodeNoAccount, CodeLimited, CodeUnavailable or CodeUnreadable,
// and Update also with CodeConflict and CodeRefused.
type Account interface {
	// Quota returns what the account's answers last said of its limits. It asks
	// nothing.
	Quota() Quota
	// Me returns who is signed in. An anonymous answer is CodeUnauthorized.
	Me(ctx context.Context) (Agent, error)
	// View reads a view's title and whether it is active.
	View(ctx context.Context, id ViewID) (View, error)
	// Views lists the active views that the user can see.
	Views(ctx context.Context) ([]View, error)
	// ViewTickets reads a view's tickets page by page, in the view's order,
	// beginning at the page that an earlier TicketPage.Next names, or at the
	// first for "". A page may bring tickets again that came before from. The
	// sequence ends after the first error.
	ViewTickets(ctx context.Context, id ViewID, from string) iter.Seq2[TicketPage, error]
	// Ticket reads one ticket.
	Ticket(ctx context.Context, id TicketID) (Ticket, error)
	// Tickets reads tickets by number. Those that the user cannot see are left out.
	Tickets(ctx context.Context, ids []TicketID) ([]Ticket, error)
	// MergedInto returns which ticket a merged one was merged into, 0 when
	// Zendesk does not say.
	MergedInto(ctx context.Context, id TicketID) (TicketID, error)
	// Comments reads a ticket's comments page by page, newest first.
	Comments(ctx context.Context, id TicketID) iter.Seq2[CommentPage, error]
	// Log reads the conversation log of a ticket page by page, newest first where
	// Zendesk heeds that: the messages of a chat among the ticket's comments.
	// A message has a negative ID. Text is plain in all of them. CodeForbidden, CodeNotFound or CodeNoAccount where
	// the account keeps no log that the user may read.
	Log(ctx context.Context, id TicketID) iter.Seq2[CommentPage, error]
	Updates
}

// Updates changes tickets.
type Updates interface {
	// Audit reads the record of one update.
	Audit(ctx context.Context, id TicketID, audit AuditID) (Audit, error)
	// Update changes a ticket if it has not changed since u.Stamp, and returns
	// the record of it. An error whose Unsent is false may have been applied.
	Update(ctx context.Context, id TicketID, u TicketUpdate) (Audit, error)
	// Upload sends a file, whose content has f.Size bytes, and returns the token by which
	// one update carries it until it ends. It changes no ticket. CodeRefused for a file
	// that the account does not take; else as the methods of Account.
	Upload(ctx context.Context, f StoryFile, content io.Reader) (token string, ends time.Time, err error)
}

// Agent is the signed-in user of Zendesk. One who is suspended is none: Me fails.
type Agent struct {
	ID    int64
	Name  string
	Email string
	// Role is Zendesk's word for people, such as "admin" or "light agent".
	Role string
	// OnlyPrivate is true for one who may write private comments, which is all
	// that we write, but may not set a ticket's status.
	OnlyPrivate bool
	// Account is the host at which the account is at home, as far as Zendesk
	// says and can be believed; empty otherwise. It may be another than that of
	// the integration's address, which can be a brand's.
	Account string
	// Restriction tells which tickets alone the user sees, in Zendesk's word:
	// groups, organization, assigned or requested; empty for all.
	Restriction string
	// ClockAhead is how far this machine's clock is ahead of Zendesk's, negative
	// when it is behind, to within some seconds; 0 when Zendesk does not say.
	ClockAhead time.Duration
}

// View is a saved list of tickets in Zendesk.
type View struct {
	ID     ViewID
	Title  string
	Active bool
}

// TicketPage is one page of a view.
type TicketPage struct {
	Tickets []Ticket
	// Total is how many tickets the view holds, -1 when Zendesk does not say.
	Total int
	// More is true when another page follows.
	More bool
	// Account is the host at which the account is at home, as in Agent.
	Account string
	// Next names the page that follows, in Zendesk's own words; empty after the last.
	Next string
}

// CommentPage is one page of a ticket's comments.
type CommentPage struct {
	Comments []TicketComment
	// More is true when another page, of older ones, follows.
	More bool
}

// TicketUpdate is the one kind of change that we make to a ticket.
type TicketUpdate struct {
	// Operation is the operation id saved in the audit's metadata.
	Operation string
	// Note is the plain text of the private comment; empty for none. It is
	// never sent as a public comment.
	Note string
	// Uploads are the tokens of the files that the comment carries.
	Uploads []string
	// Open sets the status to open.
	Open bool
	// Stamp is the ticket's UpdatedAt on which the change is based.
	Stamp time.Time
}

// SignIn is a sign-in with a browser that has begun. It is used once.
type SignIn interface {
	// URL is the address to open in the browser; RedirectURL the one that it
	// comes back to, which must be registered with the OAuth client.
	URL() string
	RedirectURL() string
	// Receive listens on this machine for the browser to come back with a
	// code, and calls ready once it does. CodeUnavailable, ReasonPortTaken, when
	// the port is taken; CodeRefused when the user denied it.
	Receive(ctx context.Context, ready func() error) (code string, err error)
	// Code finds the code in what a person pasted: the code itself, or the
	// address that the browser came back to. CodeInvalid, field "code".
	Code(pasted string) (string, error)
	// Exchange gets the secret to save. CodeMissingScope when what was granted
	// is too little; else as the methods of Account.
	Exchange(ctx context.Context, code string) (secret string, err error)
	// BrowserErrors are what the browser may show in place of the question.
	// Nothing comes back then.
	BrowserErrors() []BrowserError
	// Warning is what to know of a sign-in whose code was exchanged, such as
	// that it cannot be renewed; empty for nothing.
	Warning() string
}

// BrowserError is an error that a browser shows, and what it means.
type BrowserError struct{ Message, Meaning string }

// SignInHelpAfter is how long a sign-in waits before it lists what may be wrong.
const SignInHelpAfter = time.Minute

// RenewalTime is the longest that an Exchange may take.
const RenewalTime = 30 * time.Second
