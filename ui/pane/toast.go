package pane

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/plaintext"
	"storydesk/ui/theme"
)

// toastTime is how long a toast is shown; errors stay until a key is pressed.
const toastTime = 4 * time.Second

// logSize is how many messages the log keeps.
const logSize = 200

// ToastKind says what a toast is about.
type ToastKind int

const (
	toastNews ToastKind = iota
	// ToastWarning says why something could not be done.
	ToastWarning
	// ToastRefusal says why a key does nothing. It goes at the next key, and with
	// the screen that the key was pressed on.
	ToastRefusal
	// ToastHint is a refusal that is not worth a place in the log.
	ToastHint
	// ToastError is an error. It stays until a key is pressed.
	ToastError
)

// Role is how such a message is drawn.
func (k ToastKind) Role() theme.Role {
	switch k {
	case ToastError:
		return theme.Danger
	case ToastWarning, ToastRefusal:
		return theme.Warning
	case ToastHint:
		return theme.Muted
	default:
		return theme.Success
	}
}

// Toast is one message to the user.
type Toast struct {
	ID   int
	Kind ToastKind
	Text string
	At   time.Time
}

// Toasts shows the newest message and keeps all of them for the log.
type Toasts struct {
	now func() time.Time
	// last is the newest message's id. Ids keep the timer of one toast from
	// taking the next one away.
	last    int
	Current *Toast
	Log     []Toast
}

// show makes text, which may come from strangers, the current toast.
func (t *Toasts) show(kind ToastKind, text string) tea.Cmd {
	t.last++
	msg := Toast{ID: t.last, Kind: kind, Text: plaintext.Line(text), At: t.now()}
	t.Current = &msg
	if kind != ToastHint {
		t.Log = append(t.Log, msg)
		t.Log = t.Log[max(0, len(t.Log)-logSize):]
	}
	if kind == ToastError {
		return nil
	}
	return tea.Tick(toastTime, func(time.Time) tea.Msg { return ToastExpired{msg.ID} })
}

// Expire takes the toast with an id away, if it is still shown. Errors wait for
// a key.
func (t *Toasts) Expire(id int) {
	if t.Current != nil && t.Current.ID == id && t.Current.Kind != ToastError {
		t.Current = nil
	}
}

// Acknowledge takes away what waits for a key: an error, and what was said of
// the key before.
func (t *Toasts) Acknowledge() { t.dismiss(ToastError, ToastRefusal, ToastHint) }

// Supersede takes news away: it tells of a change that is not the last one any more.
func (t *Toasts) Supersede() { t.dismiss(toastNews) }

// leave takes a refusal away: another screen is shown.
func (t *Toasts) leave() { t.dismiss(ToastRefusal, ToastHint) }

func (t *Toasts) dismiss(kinds ...ToastKind) {
	if t.Current != nil && slices.Contains(kinds, t.Current.Kind) {
		t.Current = nil
	}
}
