package report

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/figure"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/setting"
)

// Actions on figures.
const (
	actNextFigure intent.ActionID = "next-figure"
	actPrevFigure intent.ActionID = "previous-figure"
	actTable      intent.ActionID = "table"
	actSubject    intent.ActionID = "choose-burn-up"
	actMore       intent.ActionID = "more-iterations"
	actFewer      intent.ActionID = "fewer-iterations"
)

// Actions are those of the screen.
func Actions() []keymap.Action { return actions().Table() }

func actions() pane.Actions[*Pane] {
	const scope = keymap.ScopeFigures
	all := pane.Actions[*Pane]{
		pane.On(keymap.Action{ID: actNextFigure, Scope: scope, Keys: keymap.Bind("tab", "next figure", "tab", "right", "l"), Group: keymap.GroupScreens, Help: "show the next figure", Footer: 10},
			func(p *Pane) tea.Cmd { return p.turn(1) }),
		pane.On(keymap.Action{ID: actPrevFigure, Scope: scope, Keys: keymap.Bind("shift+tab", "previous figure", "shift+tab", "left", "h"), Group: keymap.GroupScreens, Help: "show the previous figure"},
			func(p *Pane) tea.Cmd { return p.turn(-1) }),
		pane.On(keymap.Action{ID: actTable, Scope: scope, Keys: keymap.Bind("t", "chart or table", "t"), Group: keymap.GroupScreens, Help: "show the figures as tables, or as charts", Footer: 20},
			(*Pane).turnTable),
		pane.Unless(keymap.Action{ID: actSubject, Scope: scope, Keys: keymap.Bind("enter", "release or label", "enter"), Group: keymap.GroupScreens, Help: "choose the release or label of the burn-up", Footer: 30},
			(*Pane).noSubjects, (*Pane).chooseSubject),
		pane.Unless(keymap.Action{ID: actMore, Scope: scope, Keys: keymap.Bind("+", "more", "+"), Group: keymap.GroupScreens, Help: "show twice as many iterations", Footer: 40},
			(*Pane).allShown, func(p *Pane) tea.Cmd { p.last *= 2; return p.load(p.history) }),
		pane.Unless(keymap.Action{ID: actFewer, Scope: scope, Keys: keymap.Bind("-", "fewer", "-"), Group: keymap.GroupScreens, Help: "show half as many iterations", Footer: 41},
			(*Pane).oneShown, func(p *Pane) tea.Cmd { p.last /= 2; return p.load(p.history) }),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "go back", Footer: 70},
			func(p *Pane) tea.Cmd { return p.Close() }),
	}
	for i, k := range figure.Kinds() {
		all = append(all, pane.On(showingWith(strconv.Itoa(i+1), k), index(i).show))
	}
	return all
}

// index is that of a figure.
type index int

// show shows the figure.
func (i index) show(p *Pane) tea.Cmd { return p.turn(int(i) - p.shown) }

// showing is the action that shows a figure.
func showing(k figure.Kind) intent.ActionID { return "figure-" + string(k) }

// showingWith is the record of that action, with a key.
func showingWith(key string, k figure.Kind) keymap.Action {
	return keymap.Action{ID: showing(k), Scope: keymap.ScopeFigures, Keys: keymap.Bind(key, k.Title(), key), Group: keymap.GroupScreens, Help: "show " + k.Help()}
}

// Pane shows the figures of the project, one at a time.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	// shown is the index of the figure.
	shown int
	// last is how many done iterations are shown.
	last int
	// subject is what the burn-up is of; chosen by the user where chose is true.
	subject figures.Subject
	chose   bool
	// table is true where tables are shown; asTable is the choice that was saved.
	table   bool
	asTable string

	asked int
	waits bool
	// stale while the history is of before a change.
	stale    bool
	history  *figures.History
	subjects []figures.Subject
	figure   figure.Figure
	problem  string
	doc      document.Document
}

// figureRead brings a figure, and what it was computed from.
type figureRead struct {
	asked    int
	history  *figures.History
	subjects []figures.Subject
	subject  figures.Subject
	figure   figure.Figure
	asTable  string
	err      error
}

// New makes the screen, to be opened with [pane.Body].
func New(h *pane.Host, s UseCases) *Pane {
	return &Pane{host: &host{h, s}, actions: actions(), last: max(1, h.Project.DoneShown)}
}

// Init reads the figures.
func (p *Pane) Init() tea.Cmd { return p.load(nil) }

// load computes the figure, from what was read already where that still holds.
func (p *Pane) load(from *figures.History) tea.Cmd {
	p.asked, p.waits = p.Next(), true
	if p.stale {
		from = nil
	}
	asked, service, project, chose := p.asked, p.Service, p.Project.ID, p.chose
	kind, r, read := figure.Kinds()[p.shown], figures.Range{Last: p.last}, figureRead{asked: p.asked, history: from, subject: p.subject, subjects: p.subjects, asTable: p.asTable}
	return p.Do(func(ctx context.Context) tea.Msg {
		if read.history == nil {
			if read.history, read.err = service.Report.Figures(ctx, project); read.err != nil {
				return figureRead{asked: asked, err: read.err}
			}
			read.subjects = read.history.Subjects()
			read.asTable, read.err = service.Settings.Setting(ctx, setting.Figures)
		}
		if usual, ok := read.history.Usual(); ok && !chose {
			read.subject = usual
		}
		if read.err == nil && (kind != figure.BurnUp || len(read.subjects) > 0) {
			read.figure, read.err = figure.Of(kind, read.history, r, read.subject)
		}
		return read
	})
}

// Working while figures are being read.
func (p *Pane) Working() bool { return p.waits }

// Update takes what was read, and reads anew when something has changed.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories | tracker.HintTickets | tracker.HintProjects) {
			p.stale = true
			return p.load(nil)
		}
	case figureRead:
		if msg.asked == p.asked {
			p.show(msg)
		}
	}
	return nil
}

func (p *Pane) show(msg figureRead) {
	p.waits, p.problem = false, ""
	if msg.err != nil {
		p.problem = msg.err.Error()
	} else {
		p.subject, p.subjects, p.figure = msg.subject, msg.subjects, msg.figure
	}
	if p.history == nil {
		p.asTable = msg.asTable // from then on the user decides here
	}
	if msg.history != nil {
		p.history, p.stale = msg.history, false
	}
	p.doc.Changed()
}

// turn shows another figure, step figures further on.
func (p *Pane) turn(step int) tea.Cmd {
	n := len(figure.Kinds())
	p.shown = (p.shown + step + n) % n
	p.doc.Offset = 0
	p.doc.Changed()
	return p.load(p.history)
}

// turnTable shows tables instead of charts, or charts again, and remembers it.
func (p *Pane) turnTable() tea.Cmd {
	p.asTable = setting.FiguresTable
	if p.table {
		p.asTable = setting.FiguresChart
	}
	p.Remember(setting.Figures, p.asTable)
	p.doc.Offset = 0
	p.doc.Changed()
	return nil
}

func (p *Pane) noSubjects() string {
	switch {
	case figure.Kinds()[p.shown] != figure.BurnUp:
		return "only a burn-up is of a release or a label"
	case len(p.subjects) == 0:
		return "the project has no release and no label"
	}
	return ""
}

// chooseSubject asks what the burn-up is of.
func (p *Pane) chooseSubject() tea.Cmd {
	rows, subjects := make([]dialog.Choice, len(p.subjects)), p.subjects
	for i, s := range subjects {
		rows[i] = dialog.Choice{Text: figure.Name(s), Current: s == p.subject}
	}
	return p.Open(dialog.NewChooser(p.Host, "Burn-up of", rows, func(i int) tea.Cmd {
		p.subject, p.chose = subjects[i], true
		return p.load(p.history)
	}), pane.Overlay)
}

func (p *Pane) allShown() string {
	if p.history != nil && p.last >= p.history.Done() {
		return "all done iterations are shown"
	}
	return ""
}

func (p *Pane) oneShown() string {
	if p.last < 2 {
		return "one done iteration is the least"
	}
	return ""
}

// Handle scrolls, and does what the screen can do.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// Scopes names the keys of the screen.
func (p *Pane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeFigures, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done now.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }
