package search

import (
	"slices"
	"strings"
)

// Known are the values that a project has for fields that take any.
type Known struct{ People, Labels []string }

// of lists the values of a field that can be offered.
func (k Known) of(f searchField) []string {
	switch {
	case f.values != nil:
		return f.values
	case isPerson(f.name):
		return append([]string{searchMe}, k.People...)
	case f.name == fieldLabel, f.name == fieldLabelled, f.name == fieldEpic:
		return k.Labels
	case isDate(f.name):
		return DateWords()
	}
	return nil
}

// Complete completes the last word of a search that is being typed: the name of a term, or
// its last value. What is whole already becomes the next one. It returns the text as it
// is where it knows nothing.
func Complete(kind Kind, text string, known Known) string {
	at := strings.LastIndexAny(text, " \t(") + 1
	if quote := strings.LastIndex(text, `:"`); quote >= 0 && (strings.Count(text, `"`)%2 == 1 || strings.HasSuffix(text, `"`)) {
		at = strings.LastIndexAny(text[:quote], " \t(") + 1
	}
	if strings.HasPrefix(text[at:], "-") {
		at++
	}
	name, value, isTerm := strings.Cut(text[at:], ":")
	if !isTerm {
		if name == "" {
			return text
		}
		fields := Fields(kind)
		if next := following(fields, strings.ToLower(name)); next != "" {
			return text[:at] + next + ":"
		}
		return text
	}
	field, _ := written(strings.ToLower(name))
	f, ok := fieldOf(kind, field)
	if !ok {
		return text
	}
	before := value[:strings.LastIndexByte(value, ',')+1]
	typed := strings.Trim(value[len(before):], `"`)
	next := following(known.of(f), strings.ToLower(typed))
	if next == "" {
		return text
	}
	if strings.ContainsAny(next, " ,()") {
		next = `"` + next + `"`
	}
	return text[:at] + name + ":" + before + next
}

// following is the first of a list that begins with a text, or the one after that which is
// the text, among those that begin as it does; empty where there is none.
func following(list []string, text string) string {
	if i := slices.IndexFunc(list, func(s string) bool { return strings.EqualFold(s, text) }); i >= 0 {
		return list[(i+1)%len(list)]
	}
	for _, s := range list {
		if strings.HasPrefix(strings.ToLower(s), text) {
			return s
		}
	}
	return ""
}
