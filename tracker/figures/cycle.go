package figures

import (
	"math"
	"slices"
	"time"

	"storydesk/tracker"
)

// CycleTime is how long accepted stories were worked on.
type CycleTime struct {
	// Stories are those that were accepted and whose activity tells when they were
	// started; Unknown counts the others. Releases are neither.
	Stories, Unknown int
	// Stays are those in the states from started to rejected, and Total all of them
	// together. A story that went back to the Backlog for a while was not worked on then.
	Stays []Stay
	Total Stay
}

// Stay is how long stories were in a state.
type Stay struct {
	// State is empty for all states together.
	State tracker.State
	// Stories is how many of them were in the state.
	Stories int
	// Of these half stayed at most Median, and 85 % at most P85.
	Median, P85 time.Duration
}

// worked are the states in which a story is worked on or waits for the next step.
func worked() []tracker.State {
	return []tracker.State{tracker.Started, tracker.Finished, tracker.Delivered, tracker.Rejected}
}

// stays is how long a story was in each of the worked states.
type stays [4]time.Duration

// CycleTime returns how long the stories that were accepted in the iterations of a range
// were worked on.
func (h *History) CycleTime(r Range) CycleTime {
	var c CycleTime
	times, total := [len(stays{})][]time.Duration{}, []time.Duration(nil)
	spans := h.spans(r)
	for i := range h.facts.Stories {
		s := &h.facts.Stories[i]
		if s.State != tracker.Accepted || s.AcceptedAt == nil || s.Type == tracker.Release || holding(spans, *s.AcceptedAt) < 0 {
			continue
		}
		stayed, been := stayedIn(h.steps[s.ID])
		if been == 0 {
			c.Unknown++
			continue
		}
		c.Stories++
		all := time.Duration(0)
		for i, d := range stayed {
			all += d
			if been&(1<<i) != 0 {
				times[i] = append(times[i], d)
			}
		}
		total = append(total, all)
	}
	for i, state := range worked() {
		c.Stays = append(c.Stays, stayOf(state, times[i]))
	}
	c.Total = stayOf("", total)
	return c
}

// stayedIn adds up how long a story was in each worked state, and sets a bit of been for
// each that it was in.
func stayedIn(steps []step) (stayed stays, been uint8) {
	var running *time.Duration // the state's that it is in
	var since time.Time
	for _, s := range steps {
		if running != nil {
			*running += max(0, s.at.Sub(since))
		}
		running, since = nil, s.at
		for i, state := range worked() {
			if s.now == state {
				running, been = &stayed[i], been|1<<i
			}
		}
	}
	return stayed, been
}

func stayOf(state tracker.State, times []time.Duration) Stay {
	slices.Sort(times)
	return Stay{state, len(times), quantile(times, 0.5), quantile(times, 0.85)}
}

// quantile returns the value below which a share of sorted times lies: between two of
// them in proportion, as spreadsheets' PERCENTILE has it.
func quantile(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	place := share * float64(len(sorted)-1)
	low := int(math.Floor(place))
	high := min(low+1, len(sorted)-1)
	return sorted[low] + time.Duration(math.Round((place-float64(low))*float64(sorted[high]-sorted[low])))
}
