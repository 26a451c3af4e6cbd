package board

import (
	"time"

	"storydesk/ui/board/columns"
	"storydesk/ui/board/dividers"
	"storydesk/ui/board/mover"
	"storydesk/ui/board/rows"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/present"
	"storydesk/ui/row"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// painter draws the parts for which there is room, and records what the mouse can
// do with them.
type painter struct {
	*host
	columns  *columns.Columns
	panel    *panel
	reader   *reader
	dividers *dividers.Dividers
	titles   *titles
	unfolder *unfolder
	mover    *mover.Mover
	// previewer shows the selected row beside the parts.
	previewer *previewer
	// words are where the next actions of rows can be clicked, as drawn lately.
	words row.Words
	plans row.Plans
	// rows are where the rows of each part were drawn last.
	rows map[intent.PaneName]draw.Rect
}

// draw draws the parts.
func (p *painter) draw(c *draw.Canvas, r draw.Rect) {
	focused := c.Focused
	p.dividers.Room = r
	l := layout.Split(r, p.columns.View)
	clear(p.rows)
	p.drawStrip(c, l.Strip)
	for _, placed := range l.Parts {
		c.Focused = focused && placed.Name == p.columns.View.Focus
		p.drawPart(c, placed, l.Tab)
	}
	p.dividers.Hit(c, l)
	c.Focused = false
	p.previewer.draw(c, l.Preview, p.reader.loaded)
	c.Focused = focused
}

// drawPart draws a part in its border, which may name the part without room.
func (p *painter) drawPart(c *draw.Canvas, placed layout.Placed, tab intent.PaneName) {
	part, at := placed.Name, placed.Rect
	const borders = 10 // what a border keeps beside its two texts
	facts := p.titles.facts(part, at.W-borders-text.Width(p.titles.ordered(part)))
	frame := draw.Box{Title: p.titles.full(part, at.W-borders-text.Width(facts)), Facts: facts, Lit: p.mover.AimsAt(part)}
	tabbed := part == p.columns.View.Column && tab != ""
	if marked, filtered := p.titles.marked(part); tabbed && !filtered {
		frame.Facts = p.factsBeside(at, frame, tab, facts, marked, p.titles.count(part))
	}
	in := c.Box(at, frame)
	hitFrame(c, at, part)
	if tabbed {
		p.drawTab(c, p.tabAt(at, frame, tab), tab)
	}
	switch part {
	case intent.PaneTickets:
		p.drawTickets(c, in, p.columns.Tickets, p.plans.Tickets, p.panel.told, p.panel.none)
	case intent.PaneAnswer:
		p.drawTickets(c, in, p.columns.Answer, p.plans.Answer, p.panel.answerTold, p.noAnswers)
	case intent.PaneEpics:
		p.drawEpics(c, in, p.columns.Epics)
	default:
		p.drawStories(c, in, p.columns.Of(part))
	}
}

func (p *painter) drawTickets(c *draw.Canvas, r draw.Rect, tickets *columns.TicketColumn, planner *row.Planner[row.TicketFacts], told row.TicketFacts, none func() string) {
	if !p.reader.loaded {
		none = p.notLoaded
	}
	// The ages of all rows are of one moment, however long they have been cached.
	now := p.Now().Truncate(time.Minute)
	plan := planner.Plan(r.W, told)
	r = row.DrawHeading(c, r, planner)
	p.rows[tickets.Name] = r
	tickets.Look = table.Version([...]uint64{uint64(now.Unix() / 60), plan.Version}) //nolint:gosec // only compared
	rows.Draw(c, r, tickets, none, func(w *theme.RowWriter, t row.Ticket, marked bool) {
		t.Draw(w, c.Theme, plan, marked, now, tickets.Highlights(t.Subject))
	})
}

func (p *painter) drawStories(c *draw.Canvas, r draw.Rect, col *columns.StoryColumn) {
	p.unfolder.layOut(col, r.W)
	planner := p.plans.Stories[col.Name]
	told := row.StoryFactsOf(col.All)
	told.Minute = p.Now().Unix() / 60
	if col.Name == intent.PaneDemand {
		told.Order = p.columns.Demand
	}
	plan := planner.Plan(r.W, told)
	r = row.DrawHeading(c, r, planner)
	p.rows[col.Name] = r
	col.Look = table.Version([...]uint64{plan.Version, p.OthersVersion})
	rows.Draw(c, r, col, func() string { return p.noStories(col) }, func(w *theme.RowWriter, s row.Story, marked bool) {
		others, _ := present.Others(p.Others, s.Card.ID, p.Initials)
		s.Beside(others).Draw(w, c.Theme, plan, p.Project, marked, col.Highlights(s.Card.Name))
	})
	for y := range r.H {
		if i, ok := col.List.IndexAt(y); ok {
			if s, ok := col.Row(i); ok {
				p.words.Hit(c, r.Row(y), col.Name, s, plan, p.Project)
			}
		}
	}
}

func (p *painter) drawEpics(c *draw.Canvas, r draw.Rect, col *columns.EpicColumn) {
	plan := p.plans.Epics.Plan(r.W, row.EpicFactsOf(col.All))
	r = row.DrawHeading(c, r, p.plans.Epics)
	p.rows[col.Name] = r
	col.Look = plan.Version
	rows.Draw(c, r, col, p.noEpics, func(w *theme.RowWriter, e row.Epic, _ bool) {
		e.Draw(w, c.Theme, plan, col.Highlights(e.Name))
	})
}

// noEpics says why no epic is shown.
func (p *painter) noEpics() string {
	switch {
	case !p.reader.loaded:
		return p.notLoaded()
	case p.columns.Epics.Filter.Query != "":
		return "No epic matches. " + p.Keys.Key(keymap.ScopeBoard, intent.ActBack) + " clears the filter."
	}
	return p.columns.None(intent.PaneEpics, p.Keys)
}

// noAnswers says why no ticket to be answered is shown.
func (p *painter) noAnswers() string {
	switch {
	case p.panel.id == 0:
		return p.panel.none()
	case p.columns.Answer.Filter.Query != "":
		return noTicketMatches(p.Keys)
	}
	return p.columns.None(intent.PaneAnswer, p.Keys)
}

// noStories says why a column shows no stories.
func (p *painter) noStories(col *columns.StoryColumn) string {
	switch {
	case !p.reader.loaded:
		return p.notLoaded()
	case col.Filter.Query != "" && p.columns.Record(col.Name).Searched:
		return "No story matches. " + p.Keys.Key(keymap.ScopeBoard, intent.ActFilter) + " searches for something else."
	case col.Filter.Query != "":
		return "No story matches. " + p.Keys.Key(keymap.ScopeBoard, intent.ActBack) + " clears the filter."
	}
	return p.columns.None(col.Name, p.Keys)
}

// notLoaded is shown until something was read.
func (p *painter) notLoaded() string { return setting.When(p.Slow(), "loading…") }

// hitFrame records what the mouse can do with a part's border.
func hitFrame(c *draw.Canvas, r draw.Rect, part intent.PaneName) {
	frame := draw.Region{Rect: r, Click: intent.FocusPart{Part: part}, Wheel: part}
	c.Hit(frame)
	frame.Row.Part = part
	frame.Rect, frame.Edge = r.Row(0), -1
	c.Hit(frame)
	frame.Rect, frame.Edge = r.Row(r.H-1), 1
	c.Hit(frame)
}

// tabAt is the room for the name of the part without room beside the title of
// one that has; empty where the border's texts leave none.
func (p *painter) tabAt(r draw.Rect, frame draw.Box, tab intent.PaneName) draw.Rect {
	at := draw.Rect{X: r.X + text.Width(frame.Title) + 6, Y: r.Y, W: text.Width(p.titles.name(tab)) + 2, H: 1}
	if at.X+at.W+text.Width(frame.Facts)+5 > r.X+r.W {
		return draw.Rect{}
	}
	return at
}

// factsBeside are the first facts that leave room for the tab, else the last.
func (p *painter) factsBeside(r draw.Rect, frame draw.Box, tab intent.PaneName, facts ...string) string {
	for _, frame.Facts = range facts {
		if frame.Facts != "" && !p.tabAt(r, frame, tab).Empty() {
			break
		}
	}
	return frame.Facts
}

// drawTab names the part without room.
func (p *painter) drawTab(c *draw.Canvas, r draw.Rect, tab intent.PaneName) {
	if r.Empty() {
		return
	}
	c.Text(r.X, r.Y, r.W, theme.Muted, " "+p.titles.name(tab)+" ")
	c.Hit(draw.Region{Rect: r, Row: intent.SelectRow{Part: tab}, Tab: true, Click: intent.FocusPart{Part: tab}})
}

// drawStrip names all parts, where some have no room.
func (p *painter) drawStrip(c *draw.Canvas, r draw.Rect) {
	if r.Empty() {
		return
	}
	x := r.X
	parts := p.columns.View.Parts()
	for i, label := range p.titles.strip(parts, r.W) {
		role, tab := theme.Muted, draw.Region{Click: intent.FocusPart{Part: parts[i]}}
		if parts[i] == p.columns.View.Focus {
			role = theme.Accent | theme.Bold
		} else {
			tab.Row.Part, tab.Tab = parts[i], true
		}
		w := min(text.Width(label), r.X+r.W-x)
		c.Text(x, r.Y, w, role, label)
		tab.Rect = draw.Rect{X: x, Y: r.Y, W: w, H: 1}
		c.Hit(tab)
		x += w
	}
}
