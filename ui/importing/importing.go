package importing

import (
	"cmp"
	"context"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/table"
)

// partReport is the list of what an import does.
const partReport intent.PaneName = "import"

// Actions of the screen.
const (
	actBring  intent.ActionID = "import-file"
	actFile   intent.ActionID = "another-file"
	actPerson intent.ActionID = "person"
)

// stage is how far the screen is.
type stage int

const (
	// asking: no file has been read.
	asking stage = iota
	// reading: a file is read, to find out what an import would do.
	reading
	// ready: that is shown.
	ready
	// writing: the file is imported, or was stopped and has not ended.
	writing
	// done: it is imported.
	done
)

// Pane asks for a file, shows what an import would do, and imports it.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	stage   stage
	path    path
	project tracker.Project
	// people are the answers to who is meant by a name.
	people map[string]string
	// run is the generation of the work under way, stop ends it.
	run      int
	stop     context.CancelFunc
	progress step
	report   transfer.Report
	rows     *table.Column[int, line]
	// widest is the widest row, in cells.
	widest  int
	problem string
	// readable is true where the file could be read, whatever came after that.
	readable bool
}

// New makes the screen, to be opened with [pane.Body].
func New(h *pane.Host, s UseCases) *Pane {
	return &Pane{
		host: &host{h, s}, actions: actions(), project: h.Project, people: map[string]string{}, stop: func() {},
		rows: table.NewColumn[int, line](partReport),
	}
}

// Actions are those of the screen.
func Actions() []keymap.Action { return actions().Table() }

func actions() pane.Actions[*Pane] {
	const scope = keymap.ScopeImport
	return pane.Actions[*Pane]{
		pane.Unless(keymap.Action{ID: actBring, Scope: scope, Keys: keymap.Bind("enter", "import", "enter"), Group: keymap.GroupScreens, Help: "import the file", Footer: 10},
			(*Pane).notReady, (*Pane).bring),
		pane.Unless(keymap.Action{ID: actPerson, Scope: scope, Keys: keymap.Bind("p", "person", "p"), Group: keymap.GroupScreens, Help: "say who is meant by the selected name", Footer: 20},
			(*Pane).noPerson, func(p *Pane) tea.Cmd { row, _ := p.rows.Selected(); return p.askPerson(row.person, p.read) }),
		pane.Unless(keymap.Action{ID: actFile, Scope: scope, Keys: keymap.Bind("f", "another file", "f"), Group: keymap.GroupScreens, Help: "choose another file", Footer: 30},
			(*Pane).busy, (*Pane).ask),
		pane.Unless(keymap.Action{ID: intent.ActRefresh, Scope: scope, Keys: keymap.Bind("r", "read again", "r"), Group: keymap.GroupScreens, Help: "read the file again", Footer: 40},
			func(p *Pane) string { return cmp.Or(p.busy(), p.noFile()) }, (*Pane).read),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "stop the import, or go back", Footer: 70},
			(*Pane).back),
	}
}

// Init asks for the file.
func (p *Pane) Init() tea.Cmd { return p.ask() }

// Working while a file is read or imported.
func (p *Pane) Working() bool { return p.stage == reading || p.stage == writing }

// Settled reports whether a file has been read or imported.
func (p *Pane) Settled() bool { return p.stage == ready || p.stage == done || p.problem != "" }

// Closed ends what is under way. An import of which something is missing leaves nothing.
func (p *Pane) Closed() tea.Cmd {
	p.stop()
	return nil
}

// Update takes what was found out and done.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case step:
		if msg.run == p.run && p.Working() {
			p.progress = msg
			return pane.NextStep(msg.rest)
		}
	case over:
		if msg.run == p.run {
			return p.took(msg)
		}
	}
	return nil
}

// Handle moves in the list and acts.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if table.HandleRows(p.rows, in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// back asks before it stops an import, and leaves else.
func (p *Pane) back() tea.Cmd {
	if p.stage != writing {
		return p.Close()
	}
	return p.Open(dialog.NewQuestion(p.Host, "Stop the import? Nothing of it is saved then.", func() tea.Cmd {
		p.stop()
		return nil
	}), pane.Line)
}

// Scopes names the keys of the list.
func (p *Pane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeImport, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done now.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

func (p *Pane) notReady() string {
	switch p.stage {
	case done:
		return "the file is imported"
	case ready:
		return ""
	case asking, reading, writing:
	}
	if p.readable {
		return cmp.Or(p.busy(), p.noFile(), "read the file again first")
	}
	return cmp.Or(p.busy(), p.noFile(), "the file cannot be read")
}

func (p *Pane) busy() string {
	switch p.stage {
	case reading:
		return "the file is being read"
	case writing:
		return "the file is being imported"
	case asking, ready, done:
	}
	return ""
}

func (p *Pane) noFile() string {
	if p.path.chosen == "" {
		return "choose a file first"
	}
	return ""
}

func (p *Pane) noPerson() string {
	if row, ok := p.rows.Selected(); !ok || row.person.Name == "" {
		return "select a person first"
	}
	return p.notReady()
}

// fileName is the file's name without its folder.
func (p *Pane) fileName() string { return draw.Line(filepath.Base(p.path.chosen)) }
