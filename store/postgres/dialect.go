package postgres

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Dialect makes statements that are written for SQLite into PostgreSQL's. The statements
// keep to what both engines take; what is left are parameters, tests against a list, and
// the names of two functions. It is safe for concurrent use.
type Dialect struct {
	known sync.Map // from a statement to its translation
}

// translation is a statement for PostgreSQL with how many parameters it has, which must not be
// given more. lists are the parameters, counted from 0, that
// are lists and no JSON.
type translation struct {
	text       string
	parameters int
	lists      []int
}

// list is an argument that can be given as a list.
type list interface{ Elements() any }

// Translate returns a statement and its arguments as PostgreSQL takes them.
func (d *Dialect) Translate(statement string, args []any) (string, []any) {
	known, ok := d.known.Load(statement)
	if !ok {
		known, _ = d.known.LoadOrStore(statement, translate(statement))
	}
	t, _ := known.(translation)
	args = slices.Clone(args)
	for _, i := range t.lists {
		if l, ok := args[i].(list); ok {
			args[i] = l.Elements()
		}
	}
	for i := range args {
		args[i] = writeArgument(args[i])
	}
	return t.text, args[:t.parameters]
}

const (
	// inList and notInList begin SQLite's test whether a value is in a list; a parameter and
	// listEnd follow.
	inList    = "IN (SELECT value FROM json_each("
	notInList = "NOT " + inList
	listEnd   = "))"
)

func translate(statement string) (t translation) {
	text := strings.NewReplacer("json_group_array(", "json_agg(", "json_array(", "json_build_array(").Replace(statement)
	var b strings.Builder
	highest := 0
	// parameter reads a parameter at the beginning of text and writes PostgreSQL's.
	parameter := func() (number int) {
		digits := 1
		for digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
			digits++
		}
		number = highest + 1
		if digits > 1 {
			number, _ = strconv.Atoi(text[1:digits])
		}
		highest = max(highest, number)
		text = text[digits:]
		b.WriteString("$" + strconv.Itoa(number))
		return number
	}
	test := func(begin, instead string) {
		text = text[len(begin):]
		b.WriteString(instead)
		t.lists = append(t.lists, parameter()-1)
		text = strings.TrimPrefix(text, listEnd)
		b.WriteByte(')')
	}
	for text != "" {
		switch {
		case strings.HasPrefix(text, notInList):
			test(notInList, "<> ALL (")
		case strings.HasPrefix(text, inList):
			test(inList, "= ANY (")
		case text[0] == '?':
			parameter()
		case text[0] == '\'':
			n := quoted(text)
			b.WriteString(text[:n])
			text = text[n:]
		default:
			b.WriteByte(text[0])
			text = text[1:]
		}
	}
	t.text, t.parameters = b.String(), highest
	return t
}

// quoted is how long the literal at the beginning of a text is. The second half of one with
// a doubled quote counts as another literal.
func quoted(text string) int {
	end := strings.IndexByte(text[1:], '\'')
	if end < 0 {
		return len(text)
	}
	return end + 2
}
