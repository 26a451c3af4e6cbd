package links

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/linkcheck"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// Detail shows all about one problem.
type Detail struct {
	*host
	actions pane.Actions[*Detail]
	finding finding
	doc     document.Document
}

func newDetail(h *host, f finding) *Detail {
	return &Detail{host: h, actions: detailActions(), finding: f}
}

// detailActions have the keys of the list.
func detailActions() pane.Actions[*Detail] {
	const scope = keymap.ScopeLinks
	inList := func(id intent.ActionID) pane.Action[*Detail] {
		return pane.Unless(keymap.Action{ID: id, Scope: scope}, func(p *Detail) string {
			return p.Keys.Key(scope, intent.ActBack) + " goes back to the list"
		}, func(*Detail) tea.Cmd { return nil })
	}
	return pane.Actions[*Detail]{
		inList(intent.ActOpen),
		pane.Unless(keymap.Action{ID: actFix, Scope: scope}, func(p *Detail) string { return p.finding.unfixable() },
			func(p *Detail) tea.Cmd { return tea.Batch(p.Close(), askFix(p.host, p.finding.Drift)) }),
		pane.Unless(keymap.Action{ID: intent.ActBrowse, Scope: scope}, func(p *Detail) string { return p.finding.withoutTicket() },
			func(p *Detail) tea.Cmd { return p.Browse(p.finding.Link.URL) }),
		inList(intent.ActRefresh),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope}, func(p *Detail) tea.Cmd { return p.Close() }),
	}
}

// Init reads nothing.
func (p *Detail) Init() tea.Cmd { return nil }

// Update takes nothing: what was found stays what it was.
func (p *Detail) Update(tea.Msg) tea.Cmd { return nil }

// Handle scrolls, closes, and does what is offered.
func (p *Detail) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// Draw shows the problem.
func (p *Detail) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	frame := draw.Box{Title: "Link", Facts: string(p.finding.Kind)}
	if p.finding.Story.ID != 0 {
		frame.Title = fmt.Sprintf("%s and %s", p.finding.Story.ID, p.finding.Link.Ticket.ID)
	}
	p.doc.Framed(c, r, frame, p.write, nil)
}

func (p *Detail) write(w *document.Writer) {
	d := p.finding.Drift
	w.Paragraph(nil, theme.Text, d.Text)
	w.Blank()
	fact := func(name, value string) {
		if value != "" {
			w.Paragraph([]draw.Run{{Role: theme.Muted, Text: fmt.Sprintf("%-12s", name)}}, theme.Text, draw.Line(value))
		}
	}
	if d.Story.ID != 0 {
		fact("story", d.Story.Name)
		fact("state", string(d.Story.State))
		fact("ticket", d.Link.URL)
	}
	fact("through", present.OrNone(d.Link.Integration))
	if d.Delivery != 0 {
		fact("delivery", strconv.FormatInt(int64(d.Delivery), 10))
	}
	w.Rule("Fix")
	w.Paragraph(nil, theme.Text, p.repairWords(d))
}

// repairWords says what a repair does, and what it does not touch.
func (p *Detail) repairWords(d linkcheck.Drift) string {
	fix, undo := p.Keys.Key(keymap.ScopeLinks, actFix), p.Keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	switch d.Repair {
	case linkcheck.RepairUnlink:
		return fmt.Sprintf("%s unlinks %s from the ticket. Story and ticket do not change; %s undoes it.", fix, d.Story.ID, undo)
	case linkcheck.RepairRelink:
		return fmt.Sprintf("%s links %s to %s and unlinks it from %s. Nothing is sent; %s undoes it.",
			fix, d.Story.ID, d.MergedInto, d.Link.Ticket.ID, undo)
	case linkcheck.RepairResend:
		return fmt.Sprintf("%s sends the private comment to %s again, after those that are waiting. "+
			"The ticket is checked once more first.", fix, d.Link.Ticket.ID)
	case linkcheck.RepairNone:
	}
	return map[linkcheck.Kind]string{
		linkcheck.Solved:          "Nothing to fix. Finish the story when its work is done.",
		linkcheck.Open:            "Nothing to fix. The agent who answers the customer can solve the ticket.",
		linkcheck.LeftView:        "Nothing to fix. Private comments still reach the ticket.",
		linkcheck.CommentRedacted: "Nothing to fix. The text stays in the list of deliveries.",
		linkcheck.CommentPublic:   "Open the ticket with " + p.Keys.Key(keymap.ScopeLinks, intent.ActBrowse) + " and make the comment private there. Zendesk has already notified the customer.",
		linkcheck.Unread:          "Check the integration with " + p.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations) + ", then compare again.",
	}[d.Kind]
}

// Scopes names the keys of the list: they do the same here.
func (p *Detail) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeLinks, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done here.
func (p *Detail) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }
