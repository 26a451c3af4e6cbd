package board

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/board/epics"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/row"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// restTime is how long the cursor rests on a row before more is asked about it
// than is saved here: less than people need to read a line, and more than they
// need for the next key.
const restTime = 150 * time.Millisecond

// keptDetails is how many details are kept to be shown at once when the cursor
// comes back.
const keptDetails = 24

// Detail is a ticket, a story or an epic as the preview shows it.
type Detail interface {
	Update(msg tea.Msg) tea.Cmd
	Handle(in intent.Intent) (tea.Cmd, bool)
	Draw(c *draw.Canvas, r draw.Rect)
	Working() bool
	// Recall reads what is saved here.
	Recall() tea.Cmd
	// Attend notes that the user looks at it, and asks Zendesk for what is not saved
	// here. updated is the last update of a ticket that is known, zero for a story.
	Attend(updated time.Time) tea.Cmd
	// Leave ends what Attend began.
	Leave()
}

// Details make what the preview shows.
type Details struct {
	// Ticket makes the detail of an integration's ticket. What the row knows is shown
	// until more was read.
	Ticket func(in tracker.IntegrationID, t tracker.TicketRow) Detail
	Story  func(c tracker.Card) Detail
}

// previewer shows what the cursor is on beside the parts. What is saved here is
// read at once, the rest when the cursor has rested.
type previewer struct {
	*pane.Host
	epics     Epics
	selection columns.Selection
	panel     *panel
	details   Details
	// shown is what the preview shows, the zero value for nothing.
	shown preview
	// kept are the details shown lately, the last one at the end.
	kept []preview
	// resting is the generation of the rest that is waited for, 0 for none.
	resting int
}

// preview is the detail of a row.
type preview struct {
	subject
	detail Detail
}

// subject is what the cursor is on: a ticket, a story or an epic.
type subject struct {
	integration tracker.IntegrationID
	ticket      tracker.TicketID
	// updated is the ticket's last update.
	updated time.Time
	story   tracker.StoryID
	epic    tracker.EpicID
}

// same reports whether both are of one ticket, story or epic, as it is now or was.
func (s subject) same(o subject) bool {
	return s.integration == o.integration && s.ticket == o.ticket && s.story == o.story && s.epic == o.epic
}

// rested reports that the cursor has rested.
type rested struct{ generation int }

func newPreviewer(h *host, s columns.Selection, p *panel, d Details) *previewer {
	return &previewer{Host: h.Host, epics: h.Service.Epics, selection: s, panel: p, details: d}
}

// selected is what the cursor is on, and makes its detail.
func (p *previewer) selected() (subject, func() Detail) {
	if !p.selection.View.Previewed() {
		return subject{}, nil
	}
	if t, ok := p.selection.Ticket(); ok {
		in := p.panel.id
		return subject{integration: in, ticket: t.ID, updated: t.Ticket.UpdatedAt}, func() Detail { return p.details.Ticket(in, *t.Ticket) }
	}
	if c, ok := p.selection.Story(); ok {
		return subject{story: c.ID}, func() Detail { return p.details.Story(c) }
	}
	if e, ok := p.selection.Epic(); ok {
		id := e.Epic.ID
		return subject{epic: id}, func() Detail {
			return epics.NewDetail(p.Host, p.epics, id, func() (row.Epic, bool) { return p.selection.Epics.Find(id) })
		}
	}
	return subject{}, nil
}

// follow shows what the cursor is on now.
func (p *previewer) follow() tea.Cmd {
	now, detailOf := p.selected()
	if now == p.shown.subject {
		return nil
	}
	if now.same(p.shown.subject) {
		p.shown.subject = now
		return p.rest()
	}
	p.leave()
	if detailOf == nil {
		return nil
	}
	return tea.Batch(p.show(now, detailOf), p.rest())
}

// show shows a subject, as it was shown last where that is kept.
func (p *previewer) show(now subject, detailOf func() Detail) tea.Cmd {
	i := slices.IndexFunc(p.kept, func(k preview) bool { return k.same(now) })
	if i >= 0 {
		p.shown = preview{now, p.kept[i].detail}
		p.kept = slices.Delete(p.kept, i, i+1)
	} else {
		p.shown = preview{now, detailOf()}
	}
	p.kept = append(p.kept, p.shown)
	if len(p.kept) > keptDetails {
		p.kept = slices.Delete(p.kept, 0, 1)
	}
	return p.shown.detail.Recall()
}

// leave shows nothing any more, and ends what is read for it.
func (p *previewer) leave() {
	if p.shown.detail != nil {
		p.shown.detail.Leave()
	}
	p.shown, p.resting = preview{}, 0
}

// rest waits until the cursor has rested.
func (p *previewer) rest() tea.Cmd {
	p.resting = p.Next()
	generation := p.resting
	return tea.Tick(restTime, func(time.Time) tea.Msg { return rested{generation} })
}

// update hands results to what is shown.
func (p *previewer) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.ClipboardMsg:
		return nil // what is typed is not for a preview
	case rested:
		if msg.generation != p.resting || p.shown.detail == nil {
			return nil
		}
		p.resting = 0
		return p.shown.detail.Attend(p.shown.updated)
	}
	if p.shown.detail == nil {
		return nil
	}
	return p.shown.detail.Update(msg)
}

// scroll moves what is shown by lines, down when positive.
func (p *previewer) scroll(lines int) tea.Cmd {
	if p.shown.detail == nil {
		return nil
	}
	cmd, _ := p.shown.detail.Handle(intent.Scroll{Part: intent.PanePreview, Rows: lines})
	return cmd
}

// cannotScroll says why there is nothing to scroll, empty when there is.
func (p *previewer) cannotScroll() string {
	switch {
	case p.shown.detail != nil:
		return ""
	case p.selection.View.Previewed():
		return "nothing is selected"
	}
	return "the preview is hidden"
}

// settled reports whether all that is shown has been read.
func (p *previewer) settled() bool { return p.resting == 0 && !p.working() }

func (p *previewer) working() bool { return p.shown.detail != nil && p.shown.detail.Working() }

// draw draws the preview; loaded is false while nobody knows yet what is selected. A
// click leads into the detail itself.
func (p *previewer) draw(c *draw.Canvas, r draw.Rect, loaded bool) {
	if r.Empty() {
		return
	}
	if p.shown.detail == nil {
		in := c.Box(r, draw.Box{Title: "Preview"})
		c.Text(in.X+1, in.Y, in.W-1, theme.Muted, setting.When(loaded, "Nothing is selected."))
		return
	}
	p.shown.detail.Draw(c, r)
	c.Hit(draw.Region{Rect: r, Click: intent.Act{ID: intent.ActOpen}, Wheel: intent.PanePreview})
}
