package ui

import (
	"slices"
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
	// toastRefusal says why a key does nothing. It goes at the next key, and with
	// the screen that the key was pressed on.
	toastRefusal
	// toastHint is a refusal that is not worth a place in the log.
	toastHint
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
	if kind != toastHint {
		t.log = append(t.log, msg)
		t.log = t.log[max(0, len(t.log)-logSize):]
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

// acknowledge takes away what waits for a key: an error, and what was said of
// the key before.
func (t *toasts) acknowledge() { t.dismiss(toastError, toastRefusal, toastHint) }

// leave takes a refusal away: another screen is shown.
func (t *toasts) leave() { t.dismiss(toastRefusal, toastHint) }

func (t *toasts) dismiss(kinds ...toastKind) {
	if t.current != nil && slices.Contains(kinds, t.current.kind) {
		t.current = nil
	}
}
