package imports

import (
	"fmt"

	"storydesk/tracker/transfer"
)

// tally counts what an import meets, and tells of what it cannot place.
type tally struct {
	o        transfer.Options
	counts   map[transfer.Kind]transfer.Count
	findings int
}

func newTally(o transfer.Options) *tally {
	return &tally{o: o, counts: map[transfer.Kind]transfer.Count{}}
}

func (t *tally) found(f transfer.Finding) {
	t.findings++
	if t.o.Found != nil {
		t.o.Found(f)
	}
}

// complain tells of a field of a story or epic.
func (t *tally) complain(at transfer.Place, field, format string, args ...any) {
	t.found(transfer.Finding{Place: at, Heading: field, Message: fmt.Sprintf(format, args...)})
}

// count adds to the counts of a kind.
func (t *tally) count(k transfer.Kind, add transfer.Count) {
	c := t.counts[k]
	c.Read, c.Added, c.Changed, c.Same, c.Left = c.Read+add.Read, c.Added+add.Added, c.Changed+add.Changed, c.Same+add.Same, c.Left+add.Left
	t.counts[k] = c
}

// left counts what is in the file and has no place here.
func (t *tally) left(k transfer.Kind) { t.count(k, transfer.Count{Read: 1, Left: 1}) }
