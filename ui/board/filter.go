package board

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/board/columns"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/row"
	"storydesk/ui/setting"
	"storydesk/ui/table"
)

// filters narrow the parts of the board to the rows that answer a search.
type filters struct {
	*host
	columns *columns.Columns
	// epics are those of the project, by which stories are found.
	epics []tracker.Epic
}

// newFilters shows all rows of all parts, and none of those that search.
func newFilters(h *host, c *columns.Columns) *filters {
	f := &filters{host: h, columns: c}
	for part := range c.Stories {
		f.clear(part)
	}
	return f
}

// kindOf is what a search of a part goes through.
func kindOf(part intent.PaneName) search.Kind {
	switch part {
	case intent.PaneTickets, intent.PaneAnswer:
		return search.Tickets
	case intent.PaneEpics:
		return search.Epics
	default:
		return search.Cards
	}
}

// ask narrows the focused part while the filter is typed. esc brings back what was
// shown before a search, else all rows, and the row that was selected.
func (f *filters) ask() tea.Cmd {
	part := f.columns.View.Focus
	before, restore := f.columns.Query(part), columns.Selection{Columns: f.columns}.Keep()
	label, searched := "Filter", f.columns.Searches(part)
	if searched {
		label = "Search all stories"
	}
	p := dialog.NewPrompt(f.Host, label, before, func(text string) tea.Cmd {
		if err := f.set(part, text); err != nil {
			return f.Refuse(err.Error())
		}
		if searched {
			f.Remember(setting.Search, f.columns.Query(part))
		}
		return nil
	})
	p.Reads = true
	p.Hint = searchHint(kindOf(part))
	p.Complete = func(text string) string { return search.Complete(kindOf(part), text, f.columns.Known()) }
	p.Typed = func(text string) tea.Cmd {
		p.Problem = ""
		settled, becomes := search.BeginsTerm(kindOf(part), text)
		if err := f.set(part, settled); err != nil {
			p.Problem, becomes = err.Error(), ""
		}
		p.Note = becomes
		return nil
	}
	p.Cancelled = func() tea.Cmd {
		f.clear(part)
		if searched {
			f.search(before)
		}
		restore()
		return nil
	}
	return f.Open(p, pane.Line)
}

// search fills the parts that show what a search finds. One that cannot be read,
// saved by another version perhaps, finds nothing.
func (f *filters) search(query string) {
	for _, p := range f.columns.View.Table {
		if p.Searched && f.set(p.Name, query) != nil {
			f.clear(p.Name)
		}
	}
}

// searched is the search of the parts that search.
func (f *filters) searched() string {
	for _, p := range f.columns.View.Table {
		if p.Searched {
			return f.columns.Query(p.Name)
		}
	}
	return ""
}

// learn notes the epics of the project, and finds the stories again that were found by others,
// or by initials that were chosen anew.
func (f *filters) learn(epics []tracker.Epic, renamed bool) {
	if slices.Equal(f.epics, epics) && !renamed {
		return
	}
	f.epics = epics
	for part, c := range f.columns.Stories {
		if q, err := f.Service.Stories.ParseQuery(search.Cards, c.Filter.Query); err == nil && (q.AsksEpics() || q.AsksPeople()) {
			_ = f.set(part, c.Filter.Query) // it was read before
		}
	}
}

// searchHint says what a search can ask for.
func searchHint(kind search.Kind) string {
	return strings.Join(search.Fields(kind), ": ") + `:  -not  "a phrase"  ? help`
}

// set shows only the rows of a part that answer a search. One that cannot be read
// changes nothing.
func (f *filters) set(part intent.PaneName, query string) error {
	q, err := f.Service.Stories.ParseQuery(kindOf(part), query)
	q = q.In(f.Project)
	tickets := f.columns.TicketsOf(part)
	var beyond *search.BeyondError
	switch {
	case errors.As(err, &beyond):
		return tracker.Invalid("search", "rows do not say %s: %s searches all stories by %s",
			beyond.Term, f.Keys.Key(keymap.ScopeGlobal, intent.ActFind), strings.Join(beyond.Terms, ", "))
	case err != nil:
		return err
	case q.Empty():
		f.clear(part)
	case tickets != nil:
		if part == intent.PaneTickets {
			f.columns.ShowsAside = q.AsksAside()
		}
		tickets.Show(table.Filter[row.Ticket]{Query: query, Keep: func(r *row.Ticket) bool { return q.MatchesIn(search.Ticket(r.Ticket), r.Text) }, Highlights: q.Highlights})
	case f.columns.Record(part).Epics:
		f.columns.Epics.Show(table.Filter[row.Epic]{Query: query, Keep: func(r *row.Epic) bool {
			return q.Matches(search.OfEpic(&r.Epic))
		}, Highlights: q.Highlights})
	default:
		q = q.WithEpics(f.epics).WithInitials(f.Initials)
		f.columns.Of(part).Show(table.Filter[row.Story]{Query: query, Keep: func(r *row.Story) bool { return q.MatchesIn(search.Card(&r.Card), r.Text) }, Highlights: q.Highlights})
	}
	return nil
}

// clear shows all rows of a part, and none of one that searches.
func (f *filters) clear(part intent.PaneName) {
	if tickets := f.columns.TicketsOf(part); tickets != nil {
		if part == intent.PaneTickets {
			f.columns.ShowsAside = false
		}
		tickets.Show(table.Filter[row.Ticket]{})
		return
	}
	if f.columns.Record(part).Epics {
		f.columns.Epics.Show(table.Filter[row.Epic]{})
		return
	}
	all := table.Filter[row.Story]{}
	if f.columns.Searches(part) {
		all.Keep = func(*row.Story) bool { return false }
	}
	f.columns.Of(part).Show(all)
}

// narrows reports whether a part has a filter that esc clears.
func (f *filters) narrows(part intent.PaneName) bool {
	return f.columns.Query(part) != "" && !f.columns.Searches(part)
}
