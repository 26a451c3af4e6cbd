package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
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
func (b *board) askFilter() tea.Cmd {
	part, before, restore := b.view.focus, b.query(), b.keepSelection()
	label, searched := "Filter", b.record(part).searched
	if searched {
		label = "Search all stories"
	}
	p := newPrompt(b.shell, label, before, func(text string) tea.Cmd {
		if err := b.setFilter(part, text); err != nil {
			return b.refuse(err.Error())
		}
		if searched {
			return b.remember(settingSearch, b.queryOf(part))
		}
		return nil
	})
	p.reads = true
	p.hint = searchHint(kindOf(part))
	p.typed = func(text string) tea.Cmd {
		p.problem = ""
		settled, becomes := tracker.BeginsTerm(kindOf(part), text)
		if err := b.setFilter(part, settled); err != nil {
			p.problem, becomes = err.Error(), ""
		}
		p.note = becomes
		return nil
	}
	p.cancelled = func() tea.Cmd {
		b.clearFilter(part)
		if searched {
			b.search(before)
		}
		restore()
		return nil
	}
	return b.open(p, placeLine)
}

// search fills the parts that show what a search finds. One that cannot be
// read, kept by another version perhaps, finds nothing.
func (b *board) search(query string) {
	for _, p := range b.view.table {
		if p.searched && b.setFilter(p.name, query) != nil {
			b.clearFilter(p.name)
		}
	}
}

// keepSelection returns what selects the row again that is selected now.
func (b *board) keepSelection() func() {
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
func (b *board) setFilter(part intent.PaneName, query string) error {
	q, err := b.service.Stories.ParseQuery(kindOf(part), query)
	switch {
	case err != nil:
		return err
	case q.Empty():
		b.clearFilter(part)
	case part == intent.PaneTickets:
		b.tickets.Show(table.Filter[ticketRow]{Query: query, Keep: func(r *ticketRow) bool { return q.Matches(r.ticket, r.text) }, Highlights: q.Highlights})
	default:
		b.stories[part].Show(table.Filter[storyRow]{Query: query, Keep: func(r *storyRow) bool { return q.Matches(&r.card, r.text) }, Highlights: q.Highlights})
	}
	return nil
}

// clearFilter shows all rows of a part, and none of a search.
func (b *board) clearFilter(part intent.PaneName) {
	all := table.Filter[storyRow]{}
	if b.record(part).searched {
		all.Keep = func(*storyRow) bool { return false }
	}
	if c := b.columnOf(part); c != nil {
		c.Show(all)
		return
	}
	b.tickets.Show(table.Filter[ticketRow]{})
}

// filtered is true where esc clears the filter of the focused part.
func (b *board) filtered() bool { return b.query() != "" && !b.record(b.view.focus).searched }

// query is the filter of the focused part.
func (b *board) query() string { return b.queryOf(b.view.focus) }

func (b *board) queryOf(part intent.PaneName) string {
	if c := b.columnOf(part); c != nil {
		return c.Filter.Query
	}
	return b.tickets.Filter.Query
}
