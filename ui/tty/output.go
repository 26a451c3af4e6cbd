package tty

import (
	"io"
	"sync"
	"time"
)

// patience is how long one write waits for a terminal that does not read.
const patience = 250 * time.Millisecond

// maxPending is how much may wait for a terminal that does not read. It is far
// more than what is drawn until the board knows of it.
const maxPending = 64 << 20

// Output writes to a terminal that may stop reading at any time: somebody
// pressed ctrl+s, a connection hangs, a multiplexer is stopped.
type Output struct {
	to io.Writer
	// resumed is called when the terminal reads again.
	resumed func()

	mu sync.Mutex
	// pending is what the terminal has not taken yet, spare a buffer for later.
	pending, spare []byte
	// idle is closed once all is written, nil while nothing is being written.
	idle chan struct{}
	// held is true while nothing may reach the terminal, dropped once nothing ever will.
	held, dropped bool
	// stalled is true while the terminal does not read.
	stalled bool
	err     error
}

// NewOutput returns an output that writes to a terminal. resumed, which may be
// nil, is called when the terminal reads again after it had stopped.
func NewOutput(to io.Writer, resumed func()) *Output {
	return &Output{to: to, resumed: resumed}
}

// Hold keeps from the terminal what is written, until Release sends all of it or Drop throws it
// away.
func (o *Output) Hold() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.held = true
}

// Release sends what was held, and what is written from now on.
func (o *Output) Release() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.held = false
	if len(o.pending) > 0 {
		o.begin()
	}
}

// Drop throws away what is held, and all that is written from now on. It does nothing once
// Release has sent something.
func (o *Output) Drop() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.held {
		o.dropped, o.pending = true, nil
	}
}

// Write hands p to the terminal, and waits for it at most for patience. The
// error is that of an earlier write.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	if o.dropped {
		defer o.mu.Unlock()
		return len(p), nil
	}
	if o.err != nil || len(o.pending) > maxPending {
		defer o.mu.Unlock()
		if o.err == nil {
			o.err = io.ErrShortWrite
		}
		return 0, o.err
	}
	o.pending = appendMoves(o.pending, p)
	if o.held {
		defer o.mu.Unlock()
		return len(p), nil
	}
	o.begin()
	idle, stalled := o.idle, o.stalled
	o.mu.Unlock()
	if !stalled && !o.wait(idle, patience) {
		o.mu.Lock()
		o.stalled = o.idle == idle
		o.mu.Unlock()
	}
	return len(p), nil
}

// begin writes what is pending, unless that is under way.
func (o *Output) begin() {
	if o.idle == nil {
		o.idle = make(chan struct{})
		go o.drain()
	}
}

// wait reports whether all was written in time.
func (o *Output) wait(idle <-chan struct{}, patience time.Duration) bool {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-idle:
		return true
	case <-timer.C:
		return false
	}
}

// drain writes what is pending until nothing is left.
func (o *Output) drain() {
	for {
		o.mu.Lock()
		next := o.pending
		if len(next) == 0 {
			break
		}
		o.pending = o.spare[:0]
		o.mu.Unlock()
		_, err := o.to.Write(next)
		o.mu.Lock()
		o.spare = next
		if err != nil {
			o.err, o.pending = err, nil
		}
		o.mu.Unlock()
	}
	close(o.idle)
	resumed := o.stalled
	o.idle, o.stalled = nil, false
	o.mu.Unlock()
	if resumed && o.resumed != nil {
		o.resumed()
	}
}

// Stalled reports whether the terminal has stopped reading.
func (o *Output) Stalled() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.stalled
}

// Flush waits until the terminal has taken everything, and reports whether it
// did so in time.
func (o *Output) Flush(patience time.Duration) bool {
	o.mu.Lock()
	idle := o.idle
	o.mu.Unlock()
	return idle == nil || o.wait(idle, patience)
}

// Unwrap returns what is written to, for a program that draws by itself.
func (o *Output) Unwrap() io.Writer { return o.to }
