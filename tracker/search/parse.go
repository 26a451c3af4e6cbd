package search

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/alike"
)

// reading is what is read, and how far.
type reading struct {
	kind Kind
	// other is a kind whose terms are known, too, and hold for nothing; empty for none.
	other Kind
	text  string
	me    func() string
	now   func() time.Time
	// at is where the rest begins, groups how many parentheses are open there, and
	// turned whether what comes is turned round.
	at, groups int
	turned     bool
	q          Query
}

// parse reads the whole text. A quote or a parenthesis that is still open ends with it,
// and an OR at the end waits for what will follow: people type.
func parse(r reading) (Query, error) {
	r.q.now = r.now
	n, err := r.alternatives()
	if err != nil {
		return Query{}, err
	}
	if n != nil {
		var counted numbering
		n = counted.number(n, true, false)
		r.q.words = counted.words
		if list, ok := n.(all); ok {
			r.q.root = list
		} else {
			r.q.root = all{n}
		}
	}
	if len(r.q.words) > maxWords {
		return Query{}, tracker.Invalid("search", "a search has at most %d words", maxWords)
	}
	return r.q, nil
}

// alternatives reads what stands between ORs, up to the end of the group; nil for
// nothing.
func (r *reading) alternatives() (node, error) {
	var list either
	for {
		n, err := r.together()
		if err != nil {
			return nil, err
		}
		if n != nil {
			list = append(list, n)
		}
		at := r.at
		switch {
		case !r.keyword("OR"):
			return list.simple(), nil
		case n == nil:
			return nil, r.problem(at, "OR stands between two parts of a search; put it in quotes to search for the word")
		}
	}
}

// together reads what stands side by side: all of it must hold.
func (r *reading) together() (node, error) {
	var list all
	for r.more() && !r.comes("OR") {
		switch {
		case r.text[r.at] == ')' && r.groups == 0:
			return nil, r.problem(r.at, "there is no ( for this )")
		case r.text[r.at] == ')':
			return list.simple(), nil
		case r.keyword("AND"):
			continue
		}
		n, err := r.part()
		if err != nil {
			return nil, err
		}
		if n != nil {
			list = append(list, n)
		}
	}
	return list.simple(), nil
}

// part reads a group, a word, a phrase or a term, and the minus before it; nil where
// that says nothing.
func (r *reading) part() (node, error) {
	switch rest := r.rest(); {
	case rest == "" || unicode.IsSpace(first(rest)) || rest[0] == ')' && r.groups > 0:
		return nil, nil // what a minus stands before that turns nothing round
	case rest[0] == '-':
		return r.not()
	case rest[0] == '(':
		return r.group()
	case rest[0] == '"':
		return r.word(r.quoted(), true), nil
	}
	begin := r.at
	if field := r.field(); field != "" {
		return r.term(begin, field)
	}
	text := r.bare(false)
	if text == searchHelp {
		return nil, tracker.Invalid("search", "Search terms: %s; a comma means or, - means not, OR and ( ) combine", strings.Join(Fields(r.whole()), ": ")+":")
	}
	return r.word(text, false), nil
}

// not reads what a minus stands before.
func (r *reading) not() (node, error) {
	r.at++
	r.turned = !r.turned
	n, err := r.part()
	r.turned = !r.turned
	if n == nil || err != nil {
		return nil, err
	}
	return not{n}, nil
}

// group reads what stands in parentheses.
func (r *reading) group() (node, error) {
	r.at++
	r.groups++
	n, err := r.alternatives()
	r.groups--
	if err == nil && r.more() {
		r.at++ // the parenthesis that ends it
	}
	return n, err
}

// word is a word or a phrase; nil where there is no text.
func (r *reading) word(text string, phrase bool) node {
	if text == "" {
		return nil
	}
	return word{text: strings.ToLower(text), phrase: phrase}
}

// value is one of a term's values, in lower case, and where it stands.
type value struct {
	text   string
	quoted bool
	at     int
}

// term reads the values of a field whose name, as it was typed, begins at a place; nil
// for one that is not about single stories.
func (r *reading) term(begin int, typed string) (node, error) {
	name, before := written(typed)
	f, ok := fieldOf(r.whole(), name)
	if beyond := beyondCards(); !ok && r.kind == Cards && slices.Contains(beyond, name) {
		return nil, &BeyondError{typed, beyond}
	} else if !ok {
		return nil, r.unknown(begin, typed)
	}
	values := r.values()
	if one := values[0]; len(values) == 1 && !one.quoted && (one.text == "" || one.text == searchHelp) {
		return nil, tracker.Invalid("search", "%s can be %s", typed, f.meaning())
	}
	own, known := fieldOf(r.kind, name)
	var texts []string
	for _, v := range values {
		text := before + v.text
		switch {
		case known && own.accepts(text, v.quoted):
			texts = append(texts, text)
		case !r.otherAccepts(name, text, v.quoted):
			return nil, r.problem(v.at, "%s can be %s, not %q%s", typed, f.meaning(), v.text, alike.DidYouMean(v.text, f.values))
		}
	}
	switch {
	case name == fieldDone:
		done := (values[0].text == "true") != r.turned
		r.q.done = &done
		return nil, nil
	case texts == nil:
		return never{}, nil
	}
	quoted := slices.ContainsFunc(values, func(v value) bool { return v.quoted })
	return r.asked(own, texts, quoted), nil
}

// asked notes what a term asks for, and makes it.
func (r *reading) asked(f searchField, values []string, quoted bool) node {
	if f.name == fieldIs {
		r.q.asksAside = r.q.asksAside || !r.turned
	}
	r.q.fields = append(r.q.fields, f.name)
	switch {
	case isDate(f.name):
		return date{field: f.name, asked: values}.in(calendarOf(tracker.NewProject(""), r.now()))
	case f.name == fieldWaiting:
		return term{f.name, waits(values, r.now), values}
	}
	f.named = f.named && quoted
	return term{f.name, f.matcher(values, r.me), values}
}

// unknown says that there is no field of a name, and which there are.
func (r *reading) unknown(at int, typed string) error {
	names := Fields(r.whole())
	near := alike.DidYouMean(typed, names)
	if near == "" {
		near = ". Terms: " + strings.Join(names, ", ")
	}
	return r.problem(at, "there is no term %s%s. Use quotes to search for the text itself", typed, strings.TrimSuffix(near, "?"))
}

func fieldOf(kind Kind, name string) (searchField, bool) {
	fields := searchFields(kind)
	if i := slices.IndexFunc(fields, func(f searchField) bool { return f.name == name }); i >= 0 {
		return fields[i], true
	}
	return searchField{}, false
}

// otherAccepts reports whether the other kind's field of that name has a value.
func (r *reading) otherAccepts(name, value string, quoted bool) bool {
	f, ok := fieldOf(r.other, name)
	return ok && f.accepts(value, quoted)
}

// whole is the kind of all that is searched.
func (r *reading) whole() Kind {
	if r.other != "" {
		return Everything
	}
	return r.kind
}

// values reads what stands behind a field's colon: at least one value.
func (r *reading) values() []value {
	var list []value
	for {
		v := value{at: r.at, quoted: strings.HasPrefix(r.rest(), `"`)}
		if v.quoted {
			v.text = strings.ToLower(r.quoted())
		} else {
			v.text = strings.ToLower(r.bare(true))
		}
		list = append(list, v)
		if !strings.HasPrefix(r.rest(), ",") {
			return list
		}
		r.at++
	}
}

// field reads a field's name with its colon, in lower case; empty where there is none.
func (r *reading) field() string {
	name, _, found := strings.Cut(r.rest(), ":")
	if !found || name == "" || !isFieldName(name) {
		return ""
	}
	r.at += len(name) + 1
	return strings.ToLower(name)
}

// isFieldName tells "status:new" from "10:30".
func isFieldName(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' })
}

// quoted reads what stands in quotes; those that are still open end with the text.
func (r *reading) quoted() string {
	text, _, closed := strings.Cut(r.rest()[1:], `"`)
	r.at += 1 + len(text)
	if closed {
		r.at++
	}
	return text
}

// bare reads up to a space or the parenthesis that ends the group, and up to a comma
// where that separates values.
func (r *reading) bare(commas bool) string {
	open, rest := 0, r.rest()
	end := strings.IndexFunc(rest, func(c rune) bool {
		switch {
		case unicode.IsSpace(c) || c == ',' && commas:
			return true
		case c == '(':
			open++
		case c == ')' && open > 0:
			open--
		case c == ')':
			return r.groups > 0
		}
		return false
	})
	if end < 0 {
		end = len(rest)
	}
	r.at += end
	return rest[:end]
}

func (r *reading) rest() string { return r.text[r.at:] }

// more skips spaces and reports whether anything is left.
func (r *reading) more() bool {
	r.at = len(r.text) - len(strings.TrimLeftFunc(r.rest(), unicode.IsSpace))
	return r.at < len(r.text)
}

// comes reports whether a word in capitals comes next.
func (r *reading) comes(w string) bool {
	after, found := strings.CutPrefix(r.rest(), w)
	return found && (after == "" || after[0] == '(' || after[0] == ')' || unicode.IsSpace(first(after)))
}

// keyword reads a word in capitals where it comes next.
func (r *reading) keyword(w string) bool {
	found := r.comes(w)
	if found {
		r.at += len(w)
	}
	return found
}

func first(s string) rune {
	c, _ := utf8.DecodeRuneInString(s)
	return c
}

// problem says what is wrong at a place, which is counted in characters.
func (r *reading) problem(at int, format string, args ...any) error {
	return tracker.Invalid("search", "column %d: %s", 1+utf8.RuneCountInString(r.text[:at]), fmt.Sprintf(format, args...))
}
