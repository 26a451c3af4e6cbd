package stories

import (
	"slices"
	"sync"
	"time"

	"storydesk/tracker"
)

// sequencePause is how long after the last story of a sequence the next one begins
// another: what is decided on another occasion is on top again.
const sequencePause = time.Hour

// sequences keep the order of what one process puts at the top of the same group of
// stories, one change after the other: the Backlog reads from top to bottom in the order
// of the decisions. The rule is:
//
//   - A story whose place is Following goes directly below the last one of the sequence
//     that still stands where it was put; without any it goes to the top.
//   - So one that was moved, undone or deleted is passed over, and one whose undoing
//     was redone counts again.
//   - Anything else that is put into the group by hand ends the sequence, unless it
//     goes to the group's end, which does not touch its top. So does an hour's pause.
//
// It is safe for concurrent use.
type sequences struct {
	mu  sync.Mutex
	all map[sequenceKey]sequence
}

type sequenceKey struct {
	project tracker.ProjectID
	group   tracker.Group
}

// sequence is what was put at the top of a group in a row, the last one last.
type sequence struct {
	stories []standing
	last    time.Time
}

// standing is a story and where it was put.
type standing struct {
	story tracker.StoryID
	rank  int64
}

// follow returns the place of a story, which is in its new state, where that is to
// follow others; all other places stay as they are. It follows none of those that are
// moved with it.
func (q *sequences) follow(r tracker.Reader, now time.Time, st tracker.Story, to tracker.Place, moved ...tracker.StoryID) (tracker.Place, error) {
	if !to.Following {
		return to, nil
	}
	to.Following = false
	q.mu.Lock()
	s := q.all[keyOf(st)]
	q.mu.Unlock()
	if now.Sub(s.last) > sequencePause {
		return to, nil
	}
	for _, at := range slices.Backward(s.stories) {
		if at.story == st.ID || slices.Contains(moved, at.story) {
			continue
		}
		before, err := r.Story(at.story)
		switch {
		case tracker.CodeOf(err) == tracker.CodeNotFound:
		case err != nil:
			return to, err
		case before.Rank == at.rank && keyOf(before) == keyOf(st):
			return tracker.Place{Column: to.Column, After: at.story}, nil
		}
	}
	return to, nil
}

// put notes where stories, from top to bottom, were put.
func (q *sequences) put(now time.Time, to tracker.Place, stories ...tracker.Story) {
	if to.Bottom {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.all == nil {
		q.all = make(map[sequenceKey]sequence)
	}
	for _, st := range stories {
		s := q.all[keyOf(st)]
		if !to.Following || now.Sub(s.last) > sequencePause {
			s = sequence{}
		}
		if to.Following {
			s.stories, s.last = append(s.stories, standing{st.ID, st.Rank}), now
		}
		q.all[keyOf(st)] = s
	}
}

func keyOf(st tracker.Story) sequenceKey { return sequenceKey{st.ProjectID, st.State.Group()} }
