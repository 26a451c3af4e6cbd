package figures_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/figures"
)

// moment reads an instant, or midnight in UTC of a day.
func moment(text string) time.Time {
	for _, form := range []string{time.RFC3339, time.DateOnly, "2006-01-02 15:04"} {
		if t, err := time.Parse(form, text); err == nil {
			return t
		}
	}
	panic(text)
}

// was is what a story was from a moment on.
type was struct {
	at       time.Time
	state    tracker.State
	estimate *float64
	labels   []string
}

// life is a story with all that it has been through, the last of which it is.
type life struct {
	id       tracker.StoryID
	name     string
	kind     tracker.StoryType
	deadline *time.Time
	tickets  []tracker.Ticket
	been     []was
	// untold is true for a story of whose life no activity tells.
	untold bool
}

func (l life) now() was { return l.been[len(l.been)-1] }

func (l life) acceptedAt() *time.Time {
	if l.now().state != tracker.Accepted {
		return nil
	}
	at := time.Time{}
	for i, w := range l.been {
		if w.state == tracker.Accepted && (i == 0 || l.been[i-1].state != tracker.Accepted) {
			at = w.at
		}
	}
	return &at
}

func (l life) found() tracker.StoryFound {
	w := l.now()
	return tracker.StoryFound{
		Card: tracker.Card{
			ID: l.id, Name: l.name, Type: l.kind, State: w.state, Estimate: w.estimate, Labels: w.labels, AcceptedAt: l.acceptedAt(), Deadline: l.deadline,
		},
		CreatedAt: l.been[0].at,
	}
}

func (l life) activities() []tracker.Activity {
	var list []tracker.Activity
	for i := 1; i < len(l.been) && !l.untold; i++ {
		from, to := l.been[i-1], l.been[i]
		changes := tracker.StoryChanges(
			tracker.Story{State: from.state, Estimate: from.estimate, Labels: from.labels}, tracker.Story{State: to.state, Estimate: to.estimate, Labels: to.labels})
		list = append(list, tracker.Activity{StoryID: l.id, Verb: "edited", Changes: changes, At: to.at})
	}
	return list
}

// facts are what the lives of a project's stories leave behind.
func facts(p tracker.Project, now time.Time, lives ...life) figures.Facts {
	f := figures.Facts{Project: p, Now: now, Tickets: map[tracker.StoryID][]tracker.Ticket{}}
	for _, l := range lives {
		f.Stories = append(f.Stories, l.found())
		f.Changes = append(f.Changes, l.activities()...)
		if len(l.tickets) > 0 {
			f.Tickets[l.id] = l.tickets
		}
	}
	slices.SortStableFunc(f.Changes, func(a, b tracker.Activity) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(f.Stories, func(a, b tracker.StoryFound) int {
		order := []tracker.Group{tracker.GroupAccepted, tracker.GroupInProgress, tracker.GroupUnstarted, tracker.GroupIcebox}
		if c := slices.Index(order, a.State.Group()) - slices.Index(order, b.State.Group()); c != 0 || a.AcceptedAt == nil || b.AcceptedAt == nil {
			return c
		}
		return a.AcceptedAt.Compare(*b.AcceptedAt)
	})
	return f
}

// world is a project with stories that were taken through states in any order.
type world struct {
	project tracker.Project
	now     time.Time
	lives   []life
}

func (w world) history() *figures.History { return figures.New(facts(w.project, w.now, w.lives...)) }

// begin is when the worlds begin.
func begin() time.Time { return moment("2026-01-05 15:00") }

func drawWorld(t *rapid.T) world {
	p := tracker.NewProject("p")
	p.TimeZone = rapid.SampledFrom([]string{"UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"}).Draw(t, "zone")
	p.CreatedAt = begin().AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "made"))
	p.IterationWeeks = rapid.IntRange(1, 4).Draw(t, "weeks")
	p.WeekStart = time.Weekday(rapid.IntRange(0, 6).Draw(t, "first day"))
	p.InitialVelocity = rapid.IntRange(1, 12).Draw(t, "initial velocity")
	p.EstimateAll = rapid.Bool().Draw(t, "estimate all")
	p.Manual = rapid.Bool().Draw(t, "manual")
	for n := range rapid.IntRange(0, 3).Draw(t, "overrides") {
		p.Overrides = append(p.Overrides, tracker.IterationOverride{
			Number: 2*n + 2, Weeks: rapid.IntRange(0, 4).Draw(t, "weeks"), Strength: rapid.SampledFrom([]int{0, 50, 100, 130}).Draw(t, "strength"),
		})
	}
	w := world{project: p, now: begin().Add(time.Duration(rapid.IntRange(0, 200*24*60).Draw(t, "now")) * time.Minute)}
	for n := range rapid.IntRange(0, 12).Draw(t, "stories") {
		w.lives = append(w.lives, w.drawLife(t, tracker.StoryID(n+1)))
	}
	return w
}

func (w world) drawLife(t *rapid.T, id tracker.StoryID) life {
	l := life{id: id, kind: rapid.SampledFrom([]tracker.StoryType{tracker.Feature, tracker.Feature, tracker.Bug, tracker.Chore}).Draw(t, "type")}
	l.untold = rapid.IntRange(0, 9).Draw(t, "untold") == 0
	for n := range rapid.IntRange(0, 2).Draw(t, "tickets") {
		l.tickets = append(l.tickets, tracker.Ticket{
			TicketKey: tracker.TicketKey{Host: "acme.zendesk.com", ID: tracker.TicketID(10*n + rapid.IntRange(1, 4).Draw(t, "ticket"))},
		})
	}
	at, most := begin(), int(w.now.Sub(begin()).Minutes())
	for range rapid.IntRange(1, 9).Draw(t, "changes") {
		at = at.Add(time.Duration(rapid.IntRange(0, most/3).Draw(t, "after")) * time.Minute)
		if at.After(w.now) {
			break
		}
		next := was{
			at: at, state: rapid.SampledFrom(tracker.States()).Draw(t, "state"),
			labels: rapid.SampledFrom([][]string{nil, {"ui"}, {"tax", "ui"}, {"ui2"}}).Draw(t, "labels"),
		}
		if points := rapid.SampledFrom([]float64{-1, 0, 0.1, 0.2, 1, 3}).Draw(t, "points"); points >= 0 {
			next.estimate = &points
		}
		l.been = append(l.been, next)
	}
	if l.been == nil {
		l.been = []was{{at: begin(), state: tracker.Unscheduled}}
	}
	if l.untold {
		l.been[0].at, l.been = begin(), l.been[len(l.been)-1:]
	}
	// The status of a ticket is one, whatever story it is linked to.
	for i := range l.tickets {
		l.tickets[i].Status = []tracker.TicketStatus{"", tracker.TicketOpen, tracker.TicketSolved, tracker.TicketClosed}[l.tickets[i].ID%4]
	}
	return l
}
