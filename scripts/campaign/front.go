package main

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// front is where the desk is on the network. It can be gone for a while.
type front struct {
	desk    http.Handler
	address string

	// absence is held while the desk is gone.
	absence sync.Mutex

	mu     sync.Mutex
	server *http.Server
	served chan error
}

// openFront puts a desk on a free port.
func openFront(ctx context.Context, desk http.Handler) (*front, error) {
	f := &front{desk: desk, address: "127.0.0.1:0"}
	return f, f.open(ctx)
}

func (f *front) url() string { return "http://" + f.address }

func (f *front) open(ctx context.Context) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", f.address)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.address = listener.Addr().String()
	f.server = &http.Server{Handler: f.desk, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	f.served = make(chan error, 1)
	go func(server *http.Server, served chan<- error) { served <- server.Serve(listener) }(f.server, f.served)
	return nil
}

// close cuts all connections: nothing answers at the address, and what was
// asked gets no answer.
func (f *front) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.server.Close()
	if served := <-f.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// vanish closes the front for a while. Another program may take the port
// meanwhile, but not for long.
func (f *front) vanish(ctx context.Context, lasts time.Duration) error {
	f.absence.Lock()
	defer f.absence.Unlock()
	if err := f.close(); err != nil {
		return err
	}
	rest(ctx, lasts)
	var err error
	for range 100 {
		if err = f.open(ctx); err == nil || ctx.Err() != nil {
			return err
		}
		rest(ctx, tendEvery)
	}
	return err
}
