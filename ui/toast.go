package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/plaintext"
)

// toastTime is how long a toast is shown; errors stay until a key is pressed.
const toastTime = 4 * time.Second

// logSize is how many messages the log keeps.
const logSize = 200

type toastKind int

const (
	toastNews toastKind = iota
	toastWarning
	// toastRefusal says why a key does nothing. It goes with the screen that the
	// key was pressed on.
	toastRefusal
	toastError
)

// toast is one message to the user.
type toast struct {
	id   int
	kind toastKind
	text string
	at   time.Time
}

// toasts shows the newest message and keeps all of them for the log.
type toasts struct {
	now func() time.Time
	// last is the newest message's id. Ids keep the timer of one toast from
	// taking the next one away.
	last    int
	current *toast
	log     []toast
}

// show makes text, which may come from strangers, the current toast.
func (t *toasts) show(kind toastKind, text string) tea.Cmd {
	t.last++
	msg := toast{id: t.last, kind: kind, text: plaintext.Line(text), at: t.now()}
	t.current = &msg
	t.log = append(t.log, msg)
	if len(t.log) > logSize {
		t.log = t.log[len(t.log)-logSize:]
	}
	if kind == toastError {
		return nil
	}
	return tea.Tick(toastTime, func(time.Time) tea.Msg { return toastExpired{msg.id} })
}

// expire takes the toast with an id away, if it is still shown. Errors wait for
// a key.
func (t *toasts) expire(id int) {
	if t.current != nil && t.current.id == id && t.current.kind != toastError {
		t.current = nil
	}
}

// acknowledge takes an error away: a key was pressed.
func (t *toasts) acknowledge() {
	if t.current != nil && t.current.kind == toastError {
		t.current = nil
	}
}

// leave takes a refusal away: another screen is shown.
func (t *toasts) leave() {
	if t.current != nil && t.current.kind == toastRefusal {
		t.current = nil
	}
}
