package pane

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/config"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// Host is what every pane may use. Only Update's goroutine touches it; commands
// get the values that they need.
type Host struct {
	tasks
	changes
	Opened
	// Toasts are what is said to the user.
	Toasts Toasts
	// NameRequest is what the user's name is needed for, Drafts are the texts that were
	// typed and not sent since the program started.
	NameRequest NameRequest
	Drafts      Drafts

	// Settings saves what panes remember.
	Settings Settings
	// Now tells the time.
	Now   func() time.Time
	Theme *theme.Theme
	Keys  keymap.Map
	// Layers are the open panes, the topmost last.
	Layers  []Layer
	Spinner Spinner
	// Last is how the last change ended.
	Last Done
	// GoTo opens what a navigation intent leads to.
	GoTo func(intent.Intent) tea.Cmd
	// OpenBrowser shows an address in the user's browser. It returns at once.
	OpenBrowser func(url string) error
	// CopyNatively puts a text on the system's clipboard; nil where there is no
	// tool for that.
	CopyNatively func(ctx context.Context, text string) error
	// Environ is the user's environment, as NAME=value.
	Environ []string
	// Config is what the user's config file says, as far as it is right.
	Config config.Config
	// Lent counts the commands of the user's that have the terminal: what interrupts is
	// for them then.
	Lent *atomic.Int32
	Followed
}

// Followed is what panes follow while they draw, such as settings. Rows and documents that are
// kept do not notice by themselves that one has changed.
type Followed struct {
	// ReducedMotion is true when nothing may move by itself.
	ReducedMotion bool
	// Others are people who have stories open on other machines, OthersVersion counts how
	// often they have changed.
	Others        []tracker.Attendance
	OthersVersion uint64
	// Initials are those that people chose, by their names.
	Initials map[string]string
}

// Opened is the project that is open, with its plan as the board read it last.
type Opened struct {
	Project tracker.Project
	Plan    plan.Plan
}

// NewHost makes a host without panes. Its commands end with ctx; end ends the
// program, for a *guard.Crash.
func NewHost(ctx context.Context, end context.CancelCauseFunc, now func() time.Time) *Host {
	h := &Host{tasks: tasks{ctx: ctx, end: end}, Toasts: Toasts{now: now}, Lent: new(atomic.Int32), Now: now, Drafts: Drafts{}}
	h.run = h.Do
	return h
}

// Open puts a pane on top of the others.
func (h *Host) Open(p Pane, at Placement) tea.Cmd {
	h.Toasts.leave()
	h.Layers = append(h.Layers, Layer{p, at})
	return p.Init()
}

// OpenOnce opens a screen of which there is never more than one. The one that is
// open already comes to the front, and what covered it stays below.
func OpenOnce[P Pane](h *Host, fresh func() P) tea.Cmd {
	at := slices.IndexFunc(h.Layers, func(l Layer) bool { return isA[P](l.Pane) })
	if at < 0 {
		return h.Open(fresh(), Body)
	}
	h.Toasts.leave()
	open := h.Layers[at]
	h.Layers = append(slices.Delete(h.Layers, at, at+1), open)
	return nil
}

// InFront reports whether a screen of this type has the focus.
func InFront[P Pane](h *Host) bool { return isA[P](h.Top()) }

func isA[P Pane](p Pane) bool {
	_, ok := p.(P)
	return ok
}

// Dispatch hands what a stop of a pane is for to the pane, or opens what it leads to.
func (h *Host) Dispatch(p Pane, want intent.Intent) tea.Cmd {
	if want == nil {
		return nil
	}
	if cmd, ok := p.Handle(want); ok {
		return cmd
	}
	return h.GoTo(want)
}

// Close takes the topmost pane away. The board stays.
func (h *Host) Close() tea.Cmd {
	if len(h.Layers) < 2 {
		return nil
	}
	h.Toasts.leave()
	last := len(h.Layers) - 1
	gone := h.Layers[last].Pane
	h.Layers = h.Layers[:last]
	if c, ok := gone.(Closer); ok {
		return c.Closed()
	}
	return nil
}

// CloseTo takes away all panes above the first n.
func (h *Host) CloseTo(n int) tea.Cmd {
	var cmds []tea.Cmd
	for len(h.Layers) > max(1, n) {
		cmds = append(cmds, h.Close())
	}
	return tea.Batch(cmds...)
}

// Top is the pane that has the focus.
func (h *Host) Top() Pane { return h.Layers[len(h.Layers)-1].Pane }

// Say shows what was done, for 4 s.
func (h *Host) Say(what string) tea.Cmd { return h.Toasts.show(toastNews, what) }

// Warn shows why something cannot be done, for 4 s.
func (h *Host) Warn(why string) tea.Cmd { return h.Toasts.show(ToastWarning, why) }

// Refuse shows why a key does nothing, for 4 s or until the next key or another
// screen.
func (h *Host) Refuse(why string) tea.Cmd { return h.Toasts.show(ToastRefusal, why) }

// Hint is Refuse without a trace in the log.
func (h *Host) Hint(why string) tea.Cmd { return h.Toasts.show(ToastHint, why) }

// Fail shows an error until a key is pressed.
func (h *Host) Fail(err error) tea.Cmd {
	return h.Toasts.show(ToastError, h.Reason(err))
}

// ChangeAwaited is Change for what the keys that follow wait for.
func (h *Host) ChangeAwaited(fn func(ctx context.Context) Done) {
	h.asking++
	h.queue = append(h.queue, change{do: fn, awaited: true})
}

// Ended notes that the first change of the queue has ended.
func (h *Host) Ended(msg Performed) {
	h.over(msg)
	if msg.awaited {
		h.asking--
	}
	h.Last = msg.Done
	h.Drafts.performed(msg.Done, h.Settings.StoreLost() != nil)
}

// Remember saves a setting, or removes it when the value is empty.
func (h *Host) Remember(key, value string) {
	settings := h.Settings
	h.Change(func(ctx context.Context) Done {
		return Done{Err: settings.SaveSetting(ctx, key, value)}
	})
}

// Getenv returns the value of a variable of the user's environment, empty for none.
func (h *Host) Getenv(name string) string { return setting.FromEnviron(h.Environ, name) }

// Slow reports whether what is under way takes long enough to be spoken of.
func (h *Host) Slow() bool { return h.Spinner.Turn > 0 }

// Spinner shows that something takes long. There is one, in the status line.
type Spinner struct {
	// Run is the generation of the steps that turn it, 0 while it stands still.
	Run int
	// Turn counts the steps since something takes long, 0 while nothing does.
	Turn int
}
