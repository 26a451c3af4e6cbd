package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/text"
)

// kindOf is what a search of a part goes through.
func kindOf(part paneName) tracker.SearchKind {
	if part == paneTickets {
		return tracker.SearchTickets
	}
	return tracker.SearchStories
}

// askFilter narrows the focused part while it is typed; esc brings all rows
// back, and the row that was selected.
func (b *board) askFilter() tea.Cmd {
	part, restore := b.view.focus, b.keepSelection()
	p := newPrompt(b.shell, "Filter", b.query(), func(text string) tea.Cmd {
		if err := b.setFilter(part, text); err != nil {
			return b.warn(err.Error())
		}
		return nil
	})
	p.hint = searchHint(kindOf(part))
	p.typed = func(text string) tea.Cmd {
		p.problem = ""
		if err := b.setFilter(part, text); err != nil {
			p.problem = err.Error()
		}
		return nil
	}
	p.cancelled = func() tea.Cmd {
		b.clearFilter(part)
		restore()
		return nil
	}
	return b.open(p, placeLine)
}

// keepSelection returns what selects the row again that is selected now.
func (b *board) keepSelection() func() {
	if c := b.column(); c != nil {
		key, _ := c.list.Selected()
		return func() { c.list.SelectKey(key) }
	}
	key, _ := b.tickets.list.Selected()
	return func() { b.tickets.list.SelectKey(key) }
}

// searchHint tells what a search can ask for.
func searchHint(kind tracker.SearchKind) string {
	return strings.Join(tracker.SearchFields(kind), ": ") + `:  -not  "a phrase"`
}

// setFilter shows only the rows of a part that answer a search. One that cannot
// be read changes nothing.
func (b *board) setFilter(part paneName, query string) error {
	q, err := b.service.ParseQuery(kindOf(part), query)
	switch {
	case err != nil:
		return err
	case q.Empty():
		b.clearFilter(part)
	case part == paneTickets:
		b.tickets.show(filter[ticketRow]{query, func(r *ticketRow) bool { return q.Matches(r.ticket, r.text) }, q.Highlights})
	default:
		b.stories[part].show(filter[storyRow]{query, func(r *storyRow) bool { return q.Matches(&r.card, r.text) }, q.Highlights})
	}
	return nil
}

// clearFilter shows all rows of a part.
func (b *board) clearFilter(part paneName) {
	if c := b.columnOf(part); c != nil {
		c.show(filter[storyRow]{})
		return
	}
	b.tickets.show(filter[ticketRow]{})
}

// query is the filter of the focused part.
func (b *board) query() string { return b.queryOf(b.view.focus) }

func (b *board) queryOf(part paneName) string {
	if c := b.columnOf(part); c != nil {
		return c.filter.query
	}
	return b.tickets.filter.query
}

// titleIn is a part's title with its filter, as much of that as leaves room.
func (b *board) titleIn(part paneName, room int) string {
	name := b.partTitle(part)
	if query := b.queryOf(part); query != "" {
		return text.Truncate(name+" /"+cell(query), max(room, text.Width(name)))
	}
	return name
}
