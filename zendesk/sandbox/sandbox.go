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
	"time"

	"storydesk/zendesk/sandbox/account"
	"storydesk/zendesk/sandbox/api"
	"storydesk/zendesk/sandbox/faults"
	"storydesk/zendesk/sandbox/limits"
	"storydesk/zendesk/sandbox/loopback"
	"storydesk/zendesk/sandbox/oauth"
	"storydesk/zendesk/sandbox/pages"
	"storydesk/zendesk/sandbox/requests"
	"storydesk/zendesk/sandbox/settings"
)

// Options choose what Open opens. The zero value is a fresh account in memory.
type Options struct {
	// StatePath is the file that the account is saved in; empty for memory alone.
	StatePath string
	// Now is the account's clock; nil for the machine's.
	Now func() time.Time
	// Tickets is how many generated tickets there are beside the 60-odd that
	// are written out, at most 100,000. A state file stays with the number that it
	// began with.
	Tickets int
	// Limits refuses with 429 what exceeds Zendesk's rates: 700 requests and 100
	// updates a minute, 30 updates of one ticket in ten minutes, 5 counts of a
	// view a minute. Without it the headers always show full buckets.
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
	account  *account.Account
	settings *settings.Store
	oauth    *oauth.Authority
	uploads  *api.Uploads
	faults   *faults.List
	requests *requests.Log
	// api answers as the faults allow; pages and control are not subject to them.
	api     http.Handler
	pages   http.Handler
	control http.Handler

	once     sync.Once
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
	account, err := account.Open(o.StatePath, o.Now, o.Tickets)
	if err != nil {
		return nil, err
	}
	s := &Sandbox{
		account: account, settings: settings.NewStore(), faults: faults.NewList(), requests: requests.NewLog(o.Now), pages: pages.Pages{Account: account}, uploads: api.NewUploads(),
	}
	s.oauth = oauth.New(o.Now, s.settings.Get, o.RedirectURIs, o.TokenLife)
	s.api = faults.Handler{Faults: s.faults, Requests: s.requests, Edit: s.account.Edit, Now: o.Now, API: api.New(api.Parts{
		Now: o.Now, Account: account, Settings: s.settings, Limits: limits.New(o.Limits), OAuth: s.oauth, Uploads: s.uploads, CustomInComments: o.CustomInComments,
	})}
	s.control = newControl(s)
	return s, nil
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
	if !loopback.Is(host) {
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
	if remembered := s.account.LastPort(); port == "0" && remembered != 0 {
		listener, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(remembered)))
		if err == nil {
			return listener, nil
		}
	}
	return config.Listen(ctx, "tcp", net.JoinHostPort(host, port))
}

// remember saves the port in the state file.
func (s *Sandbox) remember(addr net.Addr) error {
	tcp, isTCP := addr.(*net.TCPAddr)
	if !isTCP {
		return nil
	}
	return s.account.RememberPort(tcp.Port)
}

// Close lets go of held requests, waits up to two seconds for those under way,
// stops listening and unlocks the state file.
func (s *Sandbox) Close() error {
	s.once.Do(func() {
		s.faults.Close()
		s.closeErr = errors.Join(s.stop(), s.account.Close())
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

// ServeHTTP answers the API, as faults allow, what stands below /sandbox/, and
// the pages and files of tickets.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, controlPrefix):
		s.control.ServeHTTP(w, r)
	case pages.Serves(r.URL.Path):
		s.pages.ServeHTTP(w, r)
	default:
		s.api.ServeHTTP(w, r)
	}
}

// ExpireUploads ends the tokens of all files that were uploaded and not used.
func (s *Sandbox) ExpireUploads() { s.uploads.Expire() }
