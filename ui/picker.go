package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"

	tea "charm.land/bubbletea/v2"
)

// picker chooses among known values, several or one, and takes new ones that
// are typed. It is a chooser whose rows have boxes.
type picker struct {
	*chooser
	// known reads the values that are known; asked is the generation of that.
	known func(context.Context) ([]string, error)
	asked int
	// values are those of the rows, chosen ones first; chosen tells which are.
	values []string
	chosen []string
	// single is true where one value is wanted: choosing it ends the picker.
	single bool
	save   func(chosen []string) tea.Cmd
}

// pickerActions are those of a picker, besides those of a chooser.
func pickerActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActToggle, Scope: keymap.ScopePicker, Keys: keymap.Bind("enter", "on or off", "enter"), Group: keymap.GroupText, Help: "select or deselect the row", Footer: 1},
		{ID: intent.ActSave, Scope: keymap.ScopePicker, Keys: keymap.Bind("ctrl+s", "save", "ctrl+s"), Group: keymap.GroupText, Help: "confirm the selection", Footer: 2},
	}
}

// pickerRead brings the values that are known.
type pickerRead struct {
	asked  int
	values []string
	err    error
}

// pickerRows is how many rows a picker has room for at least.
const pickerRows = 8

// newPicker asks to choose among the chosen and the known values, to be opened
// with placeOverlay. save is told the chosen ones, when the picker is closed.
func newPicker(
	s *shell, title string, chosen []string, known func(context.Context) ([]string, error), save func(chosen []string) tea.Cmd,
) *picker {
	chosen = slices.DeleteFunc(slices.Clone(chosen), func(v string) bool { return v == "" })
	p := &picker{
		chooser: newChooser(s, title, nil, nil), asked: s.next(), known: known, values: slices.Clone(chosen), chosen: chosen, save: save,
	}
	p.least, p.hint = pickerRows, "type to search, or a new name"
	p.beside = "" // what was chosen would be lost
	p.refresh()
	return p
}

// Init reads the known values. One can type meanwhile.
func (p *picker) Init() tea.Cmd {
	asked, known := p.asked, p.known
	return p.do(func(ctx context.Context) tea.Msg {
		values, err := known(ctx)
		return pickerRead{asked, values, err}
	})
}

// add takes a value among the rows, unless it is there.
func (p *picker) add(value string) {
	if !slices.Contains(p.values, value) {
		p.values = append(p.values, value)
	}
}

// typed is the new value that is being typed, empty when it is no new one.
func (p *picker) typed() string {
	value := strings.TrimSpace(p.filter.Value())
	if slices.ContainsFunc(p.values, func(v string) bool { return strings.EqualFold(v, value) }) {
		return ""
	}
	return value
}

// refresh makes the rows anew; the last one takes what is typed, however well
// that matches.
func (p *picker) refresh() {
	p.rows = p.rows[:0]
	for _, v := range p.values {
		box := "[ ] "
		if slices.Contains(p.chosen, v) {
			box = "[x] "
		}
		p.rows = append(p.rows, choice{text: box + present.Cell(v)})
	}
	if value := p.typed(); value != "" {
		p.rows = append(p.rows, choice{text: "[ ] " + present.Cell(value), note: "new"})
	}
	p.narrow()
	slices.SortStableFunc(p.shown, func(a, b found) int {
		return cmp.Compare(max(a.row, len(p.values)-1), max(b.row, len(p.values)-1))
	})
	p.settle(1)
}

// Update types into the search, and takes the values that are known.
func (p *picker) Update(msg tea.Msg) tea.Cmd {
	if read, ok := msg.(pickerRead); ok {
		return p.learn(read)
	}
	before := p.filter.Value()
	cmd := p.chooser.Update(msg)
	if p.filter.Value() != before {
		p.refresh()
	}
	return cmd
}

func (p *picker) learn(read pickerRead) tea.Cmd {
	if read.asked != p.asked {
		return nil
	}
	for _, v := range read.values {
		p.add(v)
	}
	at := p.selected
	p.refresh()
	p.selected = at
	p.settle(1)
	if read.err != nil {
		return p.fail(read.err)
	}
	return nil
}

// Handle chooses rows, and saves or drops the choice.
func (p *picker) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.SelectRow:
		if n, ok := in.Key.(int); ok {
			p.selected = n
			return p.toggle(), true
		}
	case intent.Act:
		switch in.ID {
		case intent.ActToggle, intent.ActAccept:
			return p.toggle(), true
		case intent.ActSave:
			return tea.Batch(p.close(), p.save(p.chosen)), true
		}
	}
	return p.chooser.Handle(in)
}

// toggle chooses the selected row, or chooses it no longer.
func (p *picker) toggle() tea.Cmd {
	if len(p.shown) == 0 {
		return nil
	}
	i := p.shown[p.selected].row
	value := p.typed()
	if i < len(p.values) {
		value = p.values[i]
	}
	if p.single {
		return tea.Batch(p.close(), p.save([]string{value}))
	}
	p.add(value)
	if at := slices.Index(p.chosen, value); at >= 0 {
		p.chosen = slices.Delete(p.chosen, at, at+1)
	} else {
		p.chosen = append(p.chosen, value)
	}
	p.filter.SetValue("")
	p.refresh()
	p.selected = slices.Index(p.values, value)
	p.settle(1)
	return nil
}

// Scopes has no letters: they are the search's.
func (p *picker) Scopes() []keymap.Scope {
	if p.single {
		return []keymap.Scope{keymap.ScopeChooser}
	}
	return []keymap.Scope{keymap.ScopePicker, keymap.ScopeChooser}
}
