package imports

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// blocked is what a story waits for, until all stories are there that it may name.
type blocked struct {
	story tracker.StoryID
	// fresh is true for a story that this import adds: nothing hangs on it yet.
	fresh bool
	at    time.Time
	from  transfer.Blocker
	place transfer.Place
}

// parts brings in what hangs on a story: its reviews and followers at once, its
// blockers at the end, when the stories that they name are there.
func (p *pass) parts(from transfer.Story, st tracker.Story, fresh bool) error {
	for _, b := range from.Blockers {
		// They wait until the end: a cell of a table would hold its whole row in memory.
		b.Text, b.Author = strings.Clone(b.Text), strings.Clone(b.Author)
		p.waits = append(p.waits, blocked{st.ID, fresh, st.CreatedAt, b, from.At})
	}
	if err := p.reviews(from, st, fresh); err != nil {
		return err
	}
	if err := p.brought(from, st, fresh); err != nil {
		return err
	}
	return p.followers(from, st)
}

// brought saves the pull requests, branches and priority of a story: nobody changes these
// here, so that they are those of the file.
func (p *pass) brought(from transfer.Story, st tracker.Story, fresh bool) error {
	next := tracker.Brought{PullRequests: from.PullRequests, Branches: from.Branches, Priority: from.Priority}
	if next.Priority == noPriority {
		next.Priority = ""
	}
	var before tracker.Brought
	if !fresh {
		var err error
		if before, err = p.r.Brought(st.ID); err != nil {
			return err
		}
	}
	p.countBrought(transfer.PullRequests, before.PullRequests, next.PullRequests)
	p.countBrought(transfer.Branches, before.Branches, next.Branches)
	same := before.Priority == next.Priority && slices.Equal(before.PullRequests, next.PullRequests) && slices.Equal(before.Branches, next.Branches)
	if p.w == nil || same {
		return nil
	}
	return p.w.SaveBrought(st.ID, next)
}

// noPriority is the priority of a story without one.
const noPriority = "none"

func (t *tally) countBrought(k transfer.Kind, before, now []string) {
	same := 0
	for _, text := range now {
		if slices.Contains(before, text) {
			same++
		}
	}
	t.count(k, transfer.Count{Read: len(now), Added: len(now) - same, Same: same})
}

// blockers brings in what was collected by parts.
func (p *pass) blockers() error {
	there := map[tracker.StoryID][]tracker.Blocker{}
	for _, b := range p.waits {
		known, read := there[b.story]
		if !read && !b.fresh {
			var err error
			if known, err = p.r.Blockers(b.story); err != nil {
				return err
			}
		}
		next := p.blocker(b)
		i := slices.IndexFunc(known, func(k tracker.Blocker) bool { return k.Text == next.Text })
		count := transfer.Count{Read: 1, Added: 1}
		if i >= 0 {
			count = transfer.Count{Read: 1, Same: 1}
			if had := known[i]; b.from.Resolved && !had.Resolved() {
				count = transfer.Count{Read: 1, Changed: 1}
				had.ResolvedAt = orElse(next.ResolvedAt, p.s.Now())
				next = had
			}
			known = slices.Delete(slices.Clone(known), i, i+1) // one for one
		}
		p.count(transfer.Blockers, count)
		there[b.story] = known
		if count.Same > 0 || p.w == nil {
			continue
		}
		if err := p.w.SaveBlocker(&next); err != nil {
			return err
		}
	}
	return nil
}

// blocker makes a blocker. A story that it names is named by its number here.
func (p *pass) blocker(b blocked) tracker.Blocker {
	next := tracker.Blocker{StoryID: b.story, Text: b.from.Text, CreatedAt: orElse(b.from.At, b.at), Author: p.people.here(b.from.Author)}
	if next.Author == "" {
		next.Author = p.s.Actor()
	}
	if by, ok := p.placed[b.from.Story]; ok && b.from.Story != 0 && by != b.story {
		next.By = by
		if !strings.Contains(strings.TrimSpace(next.Text), " ") { // a number or an address alone
			next.Text = by.String()
		}
	} else if b.from.Story != 0 {
		p.complain(b.place, "blocker", "no story here has the number %d; it stays a text", b.from.Story)
	}
	if utf8.RuneCountInString(next.Text) > tracker.MaxBlockerText {
		p.complain(b.place, "blocker", "it has more than %d characters; the rest is left out", tracker.MaxBlockerText)
		next.Text = string([]rune(next.Text)[:tracker.MaxBlockerText])
	}
	if b.from.Resolved && !p.accepted[next.By] { // else it is resolved by that
		next.ResolvedAt = b.at // nobody wrote down when
	}
	if !b.from.ResolvedAt.IsZero() {
		next.ResolvedAt = b.from.ResolvedAt
	}
	return next
}

// reviews brings in the reviews that a story does not have yet; those of the same type
// and reviewer take over the status.
func (p *pass) reviews(from transfer.Story, st tracker.Story, fresh bool) error {
	if len(from.Reviews) == 0 {
		return nil
	}
	var there []tracker.Review
	if !fresh {
		var err error
		if there, err = p.r.Reviews(st.ID); err != nil {
			return err
		}
	}
	for _, r := range from.Reviews {
		next := p.review(r, from, st)
		i := slices.IndexFunc(there, func(k tracker.Review) bool { return k.Type == next.Type && k.Reviewer == next.Reviewer })
		count := transfer.Count{Read: 1, Added: 1}
		if i >= 0 {
			next.ID, next.CreatedAt = there[i].ID, there[i].CreatedAt
			count = transfer.Count{Read: 1, Same: 1}
			if there[i].Status != next.Status {
				count = transfer.Count{Read: 1, Changed: 1}
			}
			there = slices.Delete(there, i, i+1)
		}
		p.count(transfer.Reviews, count)
		if p.w == nil || count.Same > 0 {
			continue
		}
		if err := p.w.SaveReview(&next); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) review(r transfer.Review, from transfer.Story, st tracker.Story) tracker.Review {
	next := tracker.Review{
		StoryID: st.ID, Type: strings.TrimSpace(r.Type), Reviewer: p.people.here(r.Reviewer), Status: tracker.ReviewUnstarted,
		CreatedAt: orElse(r.At, st.CreatedAt), UpdatedAt: orElse(r.UpdatedAt, p.s.Now()),
	}
	if next.Type == "" {
		next.Type = "Test"
		p.complain(from.At, "review type", "the review has no type; it becomes one of type %s", next.Type)
	}
	if utf8.RuneCountInString(next.Type) > tracker.MaxReviewType {
		p.complain(from.At, "review type", "it has more than %d characters; the rest is left out", tracker.MaxReviewType)
		next.Type = string([]rune(next.Type)[:tracker.MaxReviewType])
	}
	status := tracker.ReviewStatus(strings.ReplaceAll(strings.ToLower(r.Status), " ", "_"))
	switch {
	case slices.Contains(tracker.ReviewStatuses(), status):
		next.Status = status
	case r.Status != "":
		p.complain(from.At, "review status", "%q is not a status of a review; it counts as unstarted", r.Status)
	}
	return next
}

// followers adds the people who follow a story.
func (p *pass) followers(from transfer.Story, st tracker.Story) error {
	people := p.people.all(from.Followers)
	if len(people) == 0 || p.w == nil {
		return nil
	}
	there, err := p.w.Followers(st.ID)
	if err != nil {
		return err
	}
	all := tracker.CleanNames(slices.Concat(there, people))
	if len(all) == len(there) {
		return nil
	}
	return p.w.SaveFollowers(st.ID, all)
}
