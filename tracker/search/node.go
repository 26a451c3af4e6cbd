package search

// node is a part of a query.
type node interface {
	// holds reports whether it is true of an item with its text.
	holds(s Item, t Text) bool
	// each returns it with every part that has no parts put through change.
	each(change func(node) node) node
}

type (
	// all holds where all of it does, either where any of it does.
	all    []node
	either []node
	// not holds where what it turns round does not.
	not struct{ of node }
	// never holds for nothing: what it asks for belongs to another kind of things.
	never struct{}
	// term asks whether a field has a value for which is answers true.
	term struct {
		field string
		is    func(value string) bool
		// values are those that it asks for, in lower case.
		values []string
	}
	// word is a word or a phrase, in lower case.
	word struct {
		text string
		// phrase is true for what stands in quotes, not for what is turned round.
		phrase, not bool
		// must is true where the query holds for no text without it, bit which of the
		// other words it is.
		must bool
		bit  int
	}
)

// simple is the only part of a list, the list where it has several, and nil where it
// has none.
func (list all) simple() node {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return list
}

func (list either) simple() node {
	if len(list) > 1 {
		return list
	}
	return all(list).simple()
}

func (list all) holds(s Item, t Text) bool {
	for _, n := range list {
		if !n.holds(s, t) {
			return false
		}
	}
	return true
}

func (list either) holds(s Item, t Text) bool {
	for _, n := range list {
		if n.holds(s, t) {
			return true
		}
	}
	return false
}

func (n not) holds(s Item, t Text) bool  { return !n.of.holds(s, t) }
func (never) holds(Item, Text) bool      { return false }
func (n term) holds(s Item, _ Text) bool { return s.has(n.field, n.is) }
func (list all) each(change func(node) node) node {
	return all(eachOf(list, change))
}

func (list either) each(change func(node) node) node {
	return either(eachOf(list, change))
}
func (n not) each(change func(node) node) node   { return not{n.of.each(change)} }
func (n never) each(change func(node) node) node { return change(n) }
func (n term) each(change func(node) node) node  { return change(n) }
func (w word) each(change func(node) node) node  { return change(w) }

func eachOf(list []node, change func(node) node) []node {
	of := make([]node, len(list))
	for i, n := range list {
		of[i] = n.each(change)
	}
	return of
}

// numbering notes the words of a query.
type numbering struct{ words []word }

// number notes the words of a part of the query, which must hold or not and is turned
// round or not, and returns it with them numbered.
func (q *numbering) number(n node, must, turned bool) node {
	switch n := n.(type) {
	case all:
		for i := range n {
			n[i] = q.number(n[i], must, turned)
		}
	case either:
		for i := range n {
			n[i] = q.number(n[i], false, turned)
		}
	case not:
		return not{q.number(n.of, false, !turned)}
	case word:
		n.must, n.not = must, turned
		for _, w := range q.words {
			if !w.must {
				n.bit++
			}
		}
		q.words = append(q.words, n)
		return n
	}
	return n
}
