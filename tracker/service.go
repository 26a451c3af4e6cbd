package tracker

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Config is what a Service needs. All fields but Grace, QuietWindow, ListLag, SendTimeout
// and the limits of updates are required.
type Config struct {
	Store   Store
	Desks   Desks
	Secrets Secrets
	// User is the acting user's name until SetUser changes it: it stands on
	// stories and in notes.
	User string
	// Grace is how long a note waits before it leaves, so that it can be
	// taken back: 4 s from the board, none from commands.
	Grace time.Duration
	// QuietWindow is how long after a request that nobody answered the same
	// note may be sent again at the earliest.
	QuietWindow time.Duration
	// ListLag is how far a desk's lists of comments may lag behind its tickets, 0
	// for DefaultListLag: until then, not finding a comment proves nothing.
	ListLag time.Duration
	// SendTimeout is how long an update of a ticket may take, 0 for
	// DefaultSendTimeout. Half of it is for reading the ticket before that, and
	// half is what the claim on the ticket outlasts both by.
	SendTimeout time.Duration
	// UpdatesPerTicket is how often one ticket is updated in TicketWindow, 0 for
	// DefaultUpdatesPerTicket. UpdatesPerMinute is how often the tickets of one
	// account are updated in a minute, 0 for half of what the account allows.
	UpdatesPerTicket, UpdatesPerMinute int
	// Now tells the time.
	Now func() time.Time
	// NewID makes a UUID.
	NewID func() string
	// Log receives what people need not see. Texts of strangers and secrets
	// never reach it.
	Log *slog.Logger
}

// DefaultSendTimeout gives a desk time to run its triggers before it answers.
const DefaultSendTimeout = 60 * time.Second

// DefaultQuietWindow covers the longest time for which a request that we gave
// up on may still be running on the desk.
const DefaultQuietWindow = 120 * time.Second

// DefaultListLag is more than a read replica lags behind.
const DefaultListLag = 30 * time.Second

// DefaultGrace is the time in which a note can be taken back on the board.
const DefaultGrace = 4 * time.Second

// Service is the tracker's use cases. It is safe for concurrent use.
type Service struct {
	Config
	hub *hub
	// wake tells the courier that a lane may be due.
	wake  chan struct{}
	times courierTimes
	// history is what this process changed, for undoing it.
	history history
	// held stops claiming; inFlight counts the lanes under way.
	held     atomic.Bool
	inFlight atomic.Int32

	// unfocused is true while nobody looks: views are read less often.
	unfocused atomic.Bool

	// mu guards User and what follows.
	mu sync.Mutex
	// desks holds opened accounts by integration, for as long as its version stands.
	desks map[IntegrationID]openDesk
	// readings call off the readings of views that are under way.
	readings map[IntegrationID]*viewReading
	// passed says until when accounts get no notes, by host, for their limits.
	passed map[string]time.Time
}

type openDesk struct {
	version int64
	host    string
	desk    Desk
	// claimed is true once it was looked at what it says of its own host.
	claimed bool
}

// New returns a service. Nothing runs until Run is called.
func New(c Config) *Service {
	return &Service{
		Config: c, hub: newHub(), wake: make(chan struct{}, 1),
		times: newCourierTimes(cmp.Or(c.SendTimeout, DefaultSendTimeout), cmp.Or(c.ListLag, DefaultListLag)),
		desks: make(map[IntegrationID]openDesk), readings: make(map[IntegrationID]*viewReading),
		passed: make(map[string]time.Time),
	}
}

// SetUser makes somebody else the acting user, from now on and in later
// sessions. CodeInvalid, field "user", for an empty name.
func (s *Service) SetUser(ctx context.Context, name string) error {
	name, err := ParseUser(name)
	if err != nil {
		return err
	}
	if err := s.SaveSetting(ctx, SettingUser, name); err != nil {
		return err
	}
	s.mu.Lock()
	s.User = name
	s.mu.Unlock()
	s.hub.publish(HintStories) // other stories are this user's
	return nil
}

// actor is the acting user's name.
func (s *Service) actor() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.User
}

// StoreLost is nil, or why nothing can be saved any more; see [Store].Lost.
func (s *Service) StoreLost() error { return s.Store.Lost() }

// Subscribe returns a feed of what changes, by this process or another.
// Changes by others are seen while Run runs. Close it after use.
func (s *Service) Subscribe() *Feed { return s.hub.subscribe() }

// Run sends deliveries, refreshes views and watches for other processes'
// changes until ctx ends, then returns nil. Requests under way are finished or
// given up first.
func (s *Service) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	run := func(fn func(context.Context) error) {
		g.Go(func() error { return Guard(func() error { return fn(ctx) }) })
	}
	run(s.runCourier)
	run(s.runPoller)
	run(func(ctx context.Context) error {
		return s.Store.Watch(ctx, func() {
			s.hub.publish(HintAll)
			s.wakeCourier()
		})
	})
	err := g.Wait()
	if ctx.Err() != nil && (err == nil || isContextError(err)) {
		return nil
	}
	return err
}

// write runs one use case's transaction and then tells everybody.
func (s *Service) write(ctx context.Context, hint Hint, fn func(Writer) error) error {
	if err := s.Store.Write(ctx, fn); err != nil {
		return err
	}
	s.hub.publish(hint)
	if hint.Has(HintDeliveries | HintIntegrations) {
		s.wakeCourier()
	}
	return nil
}

func (s *Service) wakeCourier() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Desk returns the opened account of an integration, opening it when the
// integration has changed since.
func (s *Service) Desk(ctx context.Context, in Integration) (Desk, error) {
	s.mu.Lock()
	have, ok := s.desks[in.ID]
	s.mu.Unlock()
	if ok && have.version == in.Version {
		return have.desk, nil
	}
	credentials, err := s.credentials(ctx, in)
	if err != nil {
		return nil, err
	}
	desk, err := s.Desks.Open(in, credentials)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.desks[in.ID] = openDesk{version: in.Version, host: in.Host, desk: desk}
	return desk, nil
}

// closeDesks forgets the accounts of integrations that were removed.
func (s *Service) closeDesks(left []Integration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.desks, func(id IntegrationID, _ openDesk) bool {
		return !slices.ContainsFunc(left, func(in Integration) bool { return in.ID == id })
	})
}

// Draft reads a text that was written but not sent, empty when there is none.
func (s *Service) Draft(ctx context.Context, key string) (string, error) {
	var text string
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		text, err = r.Draft(key)
		return err
	})
	return text, err
}

// SaveDraft keeps a text that was not sent yet, or forgets it when empty.
func (s *Service) SaveDraft(ctx context.Context, key, text string) error {
	return s.Store.Write(ctx, func(w Writer) error { return w.SaveDraft(key, text) })
}

// Setting reads what was remembered under a name, empty when nothing was.
func (s *Service) Setting(ctx context.Context, key string) (string, error) {
	var value string
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		value, err = r.Setting(key)
		return err
	})
	return value, err
}

// SaveSetting remembers a value under a name, or forgets it when empty.
func (s *Service) SaveSetting(ctx context.Context, key, value string) error {
	return s.Store.Write(ctx, func(w Writer) error { return w.SaveSetting(key, value) })
}

// sameName tells whether two names are one to people.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
