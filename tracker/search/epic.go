package search

import (
	"slices"
	"strconv"
	"strings"

	"storydesk/tracker"
)

// WithEpics returns the query with the epics of a project: what it asks of an epic is then
// its name, its number or its label, and none is for stories without an epic. Without any
// it asks for labels alone.
func (q Query) WithEpics(list []tracker.Epic) Query {
	if !q.AsksEpics() || len(list) == 0 {
		return q
	}
	q.root, _ = q.root.each(func(n node) node {
		switch t := n.(type) {
		case term:
			if t.field == fieldEpic {
				return leadsTo(t, list)
			}
		case ofEpic:
			return leadsTo(t.was, list)
		}
		return n
	}).(all)
	return q
}

// ofEpic asks whether a story leads to one of some epics.
type ofEpic struct {
	// labels are those of the epics, all those of the whole project's.
	labels, all map[string]bool
	// none is true where a story without an epic is asked for, too.
	none bool
	was  term
}

func leadsTo(t term, list []tracker.Epic) ofEpic {
	e := ofEpic{labels: map[string]bool{}, all: map[string]bool{}, none: slices.Contains(t.values, searchNone), was: t}
	for _, value := range t.values {
		e.labels[value] = value != searchNone
	}
	for _, epic := range list {
		e.all[epic.Label] = true
		for _, name := range []string{epic.Name, epic.ID.String(), strconv.FormatInt(int64(epic.ID), 10)} {
			if slices.Contains(t.values, strings.ToLower(name)) {
				e.labels[epic.Label] = true
			}
		}
	}
	return e
}

func (e ofEpic) holds(s Item, _ Text) bool {
	return s.has(fieldEpic, func(label string) bool { return e.labels[label] }) ||
		e.none && !s.has(fieldEpic, func(label string) bool { return e.all[label] })
}

func (e ofEpic) each(change func(node) node) node { return change(e) }

// Epic is the term that finds the stories of an epic.
func Epic(e tracker.Epic) string {
	name := e.Name
	if strings.Contains(name, `"`) { // which ends what is quoted
		name = e.ID.String()
	}
	return fieldEpic + `:"` + name + `"`
}
