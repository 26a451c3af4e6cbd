package integrations

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

const (
	// signInPort is where a browser comes back to. It is fixed, for Zendesk may
	// compare redirect URLs to the letter.
	signInPort = 8765
	// signInTime is how long somebody may take in the browser.
	signInTime = 10 * time.Minute
)

// Actions of a sign-in.
const (
	actSignIn    intent.ActionID = "sign-in"
	actPasteCode intent.ActionID = "paste-code"
)

// SignInActions are those of a sign-in with a browser.
func SignInActions() []keymap.Action { return signInActions().Table() }

func signInActions() pane.Actions[*SignIn] {
	const scope = keymap.ScopeSignIn
	return pane.Actions[*SignIn]{
		pane.Unless(keymap.Action{ID: actPasteCode, Scope: scope, Keys: keymap.Bind("p", "paste", "p"), Group: keymap.GroupText, Help: "paste the address from the browser", Footer: 1},
			(*SignIn).preparing, (*SignIn).askCode),
		pane.Unless(keymap.Action{ID: intent.ActCopyURL, Scope: scope, Keys: keymap.Bind("y", "copy address", "y"), Group: keymap.GroupText, Help: "copy the sign-in address", Footer: 2},
			(*SignIn).preparing, func(p *SignIn) tea.Cmd { return p.CopyText(p.begun.URL()) }),
		pane.On(keymap.Action{ID: intent.ActCancel, Scope: scope, Keys: keymap.Bind("esc", "cancel", "esc"), Group: keymap.GroupText, Help: "cancel the sign-in", Footer: 3},
			func(p *SignIn) tea.Cmd { return p.end(p.integration, errSignInStopped) }),
	}
}

// SignIn waits while somebody allows storydesk in a browser. Where the
// browser cannot come back to this machine, they paste where it went.
type SignIn struct {
	*host
	actions     pane.Actions[*SignIn]
	integration tracker.Integration
	// inDatabase is the consent to keep the tokens in the database file.
	inDatabase bool
	// ended gets how it ended, once the pane is closed; errSignInStopped
	// when the user stopped it.
	ended func(signedIn, error) tea.Cmd
	// late is true once the browser has taken its time.
	late bool
	// run is the generation of the sign-in.
	run  int
	stop context.CancelFunc
	// codes takes the code that was pasted.
	codes chan string
	// begun is nil until the address is known.
	begun tracker.SignIn
	// problem is what was wrong with the browser or with what was pasted.
	problem string
	doc     document.Document
}

// signedIn is who signed in. Its texts are sanitised.
type signedIn struct {
	name, email string
	// warning is what to know of the sign-in, empty for nothing.
	warning string
}

// sayIn says who signed in.
func sayIn(s *pane.Host, to signedIn) tea.Cmd {
	said := to.name + " is signed in as " + to.email
	if to.warning != "" {
		return s.Warn(said + ". " + to.warning)
	}
	return s.Say(said)
}

// signInLate is due when the browser has taken its time.
type signInLate struct{ Run int }

// errSignInStopped ends a sign-in that the user does not want any more.
var errSignInStopped = errors.New("nobody is signed in")

// signInStep is one thing that a sign-in reports.
type signInStep struct {
	run int
	// begun is the sign-in with its address, nil when that is known already.
	begun tracker.SignIn
	// problem is why the browser does not answer by itself; nil when it may.
	problem error
	// over is true for the last one; err is how the sign-in ended.
	over bool
	err  error
	// in is the integration that was signed in, in the last one.
	in tracker.Integration
	// rest brings what follows.
	rest <-chan signInStep
}

func newSignInPane(h *host, in tracker.Integration, inDatabase bool, ended func(signedIn, error) tea.Cmd) *SignIn {
	return &SignIn{host: h, actions: signInActions(), integration: in, inDatabase: inDatabase, ended: ended, codes: make(chan string, 1)}
}

// Init begins the sign-in.
func (p *SignIn) Init() tea.Cmd {
	wanted, stop := context.WithCancel(p.Context())
	p.run, p.stop = p.Next(), stop
	run, service, id, inDatabase := p.run, p.Service, p.integration.ID, p.inDatabase
	way := signInWay{open: p.OpenBrowser, codes: p.codes}
	steps := make(chan signInStep)
	signIn := pane.Stream(wanted, p.Host, steps, func(report func(signInStep)) {
		way.report = func(step signInStep) {
			step.run, step.rest = run, steps
			report(step)
		}
		ctx, cancel := context.WithTimeout(wanted, signInTime)
		defer cancel()
		in, err := service.Accounts.SignIn(ctx, id, signInPort, inDatabase, way.authorize)
		way.report(signInStep{over: true, in: in, err: err})
	})
	late := tea.Tick(tracker.SignInHelpAfter, func(time.Time) tea.Msg { return signInLate{run} })
	return tea.Batch(signIn, late)
}

// signInWay is how a sign-in gets its code.
type signInWay struct {
	open   func(url string) error
	codes  <-chan string
	report func(signInStep)
}

// authorize opens the browser and waits for it to come back, or for a code that
// was pasted, whichever is first.
func (w signInWay) authorize(ctx context.Context, begun tracker.SignIn) (string, error) {
	w.report(signInStep{begun: begun})
	var receiver sync.WaitGroup
	defer receiver.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type answer struct {
		code string
		err  error
	}
	answers := make(chan answer, 1)
	receiver.Go(func() {
		code, err := begun.Receive(ctx, func() error {
			if err := w.open(begun.URL()); err != nil {
				// It can be opened by hand: go on listening.
				w.report(signInStep{problem: fmt.Errorf("the browser could not be opened: %w", err)})
			}
			return nil
		})
		answers <- answer{code: code, err: err}
	})
	for {
		select {
		case code := <-w.codes:
			return code, nil
		case got := <-answers:
			if tracker.ReasonOf(got.err) != tracker.ReasonPortTaken {
				return got.code, got.err
			}
			// Nothing can come back here, but it can be pasted.
			w.report(signInStep{problem: errPortTaken})
			if err := w.open(begun.URL()); err != nil {
				w.report(signInStep{problem: fmt.Errorf("the browser could not be opened: %w", err)})
			}
		case <-ctx.Done():
			return "", &tracker.Error{Code: tracker.CodeUnavailable, Message: "no answer came from the browser", Err: ctx.Err()}
		}
	}
}

// errPortTaken is why a browser cannot come back by itself.
var errPortTaken = fmt.Errorf("port %d is in use: paste the address that the browser goes to", signInPort)

// Update takes what the sign-in reports, and pastes.
func (p *SignIn) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case signInStep:
		if msg.run == p.run {
			return p.take(msg)
		}
	case signInLate:
		if msg.Run == p.run {
			p.late = true
			p.doc.Changed()
		}
	case tea.PasteMsg:
		if p.Top() == pane.Pane(p) {
			return p.paste(msg.Content)
		}
	}
	return nil
}

func (p *SignIn) take(step signInStep) tea.Cmd {
	if step.over {
		return p.end(step.in, step.err)
	}
	p.doc.Changed()
	if step.begun != nil {
		p.begun = step.begun
	}
	if step.problem != nil {
		p.problem = draw.Line(step.problem.Error())
	}
	return pane.NextStep(step.rest)
}

// end closes the pane, with a prompt that may be open above it, and reports how it ended.
func (p *SignIn) end(in tracker.Integration, err error) tea.Cmd {
	to := signedIn{name: present.Cell(in.Name), email: present.Cell(in.Email)}
	if p.begun != nil && err == nil {
		to.warning = draw.Line(p.begun.Warning())
	}
	at := slices.IndexFunc(p.Layers, func(l pane.Layer) bool { return l.Pane == pane.Pane(p) })
	return tea.Batch(p.CloseTo(at), p.ended(to, err))
}

// paste takes a code, or the address that the browser came back to.
func (p *SignIn) paste(pasted string) tea.Cmd {
	if p.begun == nil {
		return nil
	}
	p.doc.Changed()
	code, err := p.begun.Code(pasted)
	if err != nil {
		p.problem = draw.Line(err.Error())
		return nil
	}
	p.problem = ""
	select {
	case p.codes <- code:
	default: // one that was pasted before is being taken
	}
	return nil
}

// Handle pastes, copies and stops.
func (p *SignIn) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// askCode asks for a code, or the address that the browser went to, in a line of text.
func (p *SignIn) askCode() tea.Cmd {
	return p.Open(dialog.NewPrompt(p.Host, "Code or address:", "", p.paste), pane.Line)
}

// Draw shows the address and what to do with it.
func (p *SignIn) Draw(c *draw.Canvas, r draw.Rect) {
	frame := draw.Box{Title: "Sign in to " + present.Cell(p.integration.Host), Facts: p.Keys.Key(keymap.ScopeSignIn, intent.ActCancel) + " cancels"}
	p.doc.Framed(c, c.Clear(r, 100, 26, frame.Beside), frame, p.write, nil)
}

func (p *SignIn) write(w *document.Writer) {
	if p.begun == nil {
		w.Line([]draw.Run{{Role: theme.Muted, Text: "getting ready…"}})
		return
	}
	if p.problem != "" {
		w.Paragraph([]draw.Run{{Role: theme.Danger, Text: w.Theme.Glyph(theme.GlyphParked) + " "}}, theme.Danger, p.problem)
		w.Blank()
	}
	if p.late {
		p.writeCauses(w)
	}
	copies := p.Keys.Key(keymap.ScopeSignIn, intent.ActCopyURL)
	invitation := "Allow storydesk in the browser that opened. Nothing opened? Open this address; " + copies + " copies it:"
	if p.problem != "" {
		invitation = "Open this address in a browser and allow storydesk there; " + copies + " copies it:"
	}
	w.Paragraph(nil, theme.Text, invitation)
	w.Blank()
	w.Paragraph(nil, theme.Accent, draw.Line(p.begun.URL()))
	w.Blank()
	w.Paragraph(nil, theme.Muted, "If the browser is on another machine, it ends at a page that does not open. "+
		"Copy that page's address and paste it here; "+p.Keys.Key(keymap.ScopeSignIn, actPasteCode)+" pastes it.")
	w.Blank()
	w.Paragraph(nil, theme.Muted, "If the browser shows an error, find it here:")
	for _, e := range p.begun.BrowserErrors() {
		w.Paragraph([]draw.Run{{Role: theme.Text, Text: "- " + draw.Line(e.Message) + ": "}}, theme.Muted, draw.Line(e.Meaning))
	}
}

// writeCauses lists why nothing came back yet.
func (p *SignIn) writeCauses(w *document.Writer) {
	w.Paragraph(nil, theme.Warning, fmt.Sprintf("Nothing has come back for %d s. Likely causes:", int(tracker.SignInHelpAfter.Seconds())))
	for _, cause := range []string{
		"the browser shows one of the errors below",
		"nobody has pressed Allow yet, or the browser asks for a Zendesk sign-in first",
		"the browser is on another machine: press " + p.Keys.Key(keymap.ScopeSignIn, actPasteCode) + " to paste its address",
	} {
		w.Paragraph([]draw.Run{{Role: theme.Text, Text: "- "}}, theme.Text, cause)
	}
	w.Paragraph(nil, theme.Text, p.Keys.Key(keymap.ScopeSignIn, intent.ActCancel)+" stops waiting.")
	w.Blank()
}

// Scopes lets nothing past the panel.
func (p *SignIn) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeSignIn, keymap.ScopeList}
}

// Disabled says why an action cannot be done now.
func (p *SignIn) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

// preparing says why there is nothing to copy or paste yet.
func (p *SignIn) preparing() string {
	if p.begun == nil {
		return "preparing the sign-in"
	}
	return ""
}

// Closed stops the sign-in.
func (p *SignIn) Closed() tea.Cmd {
	p.stop()
	return nil
}
