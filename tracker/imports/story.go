package imports

import (
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// verbImported is what the history of a story says of an import.
const verbImported = "imported"

// story adds a story, or changes the one that came from its number.
func (p *pass) story(from transfer.Story) error {
	want := p.convert(from)
	known, ok, err := p.find(from)
	if err != nil {
		return err
	}
	if ok {
		err = p.update(from, want, known)
	} else {
		err = p.add(from, want)
	}
	if err == nil && p.o.Progress != nil {
		p.o.Progress(transfer.Progress{Stories: p.counts[transfer.Stories].Read, AllStories: p.all})
	}
	return err
}

// find is the story that came from the record's number. An export of this very project
// names stories that came from nowhere by their own: the moment of their creation tells.
func (p *pass) find(from transfer.Story) (tracker.Imported, bool, error) {
	if from.ID == 0 {
		return tracker.Imported{}, false, nil
	}
	if known, ok := p.known[from.ID]; ok {
		return known, true, nil
	}
	id := tracker.StoryID(from.ID)
	if p.fresh || p.owned[id] || moment(from.CreatedAt) != from.CreatedAt {
		return tracker.Imported{}, false, nil
	}
	own, err := p.r.Story(id)
	switch {
	case tracker.CodeOf(err) == tracker.CodeNotFound:
		return tracker.Imported{}, false, nil
	case err != nil:
		return tracker.Imported{}, false, err
	}
	same := own.ProjectID == p.project.ID && own.CreatedAt.Equal(from.CreatedAt)
	return tracker.Imported{Origin: from.ID, StoryID: id}, same, nil
}

// add adds a story that is not here.
func (p *pass) add(from transfer.Story, want tracker.Story) error {
	count := transfer.Count{Read: 1, Added: 1}
	p.count(transfer.Stories, count)
	p.count(transfer.Comments, transfer.Count{Read: len(from.Comments), Added: len(from.Comments)})
	p.count(transfer.Tasks, transfer.Count{Read: len(want.Tasks), Added: len(want.Tasks)})
	want.ID = -tracker.StoryID(len(p.placed) + 1) // until it has one
	if p.w != nil {
		var err error
		if want.Rank, err = p.order.rank(p.w, want.State.Group()); err != nil {
			return err
		}
		want.ID = 0
		if err := p.w.AddStory(&want); err != nil {
			return err
		}
		p.order.put(want)
		p.note(want.ID, nil)
	}
	p.accepted[want.ID] = want.State == tracker.Accepted
	if from.ID != 0 {
		p.placed[from.ID] = want.ID
		if err := p.remember(from.ID, want); err != nil {
			return err
		}
	}
	files, _, err := p.attach(from, want, true)
	if err != nil {
		return err
	}
	if err := p.say(p.comments(from, want), files); err != nil {
		return err
	}
	if err := p.parts(from, want, true); err != nil {
		return err
	}
	return p.link(from, want)
}

// update changes a story that is here in the fields that changed in the file since it
// was read last. What people changed here meanwhile stays, and is told of.
func (p *pass) update(from transfer.Story, want tracker.Story, known tracker.Imported) error {
	p.placed[from.ID] = known.StoryID
	before, err := p.r.Story(known.StoryID)
	if tracker.CodeOf(err) == tracker.CodeNotFound { // deleted here
		p.count(transfer.Stories, transfer.Count{Read: 1, Left: 1})
		p.complain(from.At, "", "%q was deleted here and stays so", cut(from.Name))
		return nil
	}
	if err != nil {
		return err
	}
	after := p.merge(from, before, want, known)
	changes := tracker.StoryChanges(before, after)
	want.ID = before.ID
	p.accepted[after.ID] = after.State == tracker.Accepted
	missing, err := p.missing(from, want)
	if err != nil {
		return err
	}
	files, attached, err := p.attach(from, want, false)
	if err != nil {
		return err
	}
	p.countUpdate(before, from, transfer.Change{Fields: changes, Comments: len(missing), Attachments: attached})
	if err := p.say(missing, files); err != nil {
		return err
	}
	if err := p.save(before, after, changes); err != nil {
		return err
	}
	if err := p.parts(from, want, false); err != nil {
		return err
	}
	if slices.ContainsFunc(changes, func(c tracker.FieldChange) bool { return c.Field == "description" }) || len(from.Tickets) > 0 {
		if err := p.link(from, after); err != nil {
			return err
		}
	}
	if p.w != nil {
		p.order.put(after)
	}
	if now := marks(want); !slices.Equal(now, known.Marks) {
		return p.remember(from.ID, want)
	}
	return nil
}

// save writes a story that has changed, and says so.
func (p *pass) save(before, after tracker.Story, changes []tracker.FieldChange) error {
	if p.w == nil || len(changes) == 0 {
		return nil
	}
	if after.State.Group() != before.State.Group() {
		var err error
		if after.Rank, err = p.order.rank(p.w, after.State.Group()); err != nil {
			return err
		}
	}
	after.UpdatedAt = p.s.Now()
	if err := p.w.SaveStory(&after); err != nil {
		return err
	}
	p.note(after.ID, tracker.StoryChanges(before, after))
	return nil
}

func (p *pass) countUpdate(before tracker.Story, from transfer.Story, change transfer.Change) {
	change.Story, change.Name = before.ID, before.Name
	p.count(transfer.Stories, p.changed(change))
	p.count(transfer.Comments, transfer.Count{Read: len(from.Comments), Added: change.Comments, Same: len(from.Comments) - change.Comments})
	changed := 0
	for _, c := range change.Fields {
		if c.Field == "task" {
			changed++
		}
	}
	changed = min(changed, len(from.Tasks))
	p.count(transfer.Tasks, transfer.Count{Read: len(from.Tasks), Changed: changed, Same: len(from.Tasks) - changed})
}

// changed counts what is here already, and tells of it where it changes.
func (p *pass) changed(c transfer.Change) transfer.Count {
	if len(c.Fields)+c.Comments+c.Attachments == 0 {
		return transfer.Count{Read: 1, Same: 1}
	}
	if p.o.Changed != nil && p.w == nil {
		p.o.Changed(c)
	}
	return transfer.Count{Read: 1, Changed: 1}
}

// merge is the story with what changed in the file.
func (p *pass) merge(from transfer.Story, here, want tracker.Story, known tracker.Imported) tracker.Story {
	after := here.Clone()
	for i, f := range fields() {
		wanted, had := mark(f.text(want)), mark(f.text(here))
		last, ok := markOf(known.Marks, i)
		switch {
		case wanted == had, ok && wanted == last:
		case ok && had != last:
			p.complain(from.At, f.name, "it was changed here and in the file; what %s has here stays", here.ID)
		default:
			f.take(&after, want)
		}
	}
	return after
}

// comment is a comment of a story with the attachments that it carried, by their places.
type comment struct {
	tracker.Comment
	carries []int
}

// comments makes the comments of a story.
func (p *pass) comments(from transfer.Story, st tracker.Story) []comment {
	list := make([]comment, len(from.Comments))
	for i, c := range from.Comments {
		list[i] = comment{tracker.Comment{StoryID: st.ID, Author: p.people.here(c.Author), Text: c.Text, CreatedAt: moment(c.At)}, c.Carries}
		if c.At.IsZero() {
			list[i].CreatedAt = st.CreatedAt
		}
		for _, place := range c.Carries {
			if place < 1 || place > len(from.Attachments) {
				p.complain(from.At, "comment", "it carries attachment %d, which the story does not have; that is left out", place)
			}
		}
	}
	return list
}

// missing are the comments that are not here yet.
func (p *pass) missing(from transfer.Story, st tracker.Story) ([]comment, error) {
	if len(from.Comments) == 0 {
		return nil, nil
	}
	there, err := p.r.Comments(st.ID)
	if err != nil {
		return nil, err
	}
	counts := map[said]int{}
	for _, c := range there {
		counts[saidBy(c)]++
	}
	var missing []comment
	for _, c := range p.comments(from, st) {
		if k := saidBy(c.Comment); counts[k] > 0 {
			counts[k]--
		} else {
			missing = append(missing, c)
		}
	}
	return missing, nil
}

// say adds comments. They carry what they did: nothing is sent because of that.
func (p *pass) say(list []comment, files []tracker.FileID) error {
	if p.w == nil {
		return nil
	}
	for i := range list {
		if err := p.w.AddComment(&list[i].Comment); err != nil {
			return err
		}
		for _, place := range list[i].carries {
			if place < 1 || place > len(files) || files[place-1] == 0 {
				continue // told of before
			}
			if err := p.w.CarryFile(list[i].ID, files[place-1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// remember saves what the file had.
func (p *pass) remember(origin int64, want tracker.Story) error {
	if p.w == nil {
		return nil
	}
	return p.w.SaveImported(p.project.ID, tracker.Imported{Origin: origin, StoryID: want.ID, Marks: marks(want)})
}

// note writes down, for the end of the import, what it did to a story.
func (p *pass) note(id tracker.StoryID, changes []tracker.FieldChange) {
	p.noted = append(p.noted, noted{id, changes})
}

// noted is what an import did to a story.
type noted struct {
	story   tracker.StoryID
	changes []tracker.FieldChange
}
