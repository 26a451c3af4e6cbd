package postgres

import (
	"errors"
	"net"
	"strings"
	"testing"

	"storydesk/tracker"
)

// A server that takes a connection and says nothing is told from an opening that was called off.
func TestAServerThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	silent, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close() // nobody accepts; the system takes connections all the same
	_, err = Open(t.Context(), "postgres://ada@"+silent.Addr().String()+"/d?sslmode=disable&connect_timeout=1", 1, nil)
	var told *tracker.Error
	if !errors.As(err, &told) || told.Code != tracker.CodeUnavailable || told.Reason != tracker.ReasonOffline || !strings.Contains(told.Message, "d on 127.0.0.1 does not answer") {
		t.Errorf("%#v", err)
	}
}
