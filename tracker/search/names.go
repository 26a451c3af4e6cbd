package search

import (
	"slices"
	"strings"

	"storydesk/tracker"
)

// NameReader reads the names by which stories are found.
type NameReader interface {
	Epics(project tracker.ProjectID) ([]tracker.Epic, error)
	People() ([]tracker.Person, error)
}

// WithNames returns the query with the epics of a project and the initials that people chose,
// which are read where it asks for them.
func (q Query) WithNames(r NameReader, project tracker.ProjectID) (Query, error) {
	if q.AsksEpics() {
		epics, err := r.Epics(project)
		if err != nil {
			return q, err
		}
		q = q.WithEpics(epics)
	}
	if q.AsksPeople() {
		people, err := r.People()
		if err != nil {
			return q, err
		}
		q = q.WithInitials(Initials(people))
	}
	return q, nil
}

// AsksPeople reports whether a search asks for people by a term; [Query.WithInitials] says
// which initials they chose.
func (q Query) AsksPeople() bool { return slices.ContainsFunc(q.fields, isPerson) }

// WithInitials returns the query with the initials that people chose, by their names: who is
// asked for by them is found, beside those whose names begin so.
func (q Query) WithInitials(chosen map[string]string) Query {
	if !q.AsksPeople() || len(chosen) == 0 {
		return q
	}
	q.root, _ = q.root.each(func(n node) node {
		t, ok := n.(term)
		if !ok || !isPerson(t.field) {
			return n
		}
		is := t.is
		t.is = func(name string) bool {
			return is(name) || slices.Contains(t.values, strings.ToLower(chosen[name]))
		}
		return t
	}).(all)
	return q
}

// Initials are those that people chose, by their names; nil where nobody did.
func Initials(people []tracker.Person) (chosen map[string]string) {
	for _, p := range people {
		if p.Initials == "" {
			continue
		}
		if chosen == nil {
			chosen = map[string]string{}
		}
		chosen[p.Name] = p.Initials
	}
	return chosen
}
