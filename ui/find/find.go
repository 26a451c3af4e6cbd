package find

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partFound is the list of what was found.
const partFound intent.PaneName = "found"

// nothingSelected says why an action cannot be done.
const nothingSelected = "nothing is selected"

// pageSize is how many stories, and how many tickets, are read at first; twice as many
// whenever the cursor comes to within ahead rows of the last one.
const (
	pageSize = 100
	ahead    = 40
)

// Pane searches the project's stories and tickets.
type Pane struct {
	*host
	actions pane.Actions[*Pane]
	rows    *table.Column[key, hit]
	widths  widths
	// begin is the search that it begins with, empty where it asks for one.
	begin string
	// query is the search as it was typed; what it means says which letters stand out.
	query string
	means search.Query
	known search.Known
	limit int
	// asked is the generation of the search under way, which stop ends; left counts what
	// has not come of it.
	asked, left int
	stop        context.CancelFunc
	stories     search.StoryHits
	tickets     search.TicketHits
	problem     string
	// unmoved is true while the cursor stays at the top, whatever is found last.
	unmoved bool
}

// storiesFound and ticketsFound bring what a search finds.
type (
	storiesFound struct {
		asked int
		hits  search.StoryHits
		err   error
	}
	ticketsFound struct {
		asked int
		hits  search.TicketHits
		err   error
	}
	// valuesKnown brings what completes a search.
	valuesKnown struct {
		search.Known
		err error
	}
)

// New makes the screen, to be opened with [pane.Body].
func New(c *command.Commands, s UseCases) *Pane {
	return &Pane{
		host: &host{c, s}, actions: actions(), rows: table.NewColumn[key, hit](partFound), limit: pageSize,
		stop: func() {},
	}
}

// Searching makes the screen begin with a search in place of asking for one.
func (p *Pane) Searching(query string) *Pane {
	p.begin = query
	return p
}

// Init asks what is searched for, where it does not begin with a search, and reads what
// completes it.
func (p *Pane) Init() tea.Cmd {
	service, project := p.Service, p.Project.ID
	first := p.ask
	if p.begin != "" {
		first = func() tea.Cmd { return p.search(p.begin) }
	}
	return tea.Batch(first(), p.Do(func(ctx context.Context) tea.Msg {
		known, err := service.Find.KnownValues(ctx, project)
		return valuesKnown{known, err}
	}))
}

// ask shows what answers the search that is typed.
func (p *Pane) ask() tea.Cmd {
	before := p.query
	ask := dialog.NewPrompt(p.Host, "Search", before, func(text string) tea.Cmd { return p.search(text) })
	ask.Reads = true
	ask.Hint = `words  "a phrase"  state:started  -not  OR  ( )  ? help  tab completes`
	ask.Complete = func(text string) string { return search.Complete(search.Everything, text, p.known) }
	ask.Typed = func(text string) tea.Cmd {
		settled, becomes := search.BeginsTerm(search.Everything, text)
		ask.Problem, ask.Note = "", becomes
		if _, _, err := search.ParseEverything(settled, nobody, p.Now); err != nil {
			ask.Problem, ask.Note = err.Error(), ""
			return nil
		}
		return p.search(settled)
	}
	ask.Cancelled = func() tea.Cmd {
		if before == "" && len(p.rows.All) == 0 {
			return p.Close()
		}
		return p.search(before)
	}
	return p.Open(ask, pane.Line)
}

func nobody() string { return "" }

// search shows what answers another search.
func (p *Pane) search(text string) tea.Cmd {
	text = strings.TrimSpace(text)
	if text == p.query {
		return nil
	}
	means, _, err := search.ParseEverything(text, nobody, p.Now)
	if err != nil {
		return p.Refuse(err.Error())
	}
	p.query, p.means, p.limit, p.unmoved = text, means, pageSize, true
	p.rows.Look++
	return p.run()
}

// run searches anew, in place of the search under way.
func (p *Pane) run() tea.Cmd {
	p.stop()
	p.asked, p.left, p.problem = p.Next(), 0, ""
	if p.query == "" {
		p.stories, p.tickets = search.StoryHits{}, search.TicketHits{}
		p.show()
		return nil
	}
	p.left = 2
	ctx, stop := context.WithCancel(p.Context())
	p.stop = stop
	asked, service, project, query, limit := p.asked, p.Service, p.Project.ID, p.query, p.limit
	return tea.Batch(
		p.Do(func(context.Context) tea.Msg {
			hits, err := service.Find.FindStories(ctx, project, query, limit)
			return storiesFound{asked, hits, err}
		}),
		p.Do(func(context.Context) tea.Msg {
			hits, err := service.Find.FindTickets(ctx, project, query, limit)
			return ticketsFound{asked, hits, err}
		}))
}

// Working while a search is under way.
func (p *Pane) Working() bool { return p.left > 0 }

// Settled reports whether all that was asked for has been found.
func (p *Pane) Settled() bool { return p.left == 0 }

// Closed ends the search under way.
func (p *Pane) Closed() tea.Cmd {
	p.stop()
	return nil
}

// Update takes what was found, and searches anew when something has changed.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if p.query != "" && msg.Hint.Has(tracker.HintStories|tracker.HintTickets) {
			return p.run()
		}
	case storiesFound:
		if msg.asked == p.asked {
			p.stories = msg.hits
			p.came(msg.err)
		}
	case ticketsFound:
		if msg.asked == p.asked {
			p.tickets = msg.hits
			p.came(msg.err)
		}
	case valuesKnown:
		p.known = msg.Known
		if msg.err != nil {
			return p.Warn("Names and labels cannot be completed: " + draw.Line(msg.err.Error()))
		}
	}
	return nil
}

func (p *Pane) came(err error) {
	p.left--
	if err != nil && p.problem == "" {
		p.problem = draw.Line(err.Error())
	}
	p.show()
}

// show makes the rows: stories, then tickets.
func (p *Pane) show() {
	rows := make([]hit, 0, len(p.stories.Stories)+len(p.tickets.Tickets))
	for _, s := range p.stories.Stories {
		rows = append(rows, ofStory(s, p.Initials))
	}
	for _, t := range p.tickets.Tickets {
		rows = append(rows, ofTicket(t))
	}
	if w := widthsOf(rows); w != p.widths {
		p.widths = w
		p.rows.Look++
	}
	p.rows.Set(rows)
	if p.unmoved {
		p.rows.Move(intent.ActTop)
	}
}

// turnDone includes the stories in Done, or leaves them out again.
func (p *Pane) turnDone() tea.Cmd {
	const term = "includedone:true"
	if p.query == "" {
		return p.Refuse("search for something first")
	}
	without := strings.TrimSpace(strings.ReplaceAll(" "+p.query+" ", " "+term+" ", " "))
	if without != p.query {
		return p.search(without)
	}
	return p.search(p.query + " " + term)
}

// Handle moves in the list and acts on its rows.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if table.HandleRows(p.rows, in) {
		p.unmoved = false
		return p.readOn(), true
	}
	return p.actions.Handle(p, in)
}

// readOn reads more where the cursor has come near to the last row.
func (p *Pane) readOn() tea.Cmd {
	more := p.stories.Total() > len(p.stories.Stories) || p.tickets.Total > len(p.tickets.Tickets)
	if !more || p.left > 0 || p.rows.List.Index() < len(p.rows.All)-ahead {
		return nil
	}
	p.limit *= 2
	return p.run()
}

// Scopes names the keys of the list.
func (p *Pane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeFind, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done on the selected row.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

func (p *Pane) noneSelected() string {
	if _, ok := p.rows.Selected(); !ok {
		return nothingSelected
	}
	return ""
}

// Subject is what the cursor is on.
func (p *Pane) Subject() pane.Subject {
	h, ok := p.rows.Selected()
	switch {
	case !ok:
		return pane.Subject{}
	case h.story != 0:
		return pane.Subject{Story: h.story}
	}
	return pane.OnTicket(h.integration, h.ticket, h.of.Stories)
}

// Draw shows the list, or how to search.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	in := c.Box(r, draw.Box{Title: p.title(), Facts: p.facts()})
	switch {
	case in.Empty():
	case p.problem != "":
		c.Text(in.X+1, in.Y, in.W-2, theme.Danger, p.problem)
	case len(p.rows.All) > 0:
		table.DrawRows(c, in, p.rows, func(w *theme.RowWriter, t *theme.Theme, h hit) { h.draw(w, t, p.widths, p.means.Highlights) })
	case p.query == "":
		drawGuide(c, in)
	case p.left > 0:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, setting.When(p.Slow(), "Searching…"))
	default:
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, p.nothing())
	}
}

// nothing says that nothing was found, and what was that is not shown.
func (p *Pane) nothing() string {
	if n := p.stories.Done; n > 0 {
		return fmt.Sprintf("Nothing matches outside Done. %s in Done: %s shows them.", present.StoryCount(n), p.Keys.Key(keymap.ScopeFind, "include-done"))
	}
	return "Nothing matches."
}

func (p *Pane) title() string {
	if p.query == "" {
		return "Search"
	}
	return "Search · " + draw.Line(p.query)
}

// facts count what was found: all of it, also what is not shown.
func (p *Pane) facts() string {
	if p.query == "" || p.left > 0 && len(p.rows.All) == 0 {
		return ""
	}
	facts := present.StoryCount(p.stories.Total())
	switch n := text.Count(p.stories.Done); {
	case p.stories.Done == 0:
	case p.stories.WithDone:
		facts += ", " + n + " in Done"
	default:
		facts += " + " + n + " in Done"
	}
	tickets := text.Count(p.tickets.Total) + " tickets"
	if p.tickets.Total == 1 {
		tickets = "1 ticket"
	}
	return facts + " · " + tickets
}

// drawGuide says how to search.
func drawGuide(c *draw.Canvas, r draw.Rect) {
	at := r.Y
	for _, l := range search.Guide() {
		if at >= r.Y+r.H {
			return
		}
		const width = 24
		c.Text(r.X+1, at, min(width, r.W-2), theme.Accent, l[0])
		c.Text(r.X+2+width, at, r.W-width-3, theme.Muted, l[1])
		at++
	}
	if at+1 < r.Y+r.H {
		c.Text(r.X+1, at+1, r.W-2, theme.Muted, "Terms: "+strings.Join(search.Fields(search.Everything), ", "))
	}
}
