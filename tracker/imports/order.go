package imports

import "storydesk/tracker"

// order finds ranks, so that stories stand as the rows of the file do.
type order struct {
	project tracker.ProjectID
	// again is true where stories were imported before: new ones at the head of the
	// file go to the top then, and else below what is there.
	again bool
	// last is the story of each group that was put last, with its rank.
	last map[tracker.Group]tracker.Story
	// high is the highest rank of each group, as far as it is known.
	high map[tracker.Group]int64
}

func newOrder(project tracker.ProjectID, again bool) *order {
	return &order{project: project, again: again, last: map[tracker.Group]tracker.Story{}, high: map[tracker.Group]int64{}}
}

// put notes that a story is the last of its group so far.
func (o *order) put(st tracker.Story) {
	g := st.State.Group()
	o.last[g] = tracker.Story{ID: st.ID, Rank: st.Rank}
	if high, ok := o.high[g]; ok {
		o.high[g] = max(high, st.Rank)
	}
}

// rank is a rank for the story that comes next in a group.
func (o *order) rank(w tracker.Writer, g tracker.Group) (int64, error) {
	low, high, ok, err := o.ends(w, g)
	if err != nil || !ok {
		return 0, err
	}
	last, after := o.last[g]
	switch {
	case !after && o.again:
		return low - tracker.RankStep, nil
	case !after, last.Rank == high:
		return high + tracker.RankStep, nil
	}
	for range 2 {
		next, ok, err := w.RankBeside(o.project, g, last.Rank, false)
		switch {
		case err != nil:
			return 0, err
		case !ok:
			return last.Rank + tracker.RankStep, nil
		case next-last.Rank > 1:
			return last.Rank + min((next-last.Rank)/2, tracker.RankStep>>10), nil
		}
		// No rank is free between the two.
		if err := w.SpaceRanks(o.project, g); err != nil {
			return 0, err
		}
		delete(o.high, g)
		if last, err = w.Story(last.ID); err != nil {
			return 0, err
		}
	}
	return 0, tracker.Errorf(tracker.CodeInternal, "no room beside %s after renumbering", last.ID)
}

// ends are the lowest and highest rank of a group. The lowest is read anew each time,
// which happens once for a group.
func (o *order) ends(w tracker.Writer, g tracker.Group) (low, high int64, ok bool, err error) {
	if high, ok := o.high[g]; ok && o.last[g].ID != 0 {
		return 0, high, true, nil
	}
	low, high, ok, err = w.Ranks(o.project, g)
	if err == nil {
		o.high[g] = high
	}
	return low, high, ok, err
}
