// Package kernel is what every use case stands on: the transaction and the news
// of it, the clock, the ids and the acting user.
//
// Invariants:
//   - Whoever changes something tells it in the same call: Write commits and
//     publishes. Publishing never blocks, and hints are coalesced.
//   - A crash of one part ends the program in an orderly way (guard.Run).
package kernel

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// Config is what the use cases need. All fields but the durations
// and the limits of updates are required.
type Config struct {
	Store   tracker.Store
	Zendesk tracker.Zendesk
	// Feeds reads the lists of integrations with anything else.
	Feeds   kind.Feeds
	Secrets tracker.Secrets
	// Files keeps the content of attachments.
	Files Files
	// User is the acting user's name at the start; see Actor and SetActor.
	User string
	Seat
	// Grace is how long a private comment waits before it leaves, so that it can be
	// taken back: 4 s from the board, none from commands.
	Grace time.Duration
	// QuietWindow is how long after a request that nobody answered the same
	// private comment may be sent again at the earliest.
	QuietWindow time.Duration
	// Refresh is how long after a reading of a view the next one begins, 0 for
	// PollInterval. Where that is more than an account allows it is longer.
	Refresh time.Duration
	// ListLag is how far Zendesk's lists of comments may lag behind its tickets, 0
	// for DefaultListLag: until then, not finding a comment proves nothing.
	ListLag time.Duration
	// SendTimeout is how long an update of a ticket may take, 0 for
	// DefaultSendTimeout. Half of it is for reading the ticket before that, and
	// half is what the claim on the ticket outlasts both by.
	SendTimeout time.Duration
	// FirstRetry is how long a private comment that failed waits before its
	// second try, 0 for DefaultFirstRetry; it doubles from then on.
	FirstRetry time.Duration
	// Settle is how long requests under way are waited for at the end, 0 for
	// DefaultSettle.
	Settle time.Duration
	Limits
	// Choices hold what the user chose in a file, which goes before what the
	// store remembers; nil for none.
	Choices tracker.Choices
	// Templates describe new stories; nil for none.
	Templates tracker.Templates
	// Now tells the time.
	Now func() time.Time
	// NewID makes a UUID.
	NewID func() string
	// Log receives what people need not see. Texts of strangers and secrets
	// never reach it.
	Log *slog.Logger
}

// Seat is a program's place among those that share its store.
type Seat struct {
	// Team is true where several people's programs do: each may have
	// credentials of their own.
	Team bool
	// Machine is where the program runs. Role is what it is where nobody works with it, such
	// as worker, empty for a terminal.
	Machine, Role string
}

// Limits are how often tickets are updated at most.
type Limits struct {
	// UpdatesPerTicket is how often one ticket is updated in ten minutes, 0 for
	// the usual. UpdatesPerMinute is how often the tickets of one
	// account are updated in a minute, 0 for half of what the account allows.
	UpdatesPerTicket, UpdatesPerMinute int
}

// DefaultSendTimeout gives Zendesk time to run its triggers before it answers.
const DefaultSendTimeout = 60 * time.Second

// DefaultFirstRetry is short: most failures are gone by then.
const DefaultFirstRetry = time.Second

// DefaultSettle is about as long as a person waits for a program to end.
const DefaultSettle = 3 * time.Second

// DefaultListLag is more than a read replica lags behind.
const DefaultListLag = 30 * time.Second

// Kernel is what every use case stands on: the store, the clock, the acting
// user, and who must hear of a change. It is safe for concurrent use.
type Kernel struct {
	Config
	// Presence tells others what is open; nil where nobody else is. It is set before
	// anything runs.
	Presence Presence
	hub      *hub
	// woken holds a token when a lane may be due.
	woken chan struct{}
	// actor is the acting user, whose name stands on stories and in private comments.
	actor atomic.Pointer[actor]
	// Me identifies this program among all that share the store.
	Me string
}

// New returns a kernel.
func New(c Config) *Kernel {
	k := &Kernel{Config: c, hub: newHub(), woken: make(chan struct{}, 1), Me: c.NewID()}
	if c.Team {
		k.Store = own{c.Store, k.Actor}
	}
	k.actor.Store(&actor{said: c.User, name: c.User})
	k.User = "" // Actor alone knows who it is from now on
	return k
}

// actor is the acting user: what they said their name is, and what they are called among the
// people who are known; listed is true once they are among them.
type actor struct {
	said, name string
	listed     bool
}

// Actor is the acting user's name.
func (k *Kernel) Actor() string { return k.actor.Load().name }

// Listed reports whether the acting user is known to be among the people who are listed.
func (k *Kernel) Listed() bool { return k.actor.Load().listed }

// Recognise calls the acting user by the name that find returns for what they said their
// name is; ok is false where nobody is known under that. It reports whether the name is
// another one now.
func (k *Kernel) Recognise(find func(said string) (name string, ok bool)) (changed bool) {
	before := k.actor.Load()
	name, ok := find(before.said)
	if !ok {
		name = before.said
	}
	// Who has become somebody else meanwhile stays it.
	return k.actor.CompareAndSwap(before, &actor{before.said, name, ok}) && name != before.name
}

// StoreLost is nil, or why nothing can be saved any more; see [tracker.Store].
func (k *Kernel) StoreLost() error { return k.Store.Lost() }

// Subscribe returns a feed of what changes, by this process or another.
// Changes by others are seen while Run runs. Close it after use.
func (k *Kernel) Subscribe() *Feed { return k.hub.subscribe() }

// Write runs one use case's transaction and then tells everybody.
func (k *Kernel) Write(ctx context.Context, hint tracker.Hint, fn func(tracker.Writer) error) error {
	err := k.Store.Write(ctx, fn)
	if err != nil && tracker.ReasonOf(err) != tracker.ReasonSaved {
		return err
	}
	k.Publish(hint)
	if hint.Has(tracker.HintDeliveries | tracker.HintIntegrations) {
		k.WakeCourier()
	}
	return err
}

// WakeCourier makes the courier look for what is due.
func (k *Kernel) WakeCourier() {
	select {
	case k.woken <- struct{}{}:
	default:
	}
}

// Woken receives when a lane may be due.
func (k *Kernel) Woken() <-chan struct{} { return k.woken }

// Publish tells every feed what may have changed. It never blocks.
func (k *Kernel) Publish(h tracker.Hint) { k.hub.publish(h) }

// SetActor makes somebody else the acting user.
func (k *Kernel) SetActor(name string) {
	k.actor.Store(&actor{said: name, name: name})
	k.Publish(tracker.HintStories) // other stories are this user's
}

// With returns a kernel of its own for the same user, clock and ids that writes
// into another store, and tells nobody.
func (k *Kernel) With(store tracker.Store) *Kernel {
	c := k.Config
	c.Store, c.User = store, k.Actor()
	return New(c)
}
