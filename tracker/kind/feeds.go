package kind

import (
	"context"
	"iter"

	"storydesk/tracker"
)

// Feeds reads the lists of integrations that are no accounts.
type Feeds interface {
	// Address reads what a person typed or pasted as the address of a feed. CodeInvalid,
	// field "url". It asks nobody.
	Address(text string) (address string, err error)
	// Base reads the address that those of the items begin with, as [Base] has it.
	// CodeInvalid, field "base-url".
	Base(text string) (base string, err error)
	// CheckSignIn refuses to sign in where anybody could read the password. CodeInvalid,
	// field "url".
	CheckSignIn(address string) error
	// Items reads the feed of an integration in its order, some items at a time. secret is
	// the password of in.Email, empty where nobody signs in. It goes to the feed's own
	// host and to no other. It fails with an *Error: CodeUnauthorized, CodeForbidden,
	// CodeNotFound, CodeLimited, CodeUnavailable or CodeUnreadable; the sequence ends
	// after the first.
	//
	// since is the Version of a reading that came whole, or empty: where the feed is still
	// as it was then, one page says so and holds nothing.
	Items(ctx context.Context, in tracker.Integration, secret string, since Version) iter.Seq2[Page, error]
}

// Page is some items of a feed.
type Page struct {
	Items []tracker.Ticket
	// Skipped counts the items so far that have no id or no name, or an id that came before.
	Skipped int
	// Version is that of the feed, empty where it has none. Unchanged is true where it is the
	// one that was asked for.
	Version   Version
	Unchanged bool
}

// Version tells one state of a feed from others, in words of whoever reads it.
type Version string
