package row

import (
	"slices"

	"storydesk/tracker"
	"storydesk/ui/text"
)

// TicketFacts are what the tickets of a list tell, and how wide they tell it.
// A column for which there is nothing to tell is not shown.
type TicketFacts struct {
	// SLA and Progress are told by Zendesk, on some plans only.
	SLA, Progress bool
	// Order is the order that the tickets are in.
	Order tracker.TicketOrder
	// How wide the widest cells are, 0 where all are empty.
	number, sla, priority, requester, organisation, stories, custom int
}

// The most cells that some columns are given.
const (
	maxPerson, maxCustom, maxBadge = 24, 14, 16
	maxNumber                      = 14
	minPerson, midPerson           = 9, 14
	ageCells                       = 4
)

// TicketFactsOf returns what tickets tell.
func TicketFactsOf(rows []Ticket, order tracker.TicketOrder) TicketFacts {
	f := TicketFacts{Order: order, number: len("#1042")}
	for i := range rows {
		r := &rows[i]
		f.number = max(f.number, min(maxNumber, text.Width(r.Label)))
		f.SLA = f.SLA || r.Ticket.SLA.Told
		f.Progress = f.Progress || r.Ticket.Progress.Told
		f.requester = max(f.requester, min(maxPerson, text.Width(r.Requester)))
		f.organisation = max(f.organisation, min(maxPerson, text.Width(r.Organisation)))
		f.stories = max(f.stories, min(maxBadge, text.Width(r.Badge)))
		f.custom = max(f.custom, min(maxCustom, text.Width(r.Custom)))
		if r.Ticket.Priority != "" {
			f.priority = 1
		}
		if r.Ticket.SLA.Metric != "" {
			f.sla = ageCells
		}
	}
	return f
}

// UsualTicketColumns are the columns of tickets in their usual order.
func UsualTicketColumns() []Column {
	return []Column{ColStatus, ColNumber, ColSubject, ColStories, ColPriority, ColRequester, ColOrganisation, ColSLA, ColWaiting, ColAge}
}

// sortedColumn is the column that shows what an order goes by, empty for the view's.
func sortedColumn(o tracker.TicketOrder) Column {
	switch o {
	case tracker.OrderNewest, tracker.OrderOldest:
		return ColAge
	case tracker.OrderUpdated:
		return ColUpdated
	case tracker.OrderPriority:
		return ColPriority
	case tracker.OrderSLA:
		return ColSLA
	case tracker.OrderWaiting:
		return ColWaiting
	case tracker.OrderRequester:
		return ColRequester
	case tracker.OrderOrganization:
		return ColOrganisation
	case tracker.OrderStatus:
		return ColStatus
	case tracker.OrderView:
	}
	return ""
}

// tells reports whether a column says anything of the tickets.
func (f TicketFacts) tells(c Column) bool {
	switch c {
	case ColSLA:
		return f.SLA && f.sla > 0
	case ColWaiting:
		return f.Progress
	case ColPriority:
		return f.priority > 0 || f.SLA && f.sla > 0 // the mark of what is breached
	case ColRequester:
		return f.requester > 0
	case ColOrganisation:
		return f.organisation > 0
	case ColStories:
		return f.stories > 0
	default:
		return true
	}
}

// NewTicketPlanner makes the planner of the Tickets pane.
func NewTicketPlanner(chosen []string) *Planner[TicketFacts] {
	return &Planner[TicketFacts]{Chosen: Columns(chosen), make: planTickets, indent: unreadCells}
}

// unreadCells is the room of the unread mark in front of the columns.
const unreadCells = 1

// ticketPlan gives columns room, step by step.
type ticketPlan struct {
	facts  TicketFacts
	chosen []Column
	// own is true where the user chose the columns: then they are worth more of the
	// subject's room.
	own    bool
	sorted Column
	widths map[Column]int
	// room is what is left for the subject.
	room int
	// mark is what is set aside of it for the mark of breached tickets, which stands
	// beside the priority where the SLA has no column.
	mark int
}

// planTickets gives columns room by their importance. The column by which the tickets
// are sorted goes first and is shown although it was not chosen.
func planTickets(width int, chosen []Column, f TicketFacts) *Plan {
	p := ticketPlan{facts: f, chosen: chosen, own: len(chosen) > 0, sorted: sortedColumn(f.Order), widths: map[Column]int{}, room: width - unreadCells}
	if !p.own {
		p.chosen = UsualTicketColumns()
	}
	if p.sorted != "" && !slices.Contains(p.chosen, p.sorted) {
		p.chosen = append(slices.Clone(p.chosen), p.sorted)
	}
	p.chosen = slices.DeleteFunc(slices.Clone(p.chosen), func(c Column) bool { return !f.tells(c) })
	for _, s := range [...]step{{ColStatus, 1, 0}, {ColNumber, f.number, 0}} {
		p.take(s)
	}
	p.setMarkAside()
	steps := p.steps()
	for _, s := range steps {
		if s.column == p.sorted && s.width <= minPerson {
			p.take(step{s.column, s.width, leastSubject})
		}
	}
	for _, s := range steps {
		p.take(s)
	}
	if p.mark > 0 {
		p.widths[ColPriority] += markCells
	}
	return p.lay(width)
}

// markCells is the room of the mark of breached tickets.
const markCells = 1

// setMarkAside keeps room for the mark of breached tickets until the SLA has a column.
func (p *ticketPlan) setMarkAside() {
	if !slices.Contains(p.chosen, ColSLA) || !slices.Contains(p.chosen, ColPriority) {
		return
	}
	need := markCells
	if p.facts.priority == 0 {
		need++ // the column holds nothing else, and has a blank in front of it
	}
	if p.room-need >= shortSubject {
		p.mark, p.room = need, p.room-need
	}
}

// step gives a column room as long as the subject keeps enough.
type step struct {
	column Column
	width  int
	// subject is the least room that the subject keeps.
	subject int
}

// leastSubject is what the subject keeps beside the column by which tickets are
// sorted, ownSubject beside columns that the user chose, and shortSubject beside the
// signs of what is urgent and breached, which are shown however narrow the pane is.
const leastSubject, ownSubject, shortSubject = 10, 12, 3

// steps are the steps in the order of their importance.
func (p *ticketPlan) steps() []step {
	f := p.facts
	return []step{
		{ColPriority, f.priority, shortSubject},
		{ColAge, ageCells, 12},
		{ColSLA, f.sla, 17},
		{ColPriority, f.priority * len("high"), 19},
		{ColStories, f.stories, 18},
		{ColUpdated, ageCells, 18},
		p.person(minPerson, 20),
		{ColWaiting, ageCells, 26},
		p.person(midPerson, 26),
		p.other(midPerson, 34),
		{ColStatus, max(1, f.custom), 36},
		p.person(maxPerson, 44),
		p.other(maxPerson, 44),
	}
}

// person is a step of the column that says who asks: of the organisation where that
// is shown, else of the requester.
func (p *ticketPlan) person(width, subject int) step {
	f := p.facts
	if slices.Contains(p.chosen, ColOrganisation) && p.sorted != ColRequester {
		widest := f.organisation
		if slices.Contains(p.chosen, ColRequester) {
			widest = max(widest, f.requester)
		}
		return step{ColOrganisation, min(width, widest), subject}
	}
	return step{ColRequester, min(width, f.requester), subject}
}

// other is a step of the column that person leaves out.
func (p *ticketPlan) other(width, subject int) step {
	if p.sorted == ColRequester {
		return step{ColOrganisation, min(width, p.facts.organisation), subject}
	}
	return step{ColRequester, min(width, p.facts.requester), subject}
}

func (p *ticketPlan) take(s step) {
	if !slices.Contains(p.chosen, s.column) || s.column == ColStories && p.besideSubject() {
		return
	}
	if p.own {
		s.subject = min(s.subject, ownSubject)
	}
	had, has := p.widths[s.column]
	more := s.width - had
	if !has {
		more++
	}
	if s.column == ColSLA {
		more -= p.mark
	}
	if s.width > had && p.room-more >= s.subject {
		p.widths[s.column], p.room = s.width, p.room-more
		if s.column == ColSLA {
			p.mark = 0
		}
	}
}

// besideSubject reports whether the stories stand at the end of the subject's room, so
// that only the tickets that have one give them room.
func (p *ticketPlan) besideSubject() bool {
	i := slices.Index(p.chosen, ColSubject)
	return i >= 0 && i+1 < len(p.chosen) && p.chosen[i+1] == ColStories
}

// lay puts the columns that got room into their order.
func (p *ticketPlan) lay(width int) *Plan {
	var columns []planned
	headed := 0
	for _, c := range p.chosen {
		w, has := p.widths[c]
		if !has && c != ColSubject {
			continue
		}
		l := planned{Column: c, width: w, sorted: c == p.sorted, right: c == ColSLA || c == ColWaiting || c == ColAge || c == ColUpdated}
		l.heading = p.heading(c, w)
		if c == ColOrganisation && slices.Contains(p.chosen, ColRequester) {
			if _, both := p.widths[ColRequester]; !both {
				l.Column, l.heading, l.sorted = colWho, "who", l.sorted || p.sorted == ColRequester
			}
		}
		if c == ColPriority && p.mark > 0 {
			w -= markCells
		}
		if l.right || w > 1 && c != ColNumber && c != ColStories {
			headed++
		}
		columns = append(columns, l)
	}
	plan := newPlan(columns, ColSubject, width, unreadCells)
	plan.Headed = headed > 1
	plan.mark(p.mark > 0)
	return plan
}

// heading is what stands above a column of that width.
func (p *ticketPlan) heading(c Column, width int) string {
	words := map[Column][]string{
		ColNumber: {"no."}, ColSubject: {"subject"}, ColPriority: {"pri"}, ColRequester: {"requester", "who"},
		ColOrganisation: {"organisation", "org."}, ColSLA: {"SLA"}, ColWaiting: {"wait"}, ColAge: {"age"}, ColUpdated: {"upd."},
		ColStatus: {"status"}, ColStories: {"stories", "story"},
	}[c]
	for _, w := range words {
		if c == ColSubject || len(w) <= width {
			return w
		}
	}
	return ""
}
