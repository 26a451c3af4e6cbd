package row

import (
	"slices"

	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Column names a column of a pane, as the config file does.
type Column string

// The columns of tickets and stories.
const (
	// ColOrganisations counts the organisations whose tickets ask for a story.
	ColOrganisations Column = "organisations"

	ColStatus       Column = "status"
	ColNumber       Column = "number"
	ColSubject      Column = "subject"
	ColStories      Column = "stories"
	ColPriority     Column = "priority"
	ColRequester    Column = "requester"
	ColOrganisation Column = "organisation"
	ColSLA          Column = "sla"
	ColWaiting      Column = "waiting"
	ColUpdated      Column = "updated"
	ColAge          Column = "age"
	ColType         Column = "type"
	ColEstimate     Column = "estimate"
	ColName         Column = "name"
	ColState        Column = "state"
	ColLabels       Column = "labels"
	ColNext         Column = "next"
	ColOwner        Column = "owner"
	ColTickets      Column = "tickets"
)

// colWho is the organisation, else the requester, where there is room for one of both.
const colWho Column = "who"

// Columns makes columns of names.
func Columns(names []string) []Column {
	list := make([]Column, len(names))
	for i, name := range names {
		list[i] = Column(name)
	}
	return list
}

// Plan says which columns the rows of a pane have and how wide they are. One of
// them, the title, gets all the room that the others leave.
type Plan struct {
	columns []planned
	// title is the place of the title among the columns, -1 where it was not chosen.
	title int
	// room is how many cells the title has.
	room int
	// Version differs from that of another plan, and is a part of each row's.
	Version uint64
	// minute is when the plan was made: ages are of that moment.
	minute int64
	// marks is true where breached tickets are marked beside their priority.
	marks bool
	// Headed is true where a line of headings tells the columns from each other.
	Headed bool
}

// planned is a column in a plan.
type planned struct {
	Column
	// width is in cells, without the blank in front of it.
	width   int
	heading string
	right   bool
	sorted  bool
}

// lead is what stands in front of the first column of a row, in cells: the mark of
// the selected row; plans leave it out.
const lead = 1

// newPlan lays out columns in rows of so many cells, of which indent stand in front
// of the columns.
func newPlan(columns []planned, title Column, width, indent int) *Plan {
	p := &Plan{columns: columns, title: -1, room: width - indent}
	for i, c := range columns {
		if c.Column == title {
			p.title = i
		} else {
			p.room -= c.width
		}
		if i > 0 {
			p.room--
		}
		p.Version = table.Version([...]uint64{p.Version, table.Text(string(c.Column)), uint64(c.width), uint64(p.room)}) //nolint:gosec // only compared
	}
	p.room = max(p.room, 0)
	if p.title >= 0 {
		columns[p.title].width = p.room
	}
	return p
}

// mark says whether breached tickets are marked beside their priority.
func (p *Plan) mark(breached bool) {
	if p.marks = breached; breached {
		p.Version = table.Version([...]uint64{p.Version, 1})
	}
}

// has reports whether the plan has a column.
func (p *Plan) has(c Column) bool {
	return slices.ContainsFunc(p.columns, func(own planned) bool { return own.Column == c })
}

// behind is how many cells the columns behind the i-th take, with the blanks
// between them.
func (p *Plan) behind(i int) int {
	n := 0
	for _, c := range p.columns[i+1:] {
		n += 1 + c.width
	}
	return n
}

// heading writes the line of headings.
func (p *Plan) heading(w *theme.RowWriter, indent int) {
	w.Space(indent)
	for i, c := range p.columns {
		if i > 0 {
			w.Space(1)
		}
		role := theme.Muted
		if c.sorted {
			role = theme.Accent | theme.Bold
		}
		cell := text.Fit(c.heading, c.width)
		if c.right {
			cell = text.PadLeft(text.Truncate(c.heading, c.width), c.width)
		}
		w.Add(role, cell)
	}
}

// Planner makes the plans of a pane's rows, and makes them only where something
// has changed. F are the facts about the rows that a plan depends on.
type Planner[F comparable] struct {
	// Chosen are the columns that the user chose, none for the usual ones.
	Chosen []Column
	// make makes a plan, indent is what stands in front of the columns.
	make   func(width int, chosen []Column, facts F) *Plan
	indent int

	width int
	facts F
	plan  *Plan
	// heading is the line of headings for a look.
	heading string
	look    uint64
}

// Plan returns the plan for rows of so many cells.
func (p *Planner[F]) Plan(width int, facts F) *Plan {
	if p.plan == nil || p.width != width || p.facts != facts {
		p.plan, p.width, p.facts, p.heading = p.make(width-lead, p.Chosen, facts), width, facts, ""
	}
	return p.plan
}

// Headed reports whether the plan made last needs headings.
func (p *Planner[F]) Headed() bool { return p.plan.Headed }

// Heading returns the line of headings of the plan made last.
func (p *Planner[F]) Heading(t *theme.Theme) string {
	if p.heading == "" || p.look != t.Generation() {
		w := t.Row(nil, p.width, theme.Plain)
		p.plan.heading(&w, lead+p.indent)
		p.heading, p.look = string(w.End()), t.Generation()
	}
	return p.heading
}
