package find

import (
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/search"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// key names a row: one of a story and a ticket of an integration.
type key struct {
	story       tracker.StoryID
	integration tracker.IntegrationID
	ticket      tracker.TicketID
}

// hit is a story or a ticket that was found. Its texts are sanitised.
type hit struct {
	key
	card tracker.Card
	// of is the ticket, where it is one.
	of tracker.TicketRow
	// number, state and name are those of either; about says what a search stands in, or
	// whose the ticket is; behind are owners, or the ticket's stories.
	number, state, name, about, behind string
	version                            uint64
}

// RowKey implements table.Row.
func (h hit) RowKey() key { return h.key }

// RowVersion implements table.Row.
func (h hit) RowVersion() uint64 { return h.version }

// versioned is the row with the version of all that it shows.
func (h hit) versioned() hit {
	h.version = table.Version([...]uint64{
		table.Text(h.number), table.Text(h.state), table.Text(h.name), table.Text(h.about), table.Text(h.behind), table.Text(string(h.card.Type)),
	})
	return h
}

func ofStory(s search.StoryHit, initials map[string]string) hit {
	h := hit{key: key{story: s.ID}, card: s.Card, number: s.ID.String(), state: string(s.State), name: present.Cell(s.Name), behind: present.Owners(s.Owners, initials)}
	if e := s.Excerpt; e.Text != "" {
		h.about = e.Kind
		if e.Author != "" {
			h.about += " by " + present.Cell(e.Author)
		}
		h.about += ": " + present.Cell(e.Text)
	}
	return h.versioned()
}

func ofTicket(t search.TicketHit) hit {
	h := hit{
		key: key{integration: t.Integration, ticket: t.ID}, of: t.TicketRow, number: present.Cell(kind.TicketLabel(t.Ticket)), state: present.Cell(string(t.Status)),
		name: present.Cell(t.Subject),
	}
	var about []string
	for _, who := range []string{t.Requester, t.Organization} {
		if who != "" {
			about = append(about, present.Cell(who))
		}
	}
	h.about = strings.Join(about, ", ")
	var stories []string
	for _, s := range t.Stories {
		stories = append(stories, s.ID.String())
	}
	h.behind = strings.Join(stories, " ")
	return h.versioned()
}

// The widest that a row's end gets, and the room from which there is a state.
const (
	maxBehind    = 16
	roomForState = 50
	stateWidth   = len("unscheduled")
)

// widths are how wide what the rows tell is at most.
type widths struct{ number, behind int }

func widthsOf(rows []hit) widths {
	var w widths
	for _, h := range rows {
		w.number = max(w.number, text.Width(h.number))
		w.behind = min(maxBehind, max(w.behind, text.Width(h.behind)))
	}
	return w
}

// draw draws the row: what it is, its number and state, its name, and where the search
// stands in it. The characters of the name that were searched for stand out.
func (h hit) draw(w *theme.RowWriter, t *theme.Theme, c widths, highlights func(string) []int) {
	mark, role := present.StatusMark(h.of.Status)
	if h.story != 0 {
		glyph, of := present.TypeGlyph(h.card.Type)
		mark, role = t.Glyph(glyph), of
	}
	w.Add(role, text.Fit(mark, 2))
	w.Add(theme.Muted, text.Fit(h.number, c.number)+" ")
	if w.Left() >= roomForState {
		w.Add(theme.Muted, text.Fit(h.state, stateWidth)+" ")
	}
	name := theme.Text
	if h.card.State == tracker.Accepted {
		name = theme.Muted
	}
	end := 0
	if c.behind > 0 {
		end = c.behind + 1
	}
	if h.about == "" {
		w.FillMatched(name, h.name, highlights(h.name), end)
	} else {
		shown := text.Truncate(h.name, max(1, (w.Left()-end)*3/5))
		w.FillMatched(name, shown, highlights(shown), w.Left()-text.Width(shown))
		w.Fill(theme.Muted, " · "+h.about, end)
	}
	if end > 0 {
		w.Add(theme.Muted, " "+text.Fit(h.behind, c.behind))
	}
}
