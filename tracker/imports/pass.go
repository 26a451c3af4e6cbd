package imports

import (
	"context"
	"maps"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// pass is one reading of a file, with or without a writer.
type pass struct {
	*tally
	*converter
	s   *Service
	ctx context.Context
	r   tracker.Reader
	// w is nil while nothing is to be changed.
	w       tracker.Writer
	learned settings
	// original is the project as it was.
	original tracker.Project
	// known are the stories that came from the file's numbers, owned those that did
	// from any.
	known map[int64]tracker.Imported
	owned map[tracker.StoryID]bool
	// placed is where the stories of this pass went, by the file's numbers.
	placed map[int64]tracker.StoryID
	// accepted are those of them that are accepted.
	accepted map[tracker.StoryID]bool
	links    *linker
	order    *order
	// past is what the history tells of stories, noted what the import did to them.
	past  map[tracker.StoryID][]tracker.Activity
	noted []noted
	// waits are the blockers, which may name stories that come later.
	waits []blocked
	epics *epicPass
	// contents are those of attachments.
	contents *contents
	// all is how many stories there are.
	all int
}

func (s *Service) newPass(ctx context.Context, r tracker.Reader, o transfer.Options, contents *contents) (*pass, error) {
	p := &pass{
		tally: newTally(o), contents: contents, s: s, ctx: ctx, r: r, known: map[int64]tracker.Imported{}, owned: map[tracker.StoryID]bool{}, placed: map[int64]tracker.StoryID{}, accepted: map[tracker.StoryID]bool{},
		past: map[tracker.StoryID][]tracker.Activity{},
	}
	project, err := r.Project(o.Project)
	if err != nil {
		return nil, err
	}
	cards, err := r.Cards(o.Project)
	if err != nil {
		return nil, err
	}
	imported, err := r.Imported(o.Project)
	if err != nil {
		return nil, err
	}
	for _, i := range imported {
		p.known[i.Origin], p.owned[i.StoryID] = i, true
	}
	integrations, err := r.Integrations(o.Project)
	if err != nil {
		return nil, err
	}
	listed, err := r.People()
	if err != nil {
		return nil, err
	}
	p.converter = &converter{
		tally: p.tally, project: project, now: s.Now, people: newPeople(listed, s.Actor(), o.People),
		fresh: len(cards) == 0 && len(imported) == 0,
	}
	p.original, p.epics = project, &epicPass{pass: p, origins: map[int64]tracker.ImportedEpic{}}
	p.links = s.newLinker(integrations)
	p.order = newOrder(o.Project, len(imported) > 0)
	return p, nil
}

// run reads the file.
func (p *pass) run(from transfer.Reader) error {
	err := from.Read(func(r transfer.Record) error {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		switch {
		case r.Project != nil:
			p.learned.read(*r.Project)
			if p.fresh {
				p.project, _ = p.learned.applied(p.project) // told of at the end
			}
			return nil
		case r.Story != nil:
			p.learned.story(*r.Story)
			return p.story(*r.Story)
		case r.Epic != nil:
			p.epics.rows = append(p.epics.rows, *r.Epic)
			return nil
		case r.Activity != nil:
			return p.activity(*r.Activity)
		case r.Person != nil:
			p.people.told = append(p.people.told, *r.Person)
		}
		return nil
	}, p.found)
	if err == nil && p.w == nil {
		p.settle()
	}
	if err == nil {
		err = p.epics.bring()
	}
	if err == nil {
		err = p.blockers()
	}
	if err == nil {
		err = p.history()
	}
	if err == nil && p.w != nil {
		err = p.people.save(p.w)
	}
	return err
}

// settle finds out which settings an empty project takes over, and tells of what it
// cannot, and of iterations that are other ones there.
func (p *pass) settle() {
	after := p.project
	if p.fresh {
		var err error
		if after, err = p.learned.applied(p.project); err != nil {
			p.complain(p.learned.at, "", "the project's settings are left out: %s", err)
		}
		p.learned.changes = settingChanges(p.original, after)
	}
	p.learned.compare(after, p.complain)
}

// adopt gives an empty project the settings that the file tells of.
func (p *pass) adopt(learned settings) error {
	if !p.fresh {
		return nil
	}
	after, _ := learned.applied(p.project) // the first reading told of that
	p.learned.changes = settingChanges(p.project, after)
	if len(p.learned.changes) == 0 {
		return nil
	}
	p.project = after
	p.project.UpdatedAt = p.s.Now()
	return p.w.SaveProject(&p.project)
}

// finish returns the report.
func (p *pass) finish() transfer.Report {
	return transfer.Report{
		Project: p.project, Settled: p.learned.changes, Counts: maps.Clone(p.counts), People: p.people.list(), Findings: p.findings,
	}
}

// activity keeps what the history tells of a story until all are there.
func (p *pass) activity(a transfer.Activity) error {
	id, ok := p.placed[a.Of]
	if !ok {
		p.left(transfer.Activities)
		p.complain(a.Row, "", "no story here has the number %d; this change is left out", a.Of)
		return nil
	}
	by := p.people.here(a.By)
	verb := strings.TrimSpace(strings.TrimPrefix(a.Message, a.By))
	if verb == "" {
		verb = a.Type
	}
	p.past[id] = append(p.past[id], tracker.Activity{StoryID: id, Actor: by, Verb: verb, Changes: a.Changes, At: a.At})
	return nil
}

// history writes what the history tells, oldest first, and then what the import did.
func (p *pass) history() error {
	for _, id := range slices.Sorted(maps.Keys(p.past)) {
		if err := p.pastOf(id); err != nil {
			return err
		}
	}
	if p.w == nil {
		return nil
	}
	now := p.s.Now()
	for _, n := range p.noted {
		if err := p.w.AddActivity(&tracker.Activity{StoryID: n.story, Actor: p.s.Actor(), Verb: verbImported, Changes: n.changes, At: now}); err != nil {
			return err
		}
	}
	return nil
}

// rest is what a pass is needed for once it has read the file: what was counted and found,
// and the settings that the file tells of. All else can go.
func rest(p *pass) *pass { return &pass{tally: p.tally, converter: p.converter, learned: p.learned} }

// pastOf writes what the history tells of a story and is not there yet.
func (p *pass) pastOf(id tracker.StoryID) error {
	list := p.past[id]
	slices.SortStableFunc(list, func(a, b tracker.Activity) int { return a.At.Compare(b.At) })
	var there []tracker.Activity
	if id > 0 {
		var err error
		if there, err = p.r.Activities(id); err != nil {
			return err
		}
	}
	for _, a := range list {
		if slices.ContainsFunc(there, func(b tracker.Activity) bool {
			return a.At.Equal(b.At) && a.Actor == b.Actor && a.Verb == b.Verb
		}) {
			p.count(transfer.Activities, transfer.Count{Read: 1, Same: 1})
			continue
		}
		p.count(transfer.Activities, transfer.Count{Read: 1, Added: 1})
		if p.w == nil {
			continue
		}
		if err := p.w.AddActivity(&a); err != nil {
			return err
		}
	}
	return nil
}

// cut shortens a text for a sentence.
func cut(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
