// Package search is the language in which people search tickets and stories. It asks
// nothing of anybody: a query is read from a text, and matched with what is given.
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
	// Deliveries are the private comments to tickets.
	Deliveries Kind = "deliveries"
)

// Query is a search as people type it. All of it must hold: words, which stand
// in the text or abbreviate words of the name; "phrases in quotes", which stand
// there as they are; and terms such as status:new,open or owner:me, where a
// comma means or. A minus before any of them turns it round. Tickets that were
// dismissed or snoozed match only where the search asks for them, as is:snoozed does.
// The zero value matches everything else.
type Query struct {
	words []queryWord
	terms []queryTerm
}

// queryWord is a word or a phrase, in lower case.
type queryWord struct {
	text   string
	phrase bool
	not    bool
}

// queryTerm asks whether a field has a value for which is answers true.
type queryTerm struct {
	field string
	is    func(value string) bool
	not   bool
	// values are those that it asks for, in lower case.
	values []string
}

// searchField is a field that a term can ask for.
type searchField struct {
	name  string
	kinds []Kind
	// values are those that it can have, nil for any text.
	values []string
	// named is true for a field whose value in quotes is a part of any name.
	named bool
	// check reads a value that is neither listed nor any text, nil for none.
	check func(value string) error
	// means says what any text or what is checked can be.
	means string
}

// searchHelp, in place of a word or a value, asks what there is.
const searchHelp = "?"

// What stands for a value that is missing, and for yourself.
const (
	searchNone = "none"
	searchMe   = "me"
)

// The names of the fields.
const (
	fieldStatus      = "status"
	fieldPriority    = "priority"
	fieldType        = "type"
	fieldOrg         = "org"
	fieldRequester   = "requester"
	fieldTag         = "tag"
	fieldState       = "state"
	fieldEstimate    = "estimate"
	fieldOwner       = "owner"
	fieldLabel       = "label"
	fieldLinked      = "linked"
	fieldWaiting     = "waiting"
	fieldStory       = "story"
	fieldTicket      = "ticket"
	fieldIntegration = "integration"
	fieldBy          = "by"
	fieldIs          = "is"
)

// searchFields are the fields of a kind, in the order in which people are told
// of them.
func searchFields(kind Kind) []searchField {
	tickets, stories, deliveries := []Kind{Tickets}, []Kind{Stories}, []Kind{Deliveries}
	both := []Kind{Tickets, Stories}
	all := []searchField{
		{name: fieldStatus, kinds: tickets, values: []string{"new", "open", "pending", "hold", "solved", "closed"}, named: true},
		{name: fieldPriority, kinds: tickets, values: []string{"urgent", "high", "normal", "low", searchNone}},
		{name: fieldType, kinds: tickets, values: []string{"problem", "incident", "question", "task", searchNone}},
		{name: fieldState, kinds: stories, values: plain(tracker.States())},
		{name: fieldType, kinds: stories, values: plain(tracker.StoryTypes())},
		{name: fieldEstimate, kinds: stories, check: checkEstimate, means: "a number of points or none"},
		{name: fieldOwner, kinds: stories, means: "a name, me or none"},
		{name: fieldLabel, kinds: stories, means: "any label, or none"},
		{name: fieldOrg, kinds: tickets, means: "any name, or none"},
		{name: fieldRequester, kinds: both, means: "a name, me or none"},
		{name: fieldTag, kinds: tickets, means: "any tag, or none"},
		{name: fieldLinked, kinds: both, values: []string{"yes", "no"}},
		{name: fieldStory, kinds: tickets, values: append(plain(tracker.States()), searchNone)},
		{name: fieldWaiting, kinds: tickets, check: checkWaiting, means: "how long the customer waits, such as >2d, <4h or none"},
		{name: fieldIs, kinds: tickets, values: plain(tracker.AsideKinds())},
		{name: fieldStory, kinds: deliveries, check: checkStory, means: "a story's number, such as 14 or S-14"},
		{name: fieldTicket, kinds: deliveries, check: checkTicket, means: "a ticket's number, such as 1039"},
		{name: fieldIntegration, kinds: deliveries, means: "an integration's name, in quotes where it has spaces"},
		{name: fieldState, kinds: deliveries, values: plain(tracker.DeliveryStates())},
		{name: fieldBy, kinds: deliveries, means: "a name or me"},
	}
	return slices.DeleteFunc(all, func(f searchField) bool { return !slices.Contains(f.kinds, kind) })
}

// Fields names the fields that a search of a kind knows, in the order in
// which people are told of them.
func Fields(kind Kind) []string {
	fields := searchFields(kind)
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

func plain[S ~string](list []S) []string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = string(s)
	}
	return texts
}

func checkEstimate(value string) error {
	if value == searchNone {
		return nil
	}
	_, err := tracker.ParsePoints(value)
	return err
}

func checkStory(value string) error {
	_, err := tracker.ParseStoryID(value)
	return err
}

func checkTicket(value string) error {
	_, err := tracker.ParseTicketID(value)
	return err
}

// BeginsTerm splits off the last word of a search that is being typed where that
// may become a term: it begins the names of fields. What it can become is told
// for people; empty where the search is to be taken as it is.
func BeginsTerm(kind Kind, text string) (before, becomes string) {
	at := strings.LastIndexAny(text, " \t") + 1
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

// AsksAside reports whether a search asks for tickets that were dismissed or snoozed:
// no other finds them.
func (q Query) AsksAside() bool {
	return slices.ContainsFunc(q.terms, func(t queryTerm) bool { return t.field == fieldIs && !t.not })
}

// Parse reads a search; me tells who "me" is whenever that is asked.
// CodeInvalid, field "search", for a field or a value that there is not, and for
// a question mark in place of either: it asks what there is.
func Parse(kind Kind, text string, me func() string) (Query, error) {
	return ParseAt(kind, text, me, time.Now)
}

// ParseAt is Parse where now tells the time by which customers wait.
func ParseAt(kind Kind, text string, me func() string, now func() time.Time) (Query, error) {
	var q Query
	for _, t := range searchTokens(text) {
		if t.field == "" && t.value == searchHelp && !t.quoted {
			return Query{}, tracker.Invalid("search", "Search terms: %s; a comma means or, - means not", strings.Join(Fields(kind), ": ")+":")
		}
		if t.field == "" {
			q.words = append(q.words, queryWord{strings.ToLower(t.value), t.quoted, t.not})
			continue
		}
		term, err := parseTerm(kind, t, me, now)
		if err != nil {
			return Query{}, err
		}
		q.terms = append(q.terms, term)
	}
	return q, nil
}

func parseTerm(kind Kind, t searchToken, me func() string, now func() time.Time) (queryTerm, error) {
	fields := searchFields(kind)
	i := slices.IndexFunc(fields, func(f searchField) bool { return f.name == t.field })
	if i < 0 {
		return queryTerm{}, tracker.Invalid("search", "there is no term %s. Terms: %s. Use quotes to search for the text itself",
			t.field, strings.Join(Fields(kind), ", "))
	}
	f := fields[i]
	values := []string{strings.ToLower(t.value)}
	switch {
	case t.value == "" || t.value == searchHelp && !t.quoted:
		return queryTerm{}, tracker.Invalid("search", "%s can be %s", f.name, f.meaning())
	case !t.quoted:
		values = strings.Split(values[0], ",")
	}
	f.named = f.named && t.quoted
	for _, value := range values {
		if err := f.accepts(value); err != nil {
			return queryTerm{}, err
		}
	}
	is := f.matcher(values, me)
	if f.name == fieldWaiting {
		is = waits(values, now)
	}
	return queryTerm{field: f.name, is: is, not: t.not, values: values}, nil
}

// meaning says what the field's values are.
func (f searchField) meaning() string {
	if f.values != nil {
		return tracker.OneOf(f.values)
	}
	return f.means
}

// accepts fails for a value that the field cannot have.
func (f searchField) accepts(value string) error {
	known := value != ""
	switch {
	case f.check != nil:
		known = f.check(value) == nil
	case f.values != nil && !f.named:
		known = slices.Contains(f.values, value)
	}
	if !known {
		return tracker.Invalid("search", "%s can be %s, not %q", f.name, f.meaning(), value)
	}
	return nil
}

// searchToken is one part of a search as it was typed.
type searchToken struct {
	not bool
	// field is in lower case, empty for a word or a phrase.
	field, value string
	quoted       bool
}

// searchTokens cuts a search at its spaces, those in quotes excepted. Quotes
// that are still open end with the text.
func searchTokens(text string) []searchToken {
	var list []searchToken
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		var t searchToken
		text, t.not = strings.CutPrefix(text, "-")
		if i := strings.IndexAny(text, ": \t\""); i > 0 && text[i] == ':' && isFieldName(text[:i]) {
			t.field, text = strings.ToLower(text[:i]), text[i+1:]
		}
		if text, t.quoted = strings.CutPrefix(text, `"`); t.quoted {
			t.value, text, _ = strings.Cut(text, `"`)
		} else {
			end := strings.IndexAny(text, " \t")
			if end < 0 {
				end = len(text)
			}
			t.value, text = text[:end], text[end:]
		}
		if t.value != "" || t.field != "" {
			list = append(list, t)
		}
	}
	return list
}

// isFieldName tells "status:new" from "10:30".
func isFieldName(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
}
