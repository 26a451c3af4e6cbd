package imports

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/transfer"
)

// epicField is a field of an epic that imports compare by itself.
type epicField struct {
	name string
	of   func(*tracker.Epic) *string
}

// epicFields lists them. Their order is that of the marks in the database.
func epicFields() []epicField {
	return []epicField{
		{"name", func(e *tracker.Epic) *string { return &e.Name }},
		{"label", func(e *tracker.Epic) *string { return &e.Label }},
		{"description", func(e *tracker.Epic) *string { return &e.Description }},
	}
}

// epicPass brings epics in: when all rows are read, because they stand in an order.
type epicPass struct {
	*pass
	// rows are the epics of the file, in its order.
	rows []transfer.Epic
	// order are the project's epics, with those of the file.
	order []tracker.Epic
	// origins are where epics went, by the file's numbers.
	origins map[int64]tracker.ImportedEpic
	// last is where the epic before stands, -1 at first.
	last int
}

// bring brings the epics in.
func (p *epicPass) bring() error {
	if len(p.rows) == 0 {
		return nil
	}
	known, err := p.r.ImportedEpics(p.project.ID)
	if err != nil {
		return err
	}
	for _, i := range known {
		p.origins[i.Origin] = i
	}
	if p.order, err = p.r.Epics(p.project.ID); err != nil {
		return err
	}
	was := slices.Clone(p.order)
	p.last = -1
	if len(known) == 0 { // those of the first import go below what is here
		p.last = len(p.order) - 1
	}
	for _, from := range p.rows {
		if err := p.row(from); err != nil {
			return err
		}
	}
	return p.renumber(was)
}

// row adds an epic, or changes the one that came from its number or has its label.
func (p *epicPass) row(from transfer.Epic) error {
	want := p.epic(from)
	known, imported := p.origins[from.ID]
	imported = imported && from.ID != 0
	at := slices.IndexFunc(p.order, func(e tracker.Epic) bool {
		return e.ID == known.EpicID && imported || e.Label == want.Label && !imported
	})
	switch {
	case imported && at < 0:
		p.count(transfer.Epics, transfer.Count{Read: 1, Left: 1})
		p.complain(from.At, "", "the epic %q was deleted here and stays so", cut(from.Name))
		return nil
	case at < 0:
		return p.add(from, want)
	}
	before := p.order[at]
	after, changes := p.merge(from, before, want, known.Marks)
	p.order[at], p.last = after, at
	want.ID = before.ID
	comments, err := p.talk(from, want)
	if err != nil {
		return err
	}
	attached, err := p.attach(from, want)
	if err != nil {
		return err
	}
	p.count(transfer.Epics, p.changed(transfer.Change{Epic: before.ID, Name: before.Name, Fields: changes, Comments: comments, Attachments: attached}))
	if p.w != nil && len(changes) > 0 {
		if err := p.w.SaveEpic(&after); err != nil {
			return err
		}
	}
	return p.remember(from.ID, want)
}

// add adds an epic below the one before it.
func (p *epicPass) add(from transfer.Epic, want tracker.Epic) error {
	p.count(transfer.Epics, transfer.Count{Read: 1, Added: 1})
	want.ID = -tracker.EpicID(len(p.order) + 1) // until it has one
	if p.w != nil {
		want.ID = 0
		if err := p.w.SaveEpic(&want); err != nil {
			return err
		}
	}
	p.last++
	p.order = slices.Insert(p.order, p.last, want)
	if _, err := p.talk(from, want); err != nil {
		return err
	}
	if _, err := p.attach(from, want); err != nil {
		return err
	}
	return p.remember(from.ID, want)
}

// epic makes an epic of a row.
func (p *epicPass) epic(from transfer.Epic) tracker.Epic {
	limited := func(field, text string, most int) string {
		if utf8.RuneCountInString(text) <= most {
			return text
		}
		p.complain(from.At, field, "it has more than %d characters; the rest is left out", most)
		return string([]rune(text)[:most])
	}
	e := tracker.Epic{
		ProjectID: p.project.ID, Name: limited("name", strings.TrimSpace(from.Name), epic.MaxName), Label: epic.CleanLabel(from.Label),
		Description: limited("description", from.Description, tracker.MaxStoryDescription),
		CreatedAt:   orElse(moment(from.CreatedAt), p.project.CreatedAt), UpdatedAt: p.s.Now(),
	}
	switch first, _, several := strings.Cut(e.Label, ","); {
	case tracker.Unseen(e.Label):
		e.Label = epic.LabelFor(e.Name)
		p.complain(from.At, "labels", "the epic has no label; it gets %q", cut(e.Label))
	case several:
		e.Label = epic.CleanLabel(first)
		p.complain(from.At, "labels", "an epic has one label; the others are left out")
	}
	e.Label = limited("labels", e.Label, epic.MaxLabel)
	return e
}

// merge is the epic with what changed in the file.
func (p *epicPass) merge(from transfer.Epic, here, want tracker.Epic, marks []byte) (tracker.Epic, []tracker.FieldChange) {
	after := here
	var changes []tracker.FieldChange
	for i, f := range epicFields() {
		wanted, had := *f.of(&want), *f.of(&here)
		last, ok := markOf(marks, i)
		taken := f.name == "label" && slices.ContainsFunc(p.order, func(e tracker.Epic) bool { return e.ID != here.ID && e.Label == wanted })
		switch {
		case wanted == had, ok && mark(wanted) == last:
		case ok && mark(had) != last:
			p.complain(from.At, f.name, "it was changed here and in the file; what %s has here stays", here.ID)
		case taken:
			p.complain(from.At, f.name, "another epic has the label %q; %s keeps its own", cut(wanted), here.ID)
		default:
			*f.of(&after) = wanted
			changes = append(changes, tracker.FieldChange{Field: f.name, Old: had, New: wanted})
		}
	}
	if len(changes) > 0 {
		after.UpdatedAt = p.s.Now()
	}
	return after, changes
}

// talk adds the comments that an epic does not have, and returns how many.
func (p *epicPass) talk(from transfer.Epic, e tracker.Epic) (added int, err error) {
	var there []tracker.Comment
	if e.ID > 0 && len(from.Comments) > 0 {
		if there, err = p.r.EpicComments(e.ID); err != nil {
			return 0, err
		}
	}
	counts := map[said]int{}
	for _, c := range there {
		counts[saidBy(c)]++
	}
	for _, c := range from.Comments {
		next := tracker.Comment{Author: p.people.here(c.Author), Text: c.Text, CreatedAt: orElse(moment(c.At), e.CreatedAt)}
		if key := saidBy(next); counts[key] > 0 {
			counts[key]--
			continue
		}
		added++
		if p.w == nil {
			continue
		}
		if err := p.w.AddEpicComment(e.ID, &next); err != nil {
			return added, err
		}
	}
	p.count(transfer.Comments, transfer.Count{Read: len(from.Comments), Added: added, Same: len(from.Comments) - added})
	return added, nil
}

// remember saves what the file had.
func (p *epicPass) remember(origin int64, want tracker.Epic) error {
	if origin == 0 {
		return nil
	}
	next := tracker.ImportedEpic{Origin: origin, EpicID: want.ID}
	for _, f := range epicFields() {
		next.Marks = appendMark(next.Marks, *f.of(&want))
	}
	known, ok := p.origins[origin]
	p.origins[origin] = next
	if p.w == nil || ok && slices.Equal(known.Marks, next.Marks) {
		return nil
	}
	return p.w.SaveImportedEpic(p.project.ID, next)
}

// renumber saves the epics whose place is another than it was.
func (p *epicPass) renumber(was []tracker.Epic) error {
	if p.w == nil || len(p.order) == len(was) {
		return nil
	}
	for i := range p.order {
		position := int64(i + 1)
		if p.order[i].Position == position {
			continue
		}
		p.order[i].Position = position
		if err := p.w.SaveEpic(&p.order[i]); err != nil {
			return err
		}
	}
	return nil
}

// said tells comments apart: formats know the day alone.
type said struct {
	author, text string
	day          int64
}

func saidBy(c tracker.Comment) said {
	return said{c.Author, c.Text, c.CreatedAt.Truncate(24 * time.Hour).Unix()}
}
