package labels

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/search"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partLabels is the list of labels.
const partLabels intent.PaneName = "labels"

const actMerge intent.ActionID = "merge-label"

// Actions are those of the screen.
func Actions() []keymap.Action { return actions().Table() }

func actions() pane.Actions[*Pane] {
	const scope = keymap.ScopeLabels
	return pane.Actions[*Pane]{
		pane.Unless(keymap.Action{ID: intent.ActOpen, Scope: scope, Keys: keymap.Bind("enter", "stories", "enter"), Group: keymap.GroupScreens, Help: "search for the stories that carry the label", Footer: 10},
			(*Pane).noneSelected, (*Pane).open),
		pane.Unless(keymap.Action{ID: intent.ActEdit, Scope: scope, Keys: keymap.Bind("e", "rename", "e"), Group: keymap.GroupScreens, Help: "rename the label on all stories", Footer: 20},
			(*Pane).noneSelected, (*Pane).rename),
		pane.Unless(keymap.Action{ID: actMerge, Scope: scope, Keys: keymap.Bind("m", "merge", "m"), Group: keymap.GroupScreens, Help: "put another label in place of this one", Footer: 30},
			(*Pane).cannotMerge, (*Pane).merge),
		pane.Unless(keymap.Action{ID: intent.ActDelete, Scope: scope, Keys: keymap.Bind("D", "delete", "D"), Group: keymap.GroupScreens, Help: "take the label off all stories", Footer: 40},
			(*Pane).noneSelected, (*Pane).remove),
		pane.On(keymap.Action{ID: intent.ActFilter, Scope: scope, Keys: keymap.Bind("/", "filter", "/"), Group: keymap.GroupView, Help: "filter the labels", Footer: 50},
			(*Pane).ask),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "clear the filter, or go back", Footer: 70},
			(*Pane).back),
	}
}

// Pane lists the labels of the project's stories and changes them.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	rows    *table.Column[string, label]
	// asked is the generation of the last reading; read is true once there was one.
	asked   int
	read    bool
	problem string
	// renamed is the name that the selected label got, where the cursor follows it once
	// that was read.
	renamed string
}

// labelsRead brings the labels.
type labelsRead struct {
	asked  int
	labels []epic.LabelUse
	err    error
}

// New makes the screen, to be opened with [pane.Body].
func New(c *command.Commands, s UseCases) *Pane {
	return &Pane{host: &host{c, s}, actions: actions(), rows: table.NewColumn[string, label](partLabels)}
}

// Init reads the labels.
func (p *Pane) Init() tea.Cmd {
	p.asked = p.Next()
	asked, service, project := p.asked, p.Service, p.Project.ID
	return p.Do(func(ctx context.Context) tea.Msg {
		list, err := service.Labels.Labels(ctx, project)
		return labelsRead{asked, list, err}
	})
}

// Working while the labels are read for the first time.
func (p *Pane) Working() bool { return !p.read }

// Update takes what was read, and reads anew when stories have changed.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories) {
			return p.Init()
		}
	case labelsRead:
		if msg.asked == p.asked {
			p.show(msg)
		}
	case pane.Done:
		if to, ok := msg.What.(movedTo); ok && msg.Err == nil {
			p.renamed = string(to)
			p.followRenamed()
		}
	}
	return nil
}

// movedTo is the label that a change put in place of another.
type movedTo string

// followRenamed selects the label that was renamed, once it is there.
func (p *Pane) followRenamed() {
	if _, there := p.rows.Find(p.renamed); there {
		p.rows.List.Pick(p.renamed)
		p.renamed = ""
	}
}

func (p *Pane) show(msg labelsRead) {
	p.read, p.problem = true, ""
	if msg.err != nil {
		p.problem = draw.Line(msg.err.Error())
		return
	}
	p.rows.Set(present.Each(msg.labels, newLabel))
	p.followRenamed()
}

// Handle moves in the list and acts on its labels.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if table.HandleRows(p.rows, in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// Scopes names the keys of the list.
func (p *Pane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeLabels, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done to the selected label.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

func (p *Pane) noneSelected() string {
	if _, ok := p.rows.Selected(); !ok {
		return "no label is selected"
	}
	return ""
}

func (p *Pane) cannotMerge() string {
	if reason := p.noneSelected(); reason != "" {
		return reason
	}
	if len(p.rows.All) < 2 {
		return "there is no other label"
	}
	return ""
}

// open searches for the stories that carry the label, those in Done, too.
func (p *Pane) open() tea.Cmd {
	l, _ := p.rows.Selected()
	return p.GoTo(intent.Find{Query: search.Label(l.Name) + " includedone:true"})
}

// rename asks for another name, and whether to merge where another label has that.
func (p *Pane) rename() tea.Cmd {
	l, _ := p.rows.Selected()
	return p.Open(dialog.NewPrompt(p.Host, "Rename "+l.name+" to", l.Name, func(typed string) tea.Cmd {
		name := epic.CleanLabel(typed)
		if name == l.Name {
			return nil
		}
		if into, there := p.rows.Find(name); there {
			return p.askMerge(l, into)
		}
		service, project := p.Service, p.Project.ID
		return p.change(fmt.Sprintf("Label %s renamed to %s", l.name, present.Cell(name)), name, func(ctx context.Context) ([]tracker.Story, error) {
			return service.Labels.RenameLabel(ctx, project, l.Name, name)
		})
	}), pane.Line)
}

// merge asks which label takes the place of the selected one.
func (p *Pane) merge() tea.Cmd {
	l, _ := p.rows.Selected()
	others := slices.DeleteFunc(slices.Clone(p.rows.All), func(o label) bool { return o.Name == l.Name })
	return p.Open(dialog.NewChooser(p.Host, "Merge "+l.name+" into", present.Each(others, func(o label) dialog.Choice {
		return dialog.Choice{Name: o.name, Note: present.StoryCount(o.Stories)}
	}), func(i int) tea.Cmd { return p.askMerge(l, others[i]) }), pane.Overlay)
}

// askMerge asks whether to put one label in place of another.
func (p *Pane) askMerge(from, into label) tea.Cmd {
	ask := fmt.Sprintf("Merge label %s (%s) into %s (%s)?", from.name, present.StoryCount(from.Stories), into.name, present.StoryCount(into.Stories))
	return p.Open(dialog.NewQuestion(p.Host, ask, func() tea.Cmd {
		service, project := p.Service, p.Project.ID
		return p.change(fmt.Sprintf("Label %s merged into %s", from.name, into.name), into.Name, func(ctx context.Context) ([]tracker.Story, error) {
			return service.Labels.MergeLabel(ctx, project, from.Name, into.Name)
		})
	}), pane.Line)
}

// remove asks whether to take the label off all stories.
func (p *Pane) remove() tea.Cmd {
	l, _ := p.rows.Selected()
	ask := fmt.Sprintf("Delete label %s? %s it.", l.name, present.Counted(l.Stories, "story carries", "stories carry"))
	return p.Open(dialog.NewQuestion(p.Host, ask, func() tea.Cmd {
		service, project := p.Service, p.Project.ID
		return p.change(fmt.Sprintf("Label %s deleted", l.name), "", func(ctx context.Context) ([]tracker.Story, error) {
			return service.Labels.DeleteLabel(ctx, project, l.Name)
		})
	}), pane.Line)
}

// change changes a label on all its stories, and says so. The cursor goes to the label
// that stands in its place, if any.
func (p *Pane) change(said, to string, do func(ctx context.Context) ([]tracker.Story, error)) tea.Cmd {
	undo := p.Keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	return command.ChangeNamed(p.Commands, func(ctx context.Context) pane.Done {
		changed, err := do(ctx)
		return pane.Done{Said: fmt.Sprintf("%s on %s · %s undo", said, present.StoryCount(len(changed)), undo), Err: err, What: movedTo(to)}
	})
}

// ask narrows the list to the labels in which a text stands, while it is typed.
func (p *Pane) ask() tea.Cmd {
	before := p.rows.Filter.Query
	ask := dialog.NewPrompt(p.Host, "Filter", before, func(typed string) tea.Cmd { return p.narrow(typed) })
	ask.Reads = true
	ask.Typed = p.narrow
	ask.Cancelled = func() tea.Cmd { return p.narrow(before) }
	return p.Open(ask, pane.Line)
}

func (p *Pane) narrow(typed string) tea.Cmd {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		p.rows.Show(table.Filter[label]{})
		return nil
	}
	p.rows.Show(table.Filter[label]{Query: typed, Keep: func(l *label) bool { return strings.Contains(l.Name, typed) }})
	return nil
}

// back clears the filter, else it leaves.
func (p *Pane) back() tea.Cmd {
	if p.rows.Filter.Query != "" {
		return p.narrow("")
	}
	return p.Close()
}

// Draw shows the labels below the headings of their columns.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	in := c.Box(r, draw.Box{Title: p.title(), Facts: text.Count(len(p.rows.All))})
	say := func(role theme.Role, said string) { c.Text(in.X+1, in.Y, in.W-2, role, said) }
	switch {
	case in.Empty():
	case p.problem != "":
		say(theme.Danger, p.problem)
	case !p.read:
		say(theme.Muted, "Loading…")
	case len(p.rows.All) == 0:
		say(theme.Muted, "No story has a label yet. Labels are among a story's fields.")
	case p.rows.Len() == 0:
		say(theme.Muted, "No label contains "+present.Cell(p.rows.Filter.Query)+".")
	default:
		w := c.Theme.Row(nil, in.W, theme.Plain)
		w.Space(2)
		headings().draw(&w, theme.Muted, theme.Muted)
		c.Put(in.X, in.Y, in.W, string(w.End()))
		below := draw.Rect{X: in.X, Y: in.Y + 1, W: in.W, H: in.H - 1}
		table.DrawRows(c, below, p.rows, func(w *theme.RowWriter, _ *theme.Theme, l label) { l.draw(w, theme.Text, theme.Text) })
	}
}

func (p *Pane) title() string {
	if q := p.rows.Filter.Query; q != "" {
		return "Labels · " + present.Cell(q)
	}
	return "Labels"
}
