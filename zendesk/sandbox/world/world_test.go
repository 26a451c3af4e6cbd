package world_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
)

func start() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

func seeded(t *testing.T) (*world.World, *world.Record) {
	t.Helper()
	s, err := world.Seed(start(), 3)
	if err != nil {
		t.Fatal(err)
	}
	return s.World, s.World.Record(world.FirstGenerated)
}

// What was not applied has changed nothing, so that it can be saved first.
func TestADraftChangesNothingUntilItIsApplied(t *testing.T) {
	t.Parallel()
	w, rec := seeded(t)
	before, comments := rec.Ticket, len(rec.Comments)
	draft := func() *world.Draft {
		d := world.NewDraft(rec, w.Agent(record.Email), "api")
		d.After.Subject = "Another subject"
		d.After.Tags[0] = "another"
		d.Comment = &world.CommentInput{Body: "A private comment", Public: new(bool)}
		return d
	}
	first := w.Prepare(draft(), start().Add(time.Minute), "a test")
	again := w.Prepare(draft(), start().Add(time.Minute), "a test")
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("prepared twice (-first +again):\n%s", diff)
	}
	if diff := cmp.Diff(before, rec.Ticket); diff != "" || len(rec.Comments) != comments {
		t.Errorf("changed by a draft:\n%s", diff)
	}
	if err := w.Apply(again); err != nil {
		t.Fatal(err)
	}
	if last := rec.Comments[len(rec.Comments)-1]; rec.Ticket.Subject != "Another subject" || last.Body != "A private comment" || last.Public {
		t.Errorf("applied: %q, %+v", rec.Ticket.Subject, last)
	}
	if err := w.Apply(world.Change{Ticket: again.Ticket}); err == nil {
		t.Error("a change is applied that would give ids a second time")
	}
}

func TestAViewFollowsItsTickets(t *testing.T) {
	t.Parallel()
	w, rec := seeded(t)
	unresolved := w.Views()[0]
	before := len(w.Sorted(unresolved, start(), "", ""))
	ch, err := w.Edited(world.Edit{Ticket: rec.Ticket.ID, Status: "solved"}, start())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Apply(ch); err != nil {
		t.Fatal(err)
	}
	if after := len(w.Sorted(unresolved, start(), "", "")); after != before-1 {
		t.Errorf("%d unresolved tickets, then %d", before, after)
	}
}

func TestEditsThatCannotBe(t *testing.T) {
	t.Parallel()
	w, rec := seeded(t)
	for name, edit := range map[string]world.Edit{
		"no ticket": {Ticket: 1 << 40, Status: "open"},
		"no status": {Ticket: rec.Ticket.ID, Status: "asleep"},
		"no rating": {Ticket: rec.Ticket.ID, Satisfaction: "so-so"},
	} {
		if _, err := w.Edited(edit, start()); err == nil {
			t.Errorf("%s: edited", name)
		}
	}
}
