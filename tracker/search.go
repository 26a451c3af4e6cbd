package tracker

import (
	"slices"
	"strings"
)

// SearchKind says what a search goes through.
type SearchKind string

// The kinds.
const (
	SearchTickets SearchKind = "tickets"
	SearchStories SearchKind = "stories"
)

// Query is a search as people type it. All of it must hold: words, which stand
// in the text or abbreviate words of the name; "phrases in quotes", which stand
// there as they are; and terms such as status:new,open or owner:me, where a
// comma means or. A minus before any of them turns it round. The zero value
// matches everything.
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
}

// searchField is a field that a term can ask for.
type searchField struct {
	name  string
	kinds []SearchKind
	// values are those that it can have, nil for any text.
	values []string
	// check reads a value that is neither listed nor any text, nil for none.
	check func(value string) error
}

// What stands for a value that is missing, and for yourself.
const (
	searchNone = "none"
	searchMe   = "me"
)

// The names of the fields.
const (
	fieldStatus    = "status"
	fieldPriority  = "priority"
	fieldType      = "type"
	fieldOrg       = "org"
	fieldRequester = "requester"
	fieldTag       = "tag"
	fieldState     = "state"
	fieldEstimate  = "estimate"
	fieldOwner     = "owner"
	fieldLabel     = "label"
	fieldLinked    = "linked"
)

// searchFields are the fields of a kind, in the order in which people are told
// of them.
func searchFields(kind SearchKind) []searchField {
	tickets, stories := []SearchKind{SearchTickets}, []SearchKind{SearchStories}
	both := []SearchKind{SearchTickets, SearchStories}
	all := []searchField{
		{name: fieldStatus, kinds: tickets, values: []string{"new", "open", "pending", "hold", "solved", "closed"}},
		{name: fieldPriority, kinds: tickets, values: []string{"urgent", "high", "normal", "low", searchNone}},
		{name: fieldType, kinds: tickets, values: []string{"problem", "incident", "question", "task", searchNone}},
		{name: fieldState, kinds: stories, values: plain(States())},
		{name: fieldType, kinds: stories, values: plain(StoryTypes())},
		{name: fieldEstimate, kinds: stories, check: checkEstimate},
		{name: fieldOwner, kinds: stories},
		{name: fieldLabel, kinds: stories},
		{name: fieldOrg, kinds: tickets},
		{name: fieldRequester, kinds: both},
		{name: fieldTag, kinds: tickets},
		{name: fieldLinked, kinds: both, values: []string{"yes", "no"}},
	}
	return slices.DeleteFunc(all, func(f searchField) bool { return !slices.Contains(f.kinds, kind) })
}

// SearchFields names the fields that a search of a kind knows, in the order in
// which people are told of them.
func SearchFields(kind SearchKind) []string {
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
	if _, err := ParsePoints(value); err != nil {
		return Invalid("search", "estimate is a number of points or none, not %q", value)
	}
	return nil
}

// ParseQuery reads a search; me is who "me" is. CodeInvalid, field "search", for
// a field or a value that there is not.
func ParseQuery(kind SearchKind, text, me string) (Query, error) {
	var q Query
	for _, t := range searchTokens(text) {
		if t.field == "" {
			q.words = append(q.words, queryWord{strings.ToLower(t.value), t.quoted, t.not})
			continue
		}
		term, err := parseTerm(kind, t, me)
		if err != nil {
			return Query{}, err
		}
		q.terms = append(q.terms, term)
	}
	return q, nil
}

func parseTerm(kind SearchKind, t searchToken, me string) (queryTerm, error) {
	fields := searchFields(kind)
	i := slices.IndexFunc(fields, func(f searchField) bool { return f.name == t.field })
	if i < 0 {
		return queryTerm{}, Invalid("search", "%s have no %s: they have %s; quotes search for the text itself",
			kind, t.field, strings.Join(SearchFields(kind), ", "))
	}
	f := fields[i]
	values := []string{strings.ToLower(t.value)}
	if !t.quoted {
		values = strings.Split(values[0], ",")
	}
	for _, value := range values {
		if err := f.accepts(value); err != nil {
			return queryTerm{}, err
		}
	}
	return queryTerm{field: f.name, is: f.matcher(values, me), not: t.not}, nil
}

// accepts fails for a value that the field cannot have.
func (f searchField) accepts(value string) error {
	switch {
	case f.check != nil:
		return f.check(value)
	case f.values != nil && !slices.Contains(f.values, value):
		return Invalid("search", "%s is %s, not %q", f.name, alternatives(f.values), value)
	case value == "":
		return Invalid("search", "say which %s, or none", f.name)
	}
	return nil
}

// alternatives writes "a, b or c".
func alternatives(list []string) string {
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " or " + list[last]
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
