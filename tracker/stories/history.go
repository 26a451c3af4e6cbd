package stories

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"storydesk/tracker"
)

// What activities and undo call some changes.
const (
	verbDeleted   = "deleted"
	verbCommented = "commented"
	verbLinked    = "linked"
	verbUnlinked  = "unlinked"
)

// changeSet is what one use case changed, in one story or several: it is undone as
// one. It is never empty.
type changeSet []change

// subject names what was changed: stories, or tickets.
func (d changeSet) subject() string {
	changed, last, epics := make(map[fmt.Stringer]bool, len(d)), d[0], d.ofEpics()
	for _, c := range d {
		if _, epic := c.(epicChanged); epic != epics {
			continue // an epic that changed with its stories
		}
		changed[subjectOf(c)], last = true, c
	}
	if len(changed) == 1 {
		return subjectOf(last).String()
	}
	if _, ok := d[0].(elsewhere); ok {
		return fmt.Sprintf("%d tickets", len(changed))
	}
	if epics {
		return fmt.Sprintf("%d epics", len(changed))
	}
	return fmt.Sprintf("%d stories", len(changed))
}

func subjectOf(c change) fmt.Stringer {
	switch c := c.(type) {
	case elsewhere:
		return c.Ticket()
	case epicChanged:
		return c.epic().ID
	case named:
		return c
	}
	return c.of()
}

// verb is what was done: one word where all changes are alike.
func (d changeSet) verb() string {
	for _, c := range d {
		if c.did() != d[0].did() {
			return "changed"
		}
	}
	return d[0].did()
}

// maxHistory is how many change sets can be undone.
const maxHistory = 100

// history is what one process changed. It is safe for concurrent use.
type history struct {
	mu     sync.Mutex
	done   []changeSet
	undone []changeSet
	// completed are the stories whose descriptions were completed.
	completed map[tracker.StoryID]completion
	// real is the history of the process where this one is a rehearsal's, which
	// has nothing to undo but knows what was completed.
	real *history
}

// add remembers a change set, unless ctx is one without undo; one that changed nothing is none.
func (h *history) add(ctx context.Context, d changeSet) {
	if len(d) == 0 || !tracker.Undoable(ctx) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = append(h.done, d)
	if len(h.done) > maxHistory {
		h.done = h.done[1:]
	}
	h.undone = nil
}

// take removes the newest change set of a list.
func (h *history) take(from *[]changeSet) (changeSet, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := len(*from)
	if n == 0 {
		return nil, false
	}
	d := (*from)[n-1]
	*from = (*from)[:n-1]
	return d, true
}

// forget drops the changes of stories that are gone.
func (h *history) forget(ids ...tracker.StoryID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	maps.DeleteFunc(h.completed, func(id tracker.StoryID, _ completion) bool { return slices.Contains(ids, id) })
	gone := func(c change) bool { return slices.Contains(ids, c.of()) }
	for _, list := range []*[]changeSet{&h.done, &h.undone} {
		for i, d := range *list {
			(*list)[i] = slices.DeleteFunc(slices.Clone(d), gone)
		}
		*list = slices.DeleteFunc(*list, func(d changeSet) bool { return len(d) == 0 })
	}
}

// purgedError is why a story that was purged cannot be restored.
type purgedError struct{ story tracker.StoryID }

func (e *purgedError) Error() string { return fmt.Sprintf("%s was purged, which is final", e.story) }

// without puts a change set back without what was done to a story that was purged, and
// tells what stands first in the list now.
func (h *history) without(list *[]changeSet, d changeSet, purged purgedError, verb string) error {
	h.put(list, d)
	h.forget(purged.story)
	h.mu.Lock()
	defer h.mu.Unlock()
	next := "There is nothing else to " + verb
	if n := len(*list); n > 0 {
		next = fmt.Sprintf("Next %s: %s %s", verb, (*list)[n-1].subject(), (*list)[n-1].verb())
	}
	return tracker.Errorf(tracker.CodeNotFound, "%w. %s", &purged, next)
}

func (h *history) put(onto *[]changeSet, d changeSet) {
	h.mu.Lock()
	defer h.mu.Unlock()
	*onto = append(*onto, d)
}
