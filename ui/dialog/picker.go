package dialog

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// Picker chooses among known values, several or one, and takes new ones that
// are typed. It is a chooser whose rows have boxes where several can be chosen.
type Picker struct {
	*Chooser
	actions pane.Actions[*Picker]
	// known reads the values that are known; asked is the generation of that, read is true
	// when it is done.
	known func(context.Context) ([]string, error)
	asked int
	read  bool
	// values are those of the rows, the chosen ones first.
	values []string
	chosen []string
	// Single is true where one value is wanted: choosing it ends the picker.
	Single bool
	// Same reports whether what is typed is a value; those that differ in case alone are the
	// same unless this says otherwise.
	Same func(typed, value string) bool
	// Listed is true where nothing new can be chosen.
	Listed bool
	// New is called with a value that is not known, where one value is wanted; nil saves it
	// as any other.
	New  func(value string) tea.Cmd
	save func(chosen []string) tea.Cmd
}

// PickerActions are those of a picker, besides those of a chooser.
func PickerActions() []keymap.Action { return pickerActions().Table() }

func pickerActions() pane.Actions[*Picker] {
	return pane.Actions[*Picker]{
		pane.On(keymap.Action{ID: intent.ActToggle, Scope: keymap.ScopePicker, Keys: keymap.Bind("enter", "on or off", "enter"), Group: keymap.GroupText, Help: "select or deselect the row", Footer: 1},
			(*Picker).toggle),
		pane.On(keymap.Action{ID: intent.ActSave, Scope: keymap.ScopePicker, Keys: keymap.Bind("ctrl+s", "save", "ctrl+s"), Group: keymap.GroupText, Help: "confirm the selection", Footer: 2},
			func(p *Picker) tea.Cmd { return tea.Batch(p.Close(), p.save(p.chosen)) }),
	}
}

// chooseOne takes the one value that is wanted, with the key of a chooser, whose
// table it is in.
func chooseOne() pane.Action[*Picker] {
	return pane.On(keymap.Action{ID: intent.ActAccept, Scope: keymap.ScopeChooser}, (*Picker).toggle)
}

// pickerRead brings the values that are known.
type pickerRead struct {
	asked  int
	values []string
	err    error
}

// pickerRows is how many rows a Picker has room for at least.
const pickerRows = 8

// NewPicker asks to choose among the chosen and the known values, to be opened
// with [pane.Overlay]. save gets the chosen ones, when the picker is closed.
func NewPicker(
	s *pane.Host, title string, chosen []string, known func(context.Context) ([]string, error), save func(chosen []string) tea.Cmd,
) *Picker {
	chosen = slices.DeleteFunc(slices.Clone(chosen), func(v string) bool { return v == "" })
	p := &Picker{
		Chooser: NewChooser(s, title, nil, nil), actions: append(pickerActions(), chooseOne()),
		asked: s.Next(), known: known, values: slices.Clone(chosen), chosen: chosen, save: save, Same: strings.EqualFold,
	}
	p.least = pickerRows
	p.beside = "" // what was chosen would be lost
	p.refresh()
	return p
}

// Init reads the known values. One can type meanwhile.
func (p *Picker) Init() tea.Cmd {
	if !p.Listed {
		p.hint = "type to search, or a new name"
	}
	p.refresh() // the rows of a choice of one have no boxes
	asked, known := p.asked, p.known
	return p.Do(func(ctx context.Context) tea.Msg {
		values, err := known(ctx)
		return pickerRead{asked, values, err}
	})
}

// Waits until the known values have been read: what is typed may be one of them.
func (p *Picker) Waits(a keymap.Action) bool {
	return !p.read && (a.ID == intent.ActAccept || a.ID == intent.ActToggle)
}

// add takes a value among the rows, unless it is there.
func (p *Picker) add(value string) {
	if !slices.Contains(p.values, value) {
		p.values = append(p.values, value)
	}
}

// typed is the new value that is being typed, empty when it is no new one.
func (p *Picker) typed() string {
	value := strings.TrimSpace(p.Filter.Value())
	if p.Listed || slices.ContainsFunc(p.values, func(v string) bool { return p.Same(value, v) }) {
		return ""
	}
	return value
}

// refresh makes the rows anew; the last one takes what is typed, however well
// that matches.
func (p *Picker) refresh() {
	p.Rows = p.Rows[:0]
	for _, v := range p.values {
		p.Rows = append(p.Rows, p.choice(v))
	}
	if value := p.typed(); value != "" {
		row := p.choice(value)
		row.Note = "new"
		p.Rows = append(p.Rows, row)
	}
	p.Narrow()
	slices.SortStableFunc(p.Shown, func(a, b Found) int {
		return cmp.Compare(max(a.Row, len(p.values)-1), max(b.Row, len(p.values)-1))
	})
	p.Settle(1)
}

// choice is the row of a value, with a box where several can be chosen.
func (p *Picker) choice(value string) Choice {
	row, chosen := Choice{Text: present.Cell(value)}, slices.Contains(p.chosen, value)
	switch {
	case p.Single && chosen:
		row.Note = "chosen now"
	case p.Single:
	case chosen:
		row.Text = "[x] " + row.Text
	default:
		row.Text = "[ ] " + row.Text
	}
	return row
}

// Update types into the search, and takes the values that are known.
func (p *Picker) Update(msg tea.Msg) tea.Cmd {
	if read, ok := msg.(pickerRead); ok {
		return p.learn(read)
	}
	before := p.Filter.Value()
	cmd := p.Chooser.Update(msg)
	if p.Filter.Value() != before {
		p.refresh()
	}
	return cmd
}

func (p *Picker) learn(read pickerRead) tea.Cmd {
	if read.asked != p.asked {
		return nil
	}
	p.read = true
	for _, v := range read.values {
		p.add(v)
	}
	at := p.Selected
	p.refresh()
	p.Selected = at
	p.Settle(1)
	if read.err != nil {
		return p.Fail(read.err)
	}
	return nil
}

// Handle chooses rows, and saves or drops the choice.
func (p *Picker) Handle(in intent.Intent) (tea.Cmd, bool) {
	if at, ok := in.(intent.SelectRow); ok {
		if n, ok := at.Key.(int); ok {
			p.Selected = n
			return p.toggle(), true
		}
	}
	if cmd, ok := p.actions.Handle(p, in); ok {
		return cmd, true
	}
	return p.Chooser.Handle(in)
}

// toggle chooses the selected row, or chooses it no longer.
func (p *Picker) toggle() tea.Cmd {
	if len(p.Shown) == 0 {
		return nil
	}
	i := p.Shown[p.Selected].Row
	value := p.typed()
	if i < len(p.values) {
		value = p.values[i]
	}
	if p.Single && p.New != nil && i >= len(p.values) {
		return tea.Batch(p.Close(), p.New(value))
	}
	if p.Single {
		return tea.Batch(p.Close(), p.save([]string{value}))
	}
	p.add(value)
	if at := slices.Index(p.chosen, value); at >= 0 {
		p.chosen = slices.Delete(p.chosen, at, at+1)
	} else {
		p.chosen = append(p.chosen, value)
	}
	p.Filter.SetValue("")
	p.refresh()
	p.Selected = slices.Index(p.values, value)
	p.Settle(1)
	return nil
}

// Scopes has no letters: they are the search's.
func (p *Picker) Scopes() []keymap.Scope {
	if p.Single {
		return []keymap.Scope{keymap.ScopeChooser}
	}
	return []keymap.Scope{keymap.ScopePicker, keymap.ScopeChooser}
}
