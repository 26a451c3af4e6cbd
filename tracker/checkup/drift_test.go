package checkup_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/verdict"
	"storydesk/zendesk/sandbox"
)

// drifts runs a check and returns what it found by story.
func (w *world) drifts() map[tracker.StoryID][]linkcheck.Drift {
	w.T.Helper()
	found := make(map[tracker.StoryID][]linkcheck.Drift)
	var last linkcheck.Progress
	err := w.Engine.Checkup.FindDrift(w.T.Context(), 0, func(p linkcheck.Progress) {
		for _, d := range p.Found {
			found[d.Story.ID] = append(found[d.Story.ID], d)
		}
		if p.Done < last.Done || p.Done > p.Total {
			w.T.Errorf("%d of %d after %d", p.Done, p.Total, last.Done)
		}
		last = p
	})
	if err != nil {
		w.T.Fatal(err)
	}
	if last.Done != last.Total {
		w.T.Errorf("ended at %d of %d", last.Done, last.Total)
	}
	return found
}

// drift is the only one of a story.
func (w *world) drift(st tracker.Story) linkcheck.Drift {
	w.T.Helper()
	found := w.drifts()[st.ID]
	if len(found) != 1 {
		w.T.Fatalf("%s has drifts %+v", st.ID, found)
	}
	return found[0]
}

func TestDriftOfTickets(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		edit   sandbox.Edit
		kind   linkcheck.Kind
		repair linkcheck.Repair
		words  string
	}{
		"merged":    {sandbox.Edit{MergeInto: 1047}, linkcheck.Merged, linkcheck.RepairRelink, "merged into #1047"},
		"closed":    {sandbox.Edit{Status: "closed"}, linkcheck.Closed, linkcheck.RepairUnlink, "is closed"},
		"deleted":   {sandbox.Edit{Delete: true}, linkcheck.Gone, linkcheck.RepairUnlink, "was deleted"},
		"hidden":    {sandbox.Edit{Hide: true}, linkcheck.Hidden, linkcheck.RepairUnlink, sandbox.Email + " can no longer see"},
		"solved":    {sandbox.Edit{Status: "solved"}, linkcheck.Solved, linkcheck.RepairNone, "is solved"},
		"untouched": {sandbox.Edit{Comment: "Any news?"}, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ticket := w.Ticket(tracker.TicketOpen)
			st := w.Story(ticket)
			test.edit.Ticket = int64(ticket)
			w.Meanwhile(test.edit)
			if test.kind == "" {
				if found := w.drifts(); len(found) > 0 {
					t.Errorf("found %+v", found)
				}
				return
			}
			d := w.drift(st)
			if d.Kind != test.kind || d.Repair != test.repair || !strings.Contains(d.Text, test.words) || d.Link.Ticket.ID != ticket {
				t.Errorf("found %+v", d)
			}
			if test.repair == linkcheck.RepairNone {
				if _, err := w.Engine.Checkup.Fix(t.Context(), d, false); tracker.CodeOf(err) != tracker.CodeRefused {
					t.Errorf("fixed with %v", err)
				}
				return
			}
			if _, err := w.Engine.Checkup.Fix(t.Context(), d, false); err != nil {
				t.Fatal(err)
			}
			if found := w.drifts(); len(found) > 0 {
				t.Errorf("after the repair: %+v", found)
			}
		})
	}
}

func TestRepairOfAMergeIsOneChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Meanwhile(sandbox.Edit{Ticket: int64(ticket), MergeInto: 1047})
	said, err := w.Engine.Checkup.Fix(t.Context(), w.drift(st), false)
	if want := fmt.Sprintf("%s linked to #1047 instead of %s", st.ID, ticket); err != nil || said != want {
		t.Errorf("said %q, %v", said, err)
	}
	tickets := func() string {
		st, err := w.Engine.Stories.Story(t.Context(), st.ID)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, l := range st.Story.Tickets {
			ids = append(ids, l.Ticket.ID.String())
		}
		return strings.Join(ids, " ")
	}
	if got := tickets(); got != "#1047" {
		t.Errorf("linked to %s", got)
	}
	took, err := w.Engine.Stories.Undo(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("Undone: %s changed", st.ID); took.Said != want {
		t.Errorf("said %q, want %q", took.Said, want)
	}
	if got := tickets(); got != ticket.String() {
		t.Errorf("after undo linked to %s", got)
	}
}

func TestRepairWaitsForCommentsThatHaveNotLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "still here")
	w.Meanwhile(sandbox.Edit{Ticket: int64(ticket), Status: "closed"})
	d := w.drift(st)
	if _, err := w.Engine.Checkup.Fix(t.Context(), d, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("fixed with %v", err)
	}
	if _, err := w.Engine.Checkup.Fix(t.Context(), d, true); err != nil {
		t.Error(err)
	}
}

func TestDriftOfAcceptedStories(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Accept(st)
	if d := w.drift(st); d.Kind != linkcheck.Open || d.Level != verdict.LevelInfo {
		t.Errorf("found %+v", d)
	}
	for _, done := range []sandbox.Edit{{Status: "closed"}, {Delete: true}} {
		done.Ticket = int64(ticket)
		w.Meanwhile(done)
		if found := w.drifts(); len(found) > 0 {
			t.Errorf("an accepted story is adrift: %+v", found)
		}
	}
}

func TestDriftOfTheView(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(w.Ticket(tracker.TicketPending))
	if found := w.drifts(); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
	d := w.In.Draft()
	d.View = trackertest.Itoa(sandbox.ViewNew)
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	if d := w.drift(st); d.Kind != linkcheck.LeftView || d.Level != verdict.LevelInfo {
		t.Errorf("found %+v", d)
	}
}

func TestDriftOfComments(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "the first note")
	w.Comment(st, "the second note")
	deliveries := w.Deliver(st)
	if found := w.drifts(); len(found) > 0 {
		t.Fatalf("found %+v", found)
	}

	w.Meanwhile(sandbox.Edit{Ticket: int64(ticket), Redact: tracker.Reference(st.ID, deliveries[1].Operation)})
	if d := w.drift(st); d.Kind != linkcheck.CommentRedacted || d.Delivery != deliveries[1].ID {
		t.Errorf("found %+v", d)
	}

	w.Meanwhile(sandbox.Edit{Ticket: int64(ticket), Erase: "the first note"})
	found := w.drifts()[st.ID]
	if len(found) != 2 || found[1].Kind != linkcheck.CommentMissing || found[1].Delivery != deliveries[0].ID {
		t.Fatalf("found %+v", found)
	}
	if _, err := w.Engine.Checkup.Fix(t.Context(), found[1], false); err != nil {
		t.Fatal(err)
	}
	w.Deliver(st)
	w.Once(ticket, "the first note")
	if d := w.drift(st); d.Kind != linkcheck.CommentRedacted {
		t.Errorf("after the repair: %+v", d)
	}
}

// publicAccounts open accounts on which every comment is public.
type publicAccounts struct{ tracker.Zendesk }

type publicAccount struct{ tracker.Account }

func (d publicAccounts) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	account, err := d.Zendesk.Open(in, c)
	return publicAccount{account}, err
}

func (d publicAccount) Comments(ctx context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		for page, err := range d.Account.Comments(ctx, id) {
			for i := range page.Comments {
				page.Comments[i].Public = true
			}
			if !yield(page, err) {
				return
			}
		}
	}
}

func TestDriftOfAPublicComment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Comment(st, "for us alone")
	w.Deliver(st)
	_, w.Engine = w.Open(0)
	w.Engine.Zendesk = publicAccounts{w.Engine.Zendesk}
	if d := w.drift(st); d.Kind != linkcheck.CommentPublic || d.Level != verdict.LevelFailed {
		t.Errorf("found %+v", d)
	}
}

func TestDriftWithoutAnIntegration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(w.Ticket(tracker.TicketOpen))
	if _, err := w.Engine.Accounts.SetIntegrationActive(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	if found := w.drifts()[0]; len(found) != 1 || found[0].Kind != linkcheck.Unread || found[0].Level != verdict.LevelInfo {
		t.Errorf("off: %+v", found)
	}
	if err := w.Engine.Accounts.RemoveIntegration(t.Context(), w.In.ID, true); err != nil {
		t.Fatal(err)
	}
	d := w.drift(st)
	if d.Kind != linkcheck.NoIntegration || d.Repair != linkcheck.RepairUnlink {
		t.Errorf("removed: %+v", d)
	}
	if _, err := w.Engine.Checkup.Fix(t.Context(), d, false); err != nil {
		t.Error(err)
	}
}

func TestDriftWaitsWhereTheAccountAsksTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story(w.Ticket(tracker.TicketOpen))
	w.Faults(sandbox.Fault{Path: "/tickets/show_many", Answer: "limited-account", RetryAfter: 1})
	begun := time.Now()
	waited := false
	err := w.Engine.Checkup.FindDrift(t.Context(), 0, func(p linkcheck.Progress) { waited = waited || p.Waits == time.Second })
	if err != nil || !waited || time.Since(begun) < time.Second {
		t.Errorf("ended with %v after %s, waited %t", err, time.Since(begun), waited)
	}
}

func TestDriftTellsWhatItCouldNotRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story(w.Ticket(tracker.TicketOpen))
	w.Faults(sandbox.Fault{Path: "/tickets/show_many", Answer: "server-error"})
	found := make([]linkcheck.Drift, 0, 1)
	err := w.Engine.Checkup.FindDrift(t.Context(), 0, func(p linkcheck.Progress) { found = append(found, p.Found...) })
	if err != nil || len(found) != 1 || found[0].Kind != linkcheck.Unread || found[0].Level != verdict.LevelFailed {
		t.Errorf("found %+v, %v", found, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Engine.Checkup.FindDrift(ctx, 0, func(linkcheck.Progress) {}); err == nil {
		t.Error("a check that was called off ended well")
	}
}

func TestDriftLeavesTheRestOfAnAllowanceToOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	low := &atomic.Bool{}
	low.Store(true)
	w.Engine.Zendesk = trackertest.LowQuota{Zendesk: w.Engine.Zendesk, Low: low}
	w.Edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false }) // its account is opened again
	w.Story(w.Ticket(tracker.TicketOpen))
	before := len(w.Sandbox.Requests())
	ctx, cancel := context.WithCancel(t.Context())
	var waits time.Duration
	err := w.Engine.Checkup.FindDrift(ctx, 0, func(p linkcheck.Progress) {
		if waits = max(waits, p.Waits); waits > 0 {
			cancel()
		}
	})
	if err == nil || waits != 20*time.Second {
		t.Errorf("ended with %v, waited %s", err, waits)
	}
	if asked := len(w.Sandbox.Requests()) - before; asked > 0 {
		t.Errorf("%d requests were made", asked)
	}
}

// A link keeps its integration when that moves to another project.
func TestDriftOfAnIntegrationOfAnotherProject(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(w.Ticket(tracker.TicketOpen))
	p, err := w.Engine.Projects.AddProject(t.Context(), tracker.NewProject("Another"))
	if err != nil {
		t.Fatal(err)
	}
	d := w.In.Draft()
	d.ProjectID = p.ID
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	for project, total := range map[tracker.ProjectID]int{0: 1, st.ProjectID: 1, p.ID: 0} {
		var last linkcheck.Progress
		err := w.Engine.Checkup.FindDrift(t.Context(), project, func(p linkcheck.Progress) {
			last = p
			if len(p.Found) > 0 {
				t.Errorf("project %d: found %+v", project, p.Found)
			}
		})
		if err != nil || last.Total != total {
			t.Errorf("project %d: %d compared, want %d, %v", project, last.Total, total, err)
		}
	}
}
