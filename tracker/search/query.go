// Package search is the language in which people search tickets and stories. It asks
// nothing of anybody: a query is read from a text, and matched with what is given.
//
// A query is words, which stand in the text or abbreviate words of the name; "phrases in
// quotes", which stand there as they are; and terms such as state:started,finished or
// created:>3d, where a comma means or. All of them must hold. OR between two of them means
// that either side is enough, and binds less than what stands side by side; parentheses
// group; a minus before a word, a phrase, a term or a group turns it round.
package search

import (
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
)

// Kind says what a search goes through.
type Kind string

// The kinds.
const (
	Tickets Kind = "tickets"
	Stories Kind = "stories"
	// Cards are stories as the board shows them, of which less is known.
	Cards Kind = "cards"
	// Epics are those of a project, by what their rows tell.
	Epics Kind = "epics"
	// Deliveries are the private comments to tickets.
	Deliveries Kind = "deliveries"
	// Everything is stories and tickets. A term that only one of them has finds nothing
	// of the other; [ParseEverything] reads such a search.
	Everything Kind = "everything"
)

// Query is a search as people type it. Tickets that were dismissed or snoozed match only
// where the search asks for them, as is:snoozed does. The zero value matches everything
// else.
type Query struct {
	root all
	// words are those of the whole query, in order.
	words []word
	// fields are those that its terms ask for, in order.
	fields []string
	// asksAside is true where a term that is not turned round asks for tickets put aside.
	asksAside bool
	// done is whether stories in Done are included, nil where the query does not say.
	done *bool
	now  func() time.Time
}

// Parse reads a search; me tells who "me" is whenever that is asked.
// CodeInvalid, field "search", for a field or a value that there is not, and for
// a question mark in place of either: it asks what there is.
func Parse(kind Kind, text string, me func() string) (Query, error) {
	return ParseAt(kind, text, me, time.Now)
}

// ParseAt is Parse where now tells the time by which customers wait and dates are
// understood. Dates are UTC's until [Query.In] says otherwise.
func ParseAt(kind Kind, text string, me func() string, now func() time.Time) (Query, error) {
	return parse(reading{kind: kind, text: text, me: me, now: now})
}

// ParseEverything reads a search of [Everything]: what it asks of stories, and what of
// tickets. It fails as [Parse] does, for what neither of them has.
func ParseEverything(text string, me func() string, now func() time.Time) (stories, tickets Query, err error) {
	stories, err = parse(reading{kind: Stories, other: Tickets, text: text, me: me, now: now})
	if err != nil {
		return Query{}, Query{}, err
	}
	tickets, err = parse(reading{kind: Tickets, other: Stories, text: text, me: me, now: now})
	return stories, tickets, err
}

// BeyondError is what Parse fails with for a term of a search of [Cards] that only whole
// stories answer.
type BeyondError struct {
	// Term is that term as it was typed, Terms are all of the kind.
	Term  string
	Terms []string
}

// Error says so.
func (e *BeyondError) Error() string {
	return "rows do not say " + e.Term + ", as they do not say " + strings.Join(e.Terms, ", ")
}

// Unwrap returns it as one of the domain: CodeInvalid, field "search".
func (e *BeyondError) Unwrap() error { return tracker.Invalid("search", "%s", e.Error()) }

// beyondCards are the fields of whole stories that cards do not have.
func beyondCards() []string {
	cards := Fields(Cards)
	return slices.DeleteFunc(Fields(Stories), func(name string) bool { return slices.Contains(cards, name) })
}

// In returns the query with its dates as those of a project: days begin at midnight in
// its time zone, weeks on its first day of the week. Words such as today are those of
// the moment at which it is called.
func (q Query) In(p tracker.Project) Query {
	if q.now != nil && len(q.fields) > 0 {
		c := calendarOf(p, q.now())
		q.root, _ = q.root.each(func(n node) node {
			if d, ok := n.(date); ok {
				return d.in(c)
			}
			return n
		}).(all)
	}
	return q
}

// Empty reports whether the query matches everything but tickets that were dismissed
// or snoozed.
func (q Query) Empty() bool { return len(q.root) == 0 }

// AsksAside reports whether a search asks for tickets that were dismissed or snoozed:
// no other finds them.
func (q Query) AsksAside() bool { return q.asksAside }

// IncludesDone returns whether stories in Done are to be found, which the term
// includedone says; other is returned where it does not.
func (q Query) IncludesDone(other bool) bool {
	if q.done == nil {
		return other
	}
	return *q.done
}

// AsksFacts reports whether a search has terms: what they ask for is not written in texts.
func (q Query) AsksFacts() bool { return len(q.fields) > 0 }

// AsksNames reports whether a search asks for names by a term.
func (q Query) AsksNames() bool { return q.asks(fieldName) }

// AsksDates reports whether a search asks when something was created or updated, which
// a story's card does not tell.
func (q Query) AsksDates() bool { return q.asks(fieldCreated) || q.asks(fieldUpdated) }

// AsksEpics reports whether a search asks for the stories of epics; [Query.WithEpics] says
// which those are.
func (q Query) AsksEpics() bool { return q.asks(fieldEpic) }

// AsksLinks reports whether a search asks for the tickets of stories.
func (q Query) AsksLinks() bool { return q.asks(fieldTicket) || q.asks(fieldLinked) }

// AsksBlockers reports whether a search asks which stories are blocked.
func (q Query) AsksBlockers() bool { return q.asks(fieldBlocked) }

// AsksText reports whether a search has words: they may stand in texts that are long.
func (q Query) AsksText() bool { return len(q.words) > 0 }

func (q Query) asks(field string) bool { return slices.Contains(q.fields, field) }

// Words are the words and phrases of a query that must stand in a text, and those of
// which it depends on others whether they must, all in lower case. Where the other ones
// stand is told by [Text.With], bit by bit in their order.
func (q Query) Words() (must, others []string) {
	for _, w := range q.words {
		if w.must {
			must = append(must, w.text)
		} else {
			others = append(others, w.text)
		}
	}
	return must, others
}

// maxWords is how many words a query has at most: a bit of an integer tells of each
// whether it was found.
const maxWords = 60

// BeginsTerm splits off the last word of a search that is being typed where that
// may become a term: it begins the names of fields. What it can become is told
// for people; empty where the search is to be taken as it is.
func BeginsTerm(kind Kind, text string) (before, becomes string) {
	at := strings.LastIndexAny(text, " \t(") + 1
	word := strings.ToLower(strings.TrimPrefix(text[at:], "-"))
	if word == "" || strings.Count(text, `"`)%2 == 1 {
		return text, ""
	}
	fields := slices.DeleteFunc(searchFields(kind), func(f searchField) bool { return !strings.HasPrefix(f.name, word) })
	switch len(fields) {
	case 0:
		return text, ""
	case 1:
		return text[:at], fields[0].name + ": " + fields[0].meaning()
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name + ":"
	}
	return text[:at], strings.Join(names, " ")
}
