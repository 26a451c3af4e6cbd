package monitor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"storydesk/tracker"
)

// Serve serves /healthz and /metrics of a store at an address such as 127.0.0.1:9464 until
// stop is called, and returns where. quota is what an account's host allows for now. It fails
// with CodeInvalid, field "listen", for what is no address of this machine, and with
// CodeRefused for a port that another program uses.
func (m *Monitor) Serve(
	ctx context.Context, address string, s tracker.Store, quota func(host string) tracker.Quota,
) (where string, stop func() error, err error) {
	listener, err := listen(ctx, address)
	if err != nil {
		return "", nil, err
	}
	m.quota = quota
	if err := m.registry.Register(state{m, s}); err != nil {
		return "", nil, errors.Join(err, listener.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", m.health(s))
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return listener.Addr().String(), func() error {
		err := server.Close()
		if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}, nil
}

// listen opens a port.
func listen(ctx context.Context, address string) (net.Listener, error) {
	const example = "write it as 127.0.0.1:9464"
	if _, port, err := net.SplitHostPort(address); err != nil || port == "" {
		return nil, tracker.Invalid("listen", "%q is no address to listen at: %s", address, example)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	switch {
	case err == nil:
		return listener, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, tracker.Errorf(tracker.CodeRefused, "another program uses %s: choose another port with --listen", address)
	case errors.Is(err, syscall.EACCES):
		return nil, tracker.Errorf(tracker.CodeRefused, "only an administrator may listen at %s: choose a port above 1023 with --listen", address)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, tracker.Invalid("listen", "%s is no address of this machine: %s", address, example)
	}
	return nil, &tracker.Error{
		Code: tracker.CodeInvalid, Field: "listen", Err: err,
		Message: fmt.Sprintf("storydesk cannot listen at %q: %s", address, example),
	}
}

// health answers 200 while the database does, else 503 with the reason.
func (m *Monitor) health(s tracker.Store) http.HandlerFunc {
	return func(to http.ResponseWriter, r *http.Request) {
		to.Header().Set("Content-Type", "text/plain; charset=utf-8")
		err := s.Lost()
		if err == nil {
			_, err = state{m, s}.read(r.Context())
		}
		if err != nil {
			to.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(to, sentence(err)+"\n") // whoever asked is gone
			return
		}
		_, _ = io.WriteString(to, "ok\n")
	}
}

// sentence is what people are told of an error.
func sentence(err error) string {
	var told *tracker.Error
	if errors.As(err, &told) {
		return told.Message
	}
	return "the database cannot be read"
}
