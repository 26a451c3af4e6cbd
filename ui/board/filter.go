package board

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/row"
	"storydesk/ui/setting"
	"storydesk/ui/table"
)

// kindOf is what a search of a part goes through.
func kindOf(part intent.PaneName) tracker.SearchKind {
	if part == intent.PaneTickets {
		return tracker.SearchTickets
	}
	return tracker.SearchStories
}

// askFilter narrows the focused part while it is typed. esc brings back what was
// shown before a search, else all rows, and the row that was selected.
func (b *Board) askFilter() tea.Cmd {
	part, before, restore := b.view.Focus, b.query(), b.keepSelection()
	label, searched := "Filter", b.record(part).Searched
	if searched {
		label = "Search all stories"
	}
	p := dialog.NewPrompt(b.Host, label, before, func(text string) tea.Cmd {
		if err := b.setFilter(part, text); err != nil {
			return b.Refuse(err.Error())
		}
		if searched {
			return b.Remember(setting.Search, b.queryOf(part))
		}
		return nil
	})
	p.Reads = true
	p.Hint = searchHint(kindOf(part))
	p.Typed = func(text string) tea.Cmd {
		p.Problem = ""
		settled, becomes := tracker.BeginsTerm(kindOf(part), text)
		if err := b.setFilter(part, settled); err != nil {
			p.Problem, becomes = err.Error(), ""
		}
		p.Note = becomes
		return nil
	}
	p.Cancelled = func() tea.Cmd {
		b.clearFilter(part)
		if searched {
			b.search(before)
		}
		restore()
		return nil
	}
	return b.Open(p, pane.Line)
}

// search fills the parts that show what a search finds. One that cannot be
// read, kept by another version perhaps, finds nothing.
func (b *Board) search(query string) {
	for _, p := range b.view.Table {
		if p.Searched && b.setFilter(p.Name, query) != nil {
			b.clearFilter(p.Name)
		}
	}
}

// keepSelection returns what selects the row again that is selected now.
func (b *Board) keepSelection() func() {
	if c := b.column(); c != nil {
		key, _ := c.List.Selected()
		return func() { c.List.SelectKey(key) }
	}
	key, _ := b.tickets.List.Selected()
	return func() { b.tickets.List.SelectKey(key) }
}

// searchHint tells what a search can ask for.
func searchHint(kind tracker.SearchKind) string {
	return strings.Join(tracker.SearchFields(kind), ": ") + `:  -not  "a phrase"  ? help`
}

// setFilter shows only the rows of a part that answer a search. One that cannot
// be read changes nothing.
func (b *Board) setFilter(part intent.PaneName, query string) error {
	q, err := b.Service.Stories.ParseQuery(kindOf(part), query)
	switch {
	case err != nil:
		return err
	case q.Empty():
		b.clearFilter(part)
	case part == intent.PaneTickets:
		b.tickets.Show(table.Filter[row.Ticket]{Query: query, Keep: func(r *row.Ticket) bool { return q.Matches(r.Ticket, r.Text) }, Highlights: q.Highlights})
	default:
		b.stories[part].Show(table.Filter[row.Story]{Query: query, Keep: func(r *row.Story) bool { return q.Matches(&r.Card, r.Text) }, Highlights: q.Highlights})
	}
	return nil
}

// clearFilter shows all rows of a part, and none of a search.
func (b *Board) clearFilter(part intent.PaneName) {
	all := table.Filter[row.Story]{}
	if b.record(part).Searched {
		all.Keep = func(*row.Story) bool { return false }
	}
	if c := b.columnOf(part); c != nil {
		c.Show(all)
		return
	}
	b.tickets.Show(table.Filter[row.Ticket]{})
}

// filtered is true where esc clears the filter of the focused part.
func (b *Board) filtered() bool { return b.query() != "" && !b.record(b.view.Focus).Searched }

// query is the filter of the focused part.
func (b *Board) query() string { return b.queryOf(b.view.Focus) }

func (b *Board) queryOf(part intent.PaneName) string {
	if c := b.columnOf(part); c != nil {
		return c.Filter.Query
	}
	return b.tickets.Filter.Query
}
