package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options choose what Open opens. The zero value is a fresh account in memory.
type Options struct {
	// StatePath is the file that keeps the account; empty keeps it in memory.
	StatePath string
	// Now is the account's clock; nil for the machine's.
	Now func() time.Time
	// Tickets is how many generated tickets there are beside the 60-odd that
	// are written out, at most 100,000. A state file keeps the number that it
	// began with.
	Tickets int
	// Limits refuses with 429 what exceeds Zendesk's rates: 700 requests and 100
	// updates a minute, 30 updates of one ticket in ten minutes, 5 counts of a
	// view a minute. Without it the headers always tell of full buckets.
	Limits bool
	// CustomInComments shows an update's custom metadata on its comment too,
	// and not in the audit only, where it is documented. Zendesk may do either.
	CustomInComments bool
	// RedirectURIs are where the OAuth clients may be sent back to, beside
	// those of RedirectURIs.
	RedirectURIs []string
	// TokenLife is how long an access token is accepted, in whole seconds; 0
	// for 30 minutes, as with a client made since April 2026.
	TokenLife time.Duration
}

// Sandbox is a Zendesk account that answers over HTTP. Its methods may be
// called from any goroutine.
type Sandbox struct {
	now              func() time.Time
	customInComments bool
	rendering        *rendering
	served           atomic.Int64
	faults           *faultList
	requests         *requestLog
	oauth            *authority
	settings         atomic.Pointer[Settings]
	api              *http.ServeMux
	control          *http.ServeMux

	// mu guards what follows.
	mu      sync.Mutex
	seeding *seeding
	world   *world
	limits  *limits
	counted map[int64]time.Time
	// sortedViews are views sorted once, for as long as they hold.
	sortedViews map[viewOrder]sortedView
	state       *stateFile // nil when kept in memory
	port        int        // last listened on, 0 for never

	closing  chan struct{}
	close    sync.Once
	closeErr error
	server   *http.Server
	stopped  chan error // nil until Listen
}

// Open opens an account. It fails when the state file is in use by another
// process, is not a state file, or cannot be read; the error names the file.
func Open(o Options) (*Sandbox, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Sandbox{
		now: o.Now, customInComments: o.CustomInComments, rendering: newRendering(),
		faults: newFaultList(), requests: &requestLog{now: o.Now}, oauth: newAuthority(o),
		limits: newLimits(o.Limits), counted: map[int64]time.Time{}, sortedViews: map[viewOrder]sortedView{}, closing: make(chan struct{}),
	}
	inOrder := DefaultSettings()
	s.settings.Store(&inOrder)
	s.oauth.settings = s.Settings
	header := stateHeader{SeededAt: o.Now().UTC().Truncate(time.Second), Tickets: o.Tickets}
	var entries []entry
	var err error
	if o.StatePath != "" {
		if s.state, header, entries, err = openState(o.StatePath, header); err != nil {
			return nil, err
		}
	}
	if err := s.restore(header, entries); err != nil {
		if o.StatePath != "" {
			err = fmt.Errorf("sandbox state %s: %w", o.StatePath, err)
		}
		return nil, errors.Join(err, s.closeState())
	}
	s.api, s.control = s.routes(), s.controlRoutes()
	return s, nil
}

// restore makes the world that a header and what followed it describe.
func (s *Sandbox) restore(header stateHeader, entries []entry) (err error) {
	if s.seeding, err = seed(header.SeededAt, header.Tickets); err != nil {
		return err
	}
	s.world = s.seeding.world
	for i, e := range entries {
		if e.Port != 0 {
			s.port = e.Port
		}
		if e.Generation != nil {
			if err := s.seeding.generateAt(*e.Generation); err != nil {
				return fmt.Errorf("line %d: %w", i+2, err)
			}
		}
		if e.Change == nil {
			continue
		}
		if err := s.world.apply(*e.Change); err != nil {
			return fmt.Errorf("line %d: %w", i+2, err) // the first is the header
		}
	}
	return nil
}

// commit makes a change durable, then visible. The caller holds mu.
func (s *Sandbox) commit(ch change) error {
	if s.state != nil {
		if err := s.state.append(entry{Change: &ch}); err != nil {
			return fmt.Errorf("keep the change of ticket %d: %w", ch.Ticket.ID, err)
		}
	}
	return s.world.apply(ch)
}

// Listen starts answering on a loopback address and returns the account's base
// URL, such as "http://127.0.0.1:41234". An empty addr, or port 0, takes the
// port of last time if the state remembers one that is free. Call it once.
func (s *Sandbox) Listen(ctx context.Context, addr string) (string, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("%q is not an address to listen on: give one such as 127.0.0.1:8080", addr)
	}
	if !loopback(host) {
		return "", fmt.Errorf("the sandbox answers on this computer only: listen on 127.0.0.1, not %q", addr)
	}
	listener, err := s.listen(ctx, host, port)
	if err != nil {
		return "", fmt.Errorf("listen on %s: %w", addr, err)
	}
	if err := s.remember(listener.Addr()); err != nil {
		return "", errors.Join(err, listener.Close())
	}
	// The program may own the terminal: nothing is written to standard error.
	quiet := log.New(io.Discard, "", 0)
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet}
	s.stopped = make(chan error, 1)
	go func() { s.stopped <- s.server.Serve(listener) }()
	return "http://" + listener.Addr().String(), nil
}

func (s *Sandbox) listen(ctx context.Context, host, port string) (net.Listener, error) {
	var config net.ListenConfig
	s.mu.Lock()
	remembered := s.port
	s.mu.Unlock()
	if port == "0" && remembered != 0 {
		listener, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(remembered)))
		if err == nil {
			return listener, nil
		}
	}
	return config.Listen(ctx, "tcp", net.JoinHostPort(host, port))
}

// remember keeps the port in the state file.
func (s *Sandbox) remember(addr net.Addr) error {
	tcp, isTCP := addr.(*net.TCPAddr)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !isTCP || s.state == nil || s.port == tcp.Port {
		return nil
	}
	s.port = tcp.Port
	return s.state.append(entry{Port: tcp.Port})
}

// Close lets go of held requests, waits up to two seconds for those under way,
// stops listening and unlocks the state file.
func (s *Sandbox) Close() error {
	s.close.Do(func() {
		close(s.closing)
		s.closeErr = errors.Join(s.stop(), s.closeState())
	})
	return s.closeErr
}

func (s *Sandbox) stop() error {
	if s.stopped == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := s.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.server.Close()
	}
	if served := <-s.stopped; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

func (s *Sandbox) closeState() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == nil {
		return nil
	}
	return s.state.close()
}

// ServeHTTP answers the API, as faults allow, what stands below /sandbox/, and
// the pages and files of tickets.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, controlPrefix):
		s.serveControl(w, r)
	case strings.HasPrefix(r.URL.Path, agentPrefix):
		s.serveAgent(w, r)
	case strings.HasPrefix(r.URL.Path, attachmentPrefix):
		serveAttachment(w)
	case r.URL.Path == agentHome:
		s.serveAgentHome(w, r)
	default:
		s.serveFaulty(w, r)
	}
}

// loopback tells whether a host names this computer and nothing else.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
