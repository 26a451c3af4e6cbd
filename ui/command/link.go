package command

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/alike"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// candidate is a story or a ticket that something can be linked to.
type candidate struct {
	dialog.Choice
	// number is what it is found by at once.
	number int64
	story  tracker.StoryID
	// ticket is one of the integration in.
	in     tracker.Integration
	ticket tracker.TicketID
}

// linker finds a story or a ticket by its number or its words while they are
// typed. One that is not among those at hand is found by its number too.
type linker struct {
	*dialog.Chooser
	service UseCases
	asked   int
	read    func(context.Context, UseCases) (candidates, error)
	// known are those at hand, offered those that the chooser shows.
	known   candidates
	offered []candidate
	link    func(candidate) tea.Cmd
	// loaded is true once the candidates are known, hurried when enter was
	// pressed before that.
	loaded, hurried bool
	// numbered is true while what has the number that was typed stands first.
	numbered bool
}

// candidates are what something can be linked to.
type candidates struct {
	list []candidate
	// byNumber makes candidates of a number that is not in the list.
	byNumber func(number int64) []candidate
}

// candidatesRead brings what something can be linked to.
type candidatesRead struct {
	asked int
	found candidates
	err   error
}

func openLinker(h *Commands, title string, read func(context.Context, UseCases) (candidates, error), link func(candidate) tea.Cmd,
) tea.Cmd {
	l := &linker{service: h.Service, asked: h.Next(), read: read, link: link}
	l.Chooser = dialog.NewChooser(h.Host, title, nil, func(i int) tea.Cmd { return l.link(l.offered[i]) })
	return h.Open(l, pane.Overlay)
}

// Init reads the candidates.
func (l *linker) Init() tea.Cmd {
	asked, service, read := l.asked, l.service, l.read
	return tea.Batch(l.Chooser.Init(), l.Do(func(ctx context.Context) tea.Msg {
		found, err := read(ctx, service)
		return candidatesRead{asked, found, err}
	}))
}

// Update takes the candidates, and searches them while one types.
func (l *linker) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(candidatesRead); ok {
		if msg.asked != l.asked {
			return nil
		}
		if msg.err != nil {
			return l.Fail(msg.err)
		}
		l.known, l.loaded = msg.found, true
		l.arrange()
		if l.hurried && l.Top() == pane.Pane(l) {
			return l.Accept()
		}
		return nil
	}
	before := l.Filter.Value()
	cmd := l.Chooser.Update(msg)
	_, number := numberIn(l.Filter.Value())
	if l.Filter.Value() != before && (number || l.numbered) {
		l.arrange()
	}
	return cmd
}

// Handle lets enter wait for what it chooses from.
func (l *linker) Handle(in intent.Intent) (tea.Cmd, bool) {
	if in == intent.Intent(intent.Act{ID: intent.ActAccept}) && !l.loaded {
		l.hurried = true
		return nil, true
	}
	return l.Chooser.Handle(in)
}

// arrange puts what has the number that is typed first.
func (l *linker) arrange() {
	n, ok := numberIn(l.Filter.Value())
	l.offered, l.numbered = l.known.list, ok && l.known.byNumber != nil
	if l.numbered {
		i := slices.IndexFunc(l.known.list, func(c candidate) bool { return c.number == n })
		if i >= 0 {
			l.offered = slices.Concat(l.known.list[i:i+1], l.known.list[:i], l.known.list[i+1:])
		} else {
			l.offered = append(l.known.byNumber(n), l.known.list...)
		}
	}
	l.Rows = make([]dialog.Choice, len(l.offered))
	for i, c := range l.offered {
		l.Rows[i] = c.Choice
	}
	l.Narrow()
}

// numberIn reads the number of a story or a ticket.
func numberIn(text string) (int64, bool) {
	if id, err := tracker.ParseTicketID(text); err == nil {
		return int64(id), true
	}
	id, err := tracker.ParseStoryID(text)
	return int64(id), err == nil
}

// LinkTickets finds a story for tickets and links them to it. While a story that
// was just made of them stands untouched, they go to the other one instead; so do its
// tickets, whatever was asked for, while that is offered on the screen.
func LinkTickets(h *Commands, in tracker.Integration, ids []tracker.TicketID, subjects []string) tea.Cmd {
	var made tracker.StoryID
	last := LastMade(h.Host)
	if last.offered(h.Host) {
		ids, subjects = last.tickets, []string{last.name}
	}
	title := fmt.Sprintf("Link %s to a story", present.SomeOf(ids))
	if last.of(ids[0]) {
		made = last.created
		title += fmt.Sprintf(" instead of %s", made)
	}
	project := h.Project.ID
	read := func(ctx context.Context, service UseCases) (candidates, error) {
		return openStories(ctx, service, project, subjects, made)
	}
	return openLinker(h, title, read, func(c candidate) tea.Cmd {
		if made != 0 {
			return linkInstead(h, made, c.story)
		}
		said := fmt.Sprintf("%s linked to %s", present.SomeOf(ids), c.story)
		return linkAll(h, []tracker.StoryID{c.story}, in, ids, said)
	})
}

// linkInstead links the tickets of a story that was just made to another one.
func linkInstead(h *Commands, made, to tracker.StoryID) tea.Cmd {
	service := h.Service
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		_, err := service.Stories.LinkInstead(ctx, made, to)
		return pane.Done{Said: fmt.Sprintf("Linked to %s; %s removed", to, made), Err: err, What: Outcome{Story: to, Reveal: true}}
	})
}

// LinkStories finds a ticket for stories and links them to it.
func LinkStories(h *Commands, cards ...tracker.Card) tea.Cmd {
	project, ids := h.Project.ID, present.IDsOf(cards)
	if made := LastMade(h.Host); made != nil && len(ids) == 1 && made.created == ids[0] && len(made.alike) > 0 {
		return LinkTickets(h, tracker.Integration{}, made.tickets, namesOfCards(made.alike))
	}
	read := func(ctx context.Context, service UseCases) (candidates, error) {
		return cachedTickets(ctx, service, project, cards)
	}
	return openLinker(h, fmt.Sprintf("Link %s to a ticket", present.SomeOf(ids)), read, func(c candidate) tea.Cmd {
		said := fmt.Sprintf("%s linked to %s", present.SomeOf(ids), c.ticket)
		return linkAll(h, ids, c.in, []tracker.TicketID{c.ticket}, said)
	})
}

func namesOfCards(cards []tracker.Card) []string {
	return present.Each(cards, func(c tracker.Card) string { return c.Name })
}

// linkAll links tickets to stories.
func linkAll(h *Commands, ids []tracker.StoryID, in tracker.Integration, tickets []tracker.TicketID, said string) tea.Cmd {
	service := h.Service
	return ChangeNamed(h, func(ctx context.Context) pane.Done {
		_, err := service.Stories.LinkTickets(ctx, ids, in, tickets)
		return pane.Done{Said: said, Err: err, What: Outcome{Story: ids[0], Stories: ids, Tickets: tickets}}
	})
}

// openStories are the stories that are not accepted, the similar ones first.
func openStories(
	ctx context.Context, service UseCases, project tracker.ProjectID, names []string, without tracker.StoryID,
) (candidates, error) {
	board, err := service.Stories.Columns(ctx, project)
	if err != nil {
		return candidates{}, err
	}
	alike, err := service.Stories.Alike(ctx, project, names, without)
	if err != nil {
		return candidates{}, err
	}
	first := make(map[tracker.StoryID]bool, len(alike))
	for _, c := range alike {
		first[c.ID] = true
	}
	var others []tracker.Card
	for _, c := range slices.Concat(board.Backlog, board.Icebox) {
		if c.State != tracker.Accepted && c.ID != without && !first[c.ID] {
			others = append(others, c)
		}
	}
	return candidates{alikeFirst(storyCandidates(alike), "Other stories", storyCandidates(others)), storyByNumber}, nil
}

// alikeFirst puts what is similar before the others, under headings.
func alikeFirst(alike []candidate, rest string, others []candidate) []candidate {
	if len(alike) == 0 {
		return others
	}
	return slices.Concat([]candidate{heading("Similar")}, alike, []candidate{heading(rest)}, others)
}

func heading(text string) candidate {
	return candidate{Choice: dialog.Choice{Text: text, Caption: true}}
}

func storyCandidates(cards []tracker.Card) []candidate {
	list := make([]candidate, len(cards))
	for i, c := range cards {
		note := string(c.State)
		if c.Tickets > 0 {
			note += " · " + present.TicketCount(c.Tickets)
		}
		list[i] = candidate{Choice: dialog.Choice{Key: c.ID.String(), Text: present.Cell(c.Name), Note: note}, number: int64(c.ID), story: c.ID}
	}
	return list
}

// storyByNumber is a story that is not at hand, such as an accepted one.
func storyByNumber(n int64) []candidate {
	id := tracker.StoryID(n)
	return []candidate{{Choice: dialog.Choice{Key: id.String(), Text: "the story with this number"}, number: n, story: id}}
}

// cachedTickets are the tickets of a project's integrations as last read, those
// first whose subjects are like the names of the stories that they are for.
func cachedTickets(ctx context.Context, service UseCases, project tracker.ProjectID, stories []tracker.Card) (candidates, error) {
	all, err := service.Accounts.Integrations(ctx, project)
	if err != nil {
		return candidates{}, err
	}
	active := slices.DeleteFunc(all, func(in tracker.Integration) bool { return !in.Active })
	var list, unlinked []candidate
	for _, in := range active {
		panel, err := service.Views.Tickets(ctx, in.ID)
		if err != nil {
			return candidates{}, err
		}
		for _, t := range panel.Tickets {
			c := ticketCandidate(in, row.NewTicket(t), len(active) > 1)
			list = append(list, c)
			if !linkedToAny(t, stories) {
				unlinked = append(unlinked, c)
			}
		}
	}
	closest := alike.Closest(unlinked, func(c *candidate) string { return c.Text }, namesOfCards(stories))
	others := slices.DeleteFunc(list, func(c candidate) bool {
		return slices.ContainsFunc(closest, func(a candidate) bool { return a.in.ID == c.in.ID && a.ticket == c.ticket })
	})
	return candidates{alikeFirst(closest, "Other tickets", others), unreadTicket(active)}, nil
}

func linkedToAny(t tracker.TicketRow, stories []tracker.Card) bool {
	return slices.ContainsFunc(stories, func(c tracker.Card) bool {
		return slices.ContainsFunc(t.Stories, func(s tracker.StoryRef) bool { return s.ID == c.ID })
	})
}

// unreadTicket makes candidates of a number that no ticket at hand has.
func unreadTicket(active []tracker.Integration) func(number int64) []candidate {
	return func(n int64) []candidate {
		unread := make([]candidate, len(active))
		for i, in := range active {
			id := tracker.TicketID(n)
			asks := fmt.Sprintf("a ticket of %s that is not loaded yet", present.Cell(in.Name))
			unread[i] = candidate{Choice: dialog.Choice{Key: id.String(), Text: asks}, number: n, in: in, ticket: id}
		}
		return unread
	}
}

func ticketCandidate(in tracker.Integration, t row.Ticket, named bool) candidate {
	facts := []string{string(t.Status)}
	if t.Status == "" {
		facts = nil
	}
	if t.Badge != "" {
		facts = append(facts, t.Badge)
	}
	if named {
		facts = append(facts, present.Cell(in.Name))
	}
	row := dialog.Choice{Key: t.Label, Text: t.Subject, Note: strings.Join(facts, " · ")}
	return candidate{Choice: row, number: int64(t.ID), in: in, ticket: t.ID}
}
