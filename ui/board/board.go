package board

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/theme"
)

// Board shows the tickets of one integration beside the Backlog, the Icebox and
// what else of the table of parts is not hidden.
type Board struct {
	*pane.Host
	// offersSandbox is true where a first start can lead to a sandbox.
	offersSandbox bool
	// notice stands in the status line, empty for none.
	notice string
	view   layout.View
	// preferred is true once the user's settings are known.
	preferred bool
	// room is where the board was drawn last.
	room draw.Rect

	tickets *table.Column[tracker.TicketID, row.Ticket]
	// stories are the parts that show stories, by their names.
	stories map[intent.PaneName]*storyColumn
	// words are where the next actions of rows can be clicked, as drawn lately.
	words row.Words
	// points are those of the Backlog; storied is true where the project has
	// stories, shown or not.
	points       float64
	storied      bool
	integrations []tracker.Integration
	// marksOf are the marked tickets of panels that are not shown.
	marksOf map[tracker.IntegrationID][]tracker.TicketID
	// panel is the integration whose tickets are shown, 0 for none.
	panel tracker.IntegrationID
	fetch tracker.Fetch
	// before is the reading before one that is under way.
	before tracker.Fetch
	order  tracker.TicketOrder
	counts map[tracker.DeliveryState]int
	// hidesLinked leaves tickets that have a story out.
	hidesLinked bool

	// generation tells this project's readings from an earlier one's.
	generation int
	// loaded is true once something was read, reading while a reading is under
	// way; pending is what has to be read after it.
	loaded, reading bool
	pending         tracker.Hint
	// covered is how many of the user's changes the stories show.
	covered int
	// revealing is what is to be shown when it has been read, nil for nothing.
	revealing *reveal
	// strayed is the change that was asked for last when the user moved the cursor
	// among the stories.
	strayed int
	// unfolded is the story that is open in place, nil for none.
	unfolded *unfolded
	// moving is what is being moved, nil when nothing is.
	moving *moving
	// tint is the generation of the row that is tinted.
	tint int
}

// New makes the board. offersSandbox is true where a first start can lead to a
// sandbox; notice stands in the status line, empty for none.
func New(s *pane.Host, offersSandbox bool, notice string) *Board {
	b := &Board{
		Host: s, offersSandbox: offersSandbox, notice: notice, view: layout.NewView(),
		tickets: table.NewColumn[tracker.TicketID, row.Ticket](intent.PaneTickets),
		stories: make(map[intent.PaneName]*storyColumn),
		marksOf: make(map[tracker.IntegrationID][]tracker.TicketID),
	}
	for _, p := range b.view.Table {
		if p.Cards != nil {
			b.stories[p.Name] = table.NewColumn[tracker.StoryID, row.Story](p.Name)
			b.clearFilter(p.Name)
		}
	}
	b.tickets.Hide = b.hides
	return b
}

// hides tells which tickets are left out.
func (b *Board) hides(t row.Ticket) bool { return b.hidesLinked && t.Linked.ID != 0 }

// Init reads everything from the cache, and how the user likes it.
func (b *Board) Init() tea.Cmd { return tea.Batch(b.readPrefs(), b.read(tracker.HintAll)) }

// Update follows what changes.
func (b *Board) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case boardRead:
		return b.took(msg)
	case prefsRead:
		return b.prefer(msg)
	case pane.Changed:
		return b.read(msg.Hint)
	case pane.Spun:
		if b.unfolded != nil {
			b.unfolded.width = 0 // it may say now that it is being read
		}
	case untinted:
		if msg.tint == b.tint {
			b.untint()
		}
	case rested:
		return b.rested(msg)
	case numberRead:
		return b.openNumber(msg)
	case command.AlikeRead:
		return command.OfferAlike(b.Host, msg)
	case unfoldedRead:
		return b.showUnfolded(msg)
	case markedLinks:
		return b.useMarkedLinks(msg)
	case pane.Done:
		return b.follow(msg)
	}
	return nil
}

// Scopes names the board's keys. While something is moved no others work.
func (b *Board) Scopes() []keymap.Scope {
	switch {
	case b.moving != nil && b.moving.dragged:
		return []keymap.Scope{keymap.ScopeDrag}
	case b.moving != nil:
		return []keymap.Scope{keymap.ScopeMove}
	case b.empty() && b.offersSandbox:
		return []keymap.Scope{keymap.ScopeSandbox, keymap.ScopeWelcome, keymap.ScopeGlobal}
	case b.empty():
		return []keymap.Scope{keymap.ScopeWelcome, keymap.ScopeGlobal}
	}
	return []keymap.Scope{keymap.ScopeBoard, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal}
}

// empty is true on a first start: there is nothing to show and no desk to ask.
func (b *Board) empty() bool {
	return b.loaded && len(b.integrations) == 0 && !b.storied
}

// Handle does what is asked of the board.
func (b *Board) Handle(in intent.Intent) (tea.Cmd, bool) {
	if b.moving != nil {
		return b.handleMoving(in)
	}
	switch in := in.(type) {
	case intent.Act:
		return b.act(in.ID)
	case intent.SelectRow:
		return b.selectRow(in), true
	case intent.FocusPart:
		return b.focus(in.Part), true
	case intent.Scroll:
		b.scroll(in)
	case intent.Grab:
		if reason := b.pick(in); reason != "" {
			return b.Refuse(reason), true
		}
	case intent.Divide:
		b.divide(in)
	case intent.Divided:
		return b.rememberShares(), true
	case intent.EstimateAs:
		return b.estimateAs(in), true
	default:
		return nil, false
	}
	return nil, true
}

// act does an action of the table.
func (b *Board) act(id intent.ActionID) (tea.Cmd, bool) {
	for _, try := range []func(intent.ActionID) (tea.Cmd, bool){b.navigate, b.show, b.onStory, b.onTicket} {
		if cmd, ok := try(id); ok {
			return cmd, true
		}
	}
	return nil, false
}

// navigate moves the focus or the cursor.
func (b *Board) navigate(id intent.ActionID) (tea.Cmd, bool) {
	switch id {
	case intent.ActRight, intent.ActNextPane:
		return b.step(1, id == intent.ActNextPane), true
	case intent.ActLeft, intent.ActPrevPane:
		return b.step(-1, id == intent.ActPrevPane), true
	}
	for _, p := range b.view.Table {
		if id == layout.FocusAction(p.Name) {
			return b.visit(p.Name), true
		}
	}
	return nil, b.moveCursor(id)
}

func (b *Board) moveCursor(id intent.ActionID) bool {
	if c := b.column(); c != nil {
		moved := c.Move(id)
		if moved {
			b.stray()
		}
		return moved
	}
	return b.tickets.Move(id)
}

// story is the selected story, false on the tickets.
func (b *Board) story() (tracker.Card, bool) {
	c := b.column()
	if c == nil {
		return tracker.Card{}, false
	}
	r, ok := c.Selected()
	return r.Card, ok
}

// ticket is the selected ticket, false in a column of stories.
func (b *Board) ticket() (row.Ticket, bool) {
	if b.view.Focus != intent.PaneTickets {
		return row.Ticket{}, false
	}
	return b.tickets.Selected()
}

func (b *Board) selectRow(in intent.SelectRow) tea.Cmd {
	cmd := b.focus(in.Part)
	switch key := in.Key.(type) {
	case tracker.TicketID:
		b.tickets.List.Pick(key)
	case tracker.StoryID:
		if c := b.columnOf(in.Part); c != nil {
			c.List.Pick(key)
			b.stray()
		}
	}
	return cmd
}

func (b *Board) scroll(in intent.Scroll) {
	if c := b.columnOf(in.Part); c != nil {
		c.List.ScrollBy(in.Rows)
		return
	}
	b.tickets.List.ScrollBy(in.Rows)
}

// integration is the one whose tickets are shown.
func (b *Board) integration() (tracker.Integration, bool) {
	for _, in := range b.integrations {
		if in.ID == b.panel {
			return in, true
		}
	}
	return tracker.Integration{}, false
}

// show changes what is shown, or opens a screen.
func (b *Board) show(id intent.ActionID) (tea.Cmd, bool) {
	switch id {
	case intent.ActFilter:
		return b.askFilter(), true
	case intent.ActBack:
		return b.back(), true
	case intent.ActHideLinked:
		b.hidesLinked = !b.hidesLinked
		b.tickets.Narrow()
		return b.Remember(setting.Linked, setting.When(b.hidesLinked, setting.Hidden)), true
	case intent.ActHideTickets:
		if b.view.Shows(intent.PaneTickets) {
			return b.hide(intent.PaneTickets), true
		}
		return b.look(b.view.With(intent.PaneTickets)), true
	case intent.ActHide:
		return b.hide(b.view.Focus), true
	case intent.ActSort:
		return b.askOrder(), true
	case intent.ActNarrower:
		return b.resize(-dividerStep), true
	case intent.ActWider:
		return b.resize(dividerStep), true
	case intent.ActEven:
		return b.evenOut(), true
	case intent.ActNextPanel:
		return b.turnPanel(1), true
	case intent.ActPrevPanel:
		return b.turnPanel(-1), true
	case intent.ActRefresh:
		return b.refresh(), true
	case intent.ActContinue:
		return b.continueView(), true
	case intent.ActNumber:
		return b.askNumber(), true
	case intent.ActNew:
		return b.addStory(), true
	case intent.ActConnect:
		return b.GoTo(intent.NewIntegration{}), true
	case intent.ActSandbox:
		return b.GoTo(intent.OpenSandbox{}), true
	default:
		return nil, false
	}
}

func (b *Board) turnPanel(by int) tea.Cmd {
	panels := present.ActivePanels(b.integrations)
	for i, id := range panels {
		if id == b.panel {
			return b.showPanel(panels[(i+by+len(panels))%len(panels)])
		}
	}
	return nil
}

// askNumber opens any ticket or story: S-14 is a story, #1042 a ticket, and a
// bare number whichever is on the board.
func (b *Board) askNumber() tea.Cmd {
	p := dialog.NewPrompt(b.Host, "Open #1042, S-14 or 14", "", func(text string) tea.Cmd {
		if ticket, ok := b.ticketByNumber(text); ok {
			return b.openTicket(ticket)
		}
		story, err := tracker.ParseStoryID(text)
		if err != nil {
			return b.Fail(fmt.Errorf("%q is not a ticket or story number", text))
		}
		if ticket, err := tracker.ParseTicketID(text); err == nil && b.panel != 0 {
			return b.storyElseTicket(story, ticket)
		}
		return b.GoTo(intent.OpenStory{ID: story})
	})
	p.Reads = true
	return b.Open(p, pane.Line)
}

// numberRead tells what a bare number is the number of.
type numberRead struct {
	story  tracker.StoryID
	ticket tracker.TicketID
	// known is true where there is such a story.
	known bool
}

// storyElseTicket opens a story, or the ticket with its number where there is no
// such story.
func (b *Board) storyElseTicket(story tracker.StoryID, ticket tracker.TicketID) tea.Cmd {
	service := b.Service
	return b.Ask(func(ctx context.Context) tea.Msg {
		_, err := service.Stories.Locate(ctx, story)
		return numberRead{story, ticket, tracker.CodeOf(err) != tracker.CodeNotFound}
	})
}

func (b *Board) openNumber(msg numberRead) tea.Cmd {
	if msg.known {
		return b.GoTo(intent.OpenStory{ID: msg.story})
	}
	return b.openTicket(msg.ticket)
}

func (b *Board) ticketByNumber(text string) (tracker.TicketID, bool) {
	id, err := tracker.ParseTicketID(text)
	if err != nil || b.panel == 0 {
		return 0, false
	}
	if len(text) > 0 && text[0] == '#' {
		return id, true
	}
	_, known := b.tickets.Find(id)
	return id, known
}

func (b *Board) openTicket(id tracker.TicketID) tea.Cmd {
	return b.GoTo(intent.OpenTicket{Integration: b.panel, ID: id})
}

// pausedFacts tell which integrations wait for the user, and the key of the
// screen where they can be fixed.
func (b *Board) pausedFacts(t *theme.Theme) []fact {
	var names []string
	reason := ""
	for _, in := range b.integrations {
		if in.Active && in.PausedReason != "" {
			names, reason = append(names, in.Name), in.PausedReason
		}
	}
	if len(names) == 0 {
		return nil
	}
	mark, key := " "+t.Glyph(theme.GlyphParked)+" ", " · "+b.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations)+" "
	paused := fact{short: mark + "paused" + key, role: theme.Danger | theme.Reverse, yields: true, does: intent.ActIntegrations}
	if len(names) == 1 {
		paused.text = fmt.Sprintf("%s%s is paused: %s%sopens it ", mark, names[0], reason, key)
	} else {
		paused.text = fmt.Sprintf("%s%s are paused%sopens them ", mark, strings.Join(names, ", "), key)
		paused.short = fmt.Sprintf("%s%d paused%s", mark, len(names), key)
	}
	return []fact{paused}
}
