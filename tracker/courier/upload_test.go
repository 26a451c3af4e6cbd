package courier_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// attaching comments on a story with two files.
func (w world) attaching(st tracker.Story) {
	w.T.Helper()
	var paths []string
	for name, content := range map[string]string{"a.txt": "abc", "empty.bin": ""} {
		path := filepath.Join(w.T.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			w.T.Fatal(err)
		}
		paths = append(paths, path)
	}
	if _, err := w.Engine.Parts.Comment(w.T.Context(), []tracker.StoryID{st.ID}, "see these", nil, paths); err != nil {
		w.T.Fatal(err)
	}
}

// carried checks that a ticket has the comment once, private, with both files.
func (w world) carried(ticket tracker.TicketID) {
	w.T.Helper()
	w.Once(ticket, "see these")
	for _, c := range w.Received(ticket, "see these") {
		sizes := map[string]int64{}
		for _, a := range c.Attachments {
			sizes[a.FileName] = a.Size
		}
		if len(c.Attachments) != 2 || fmt.Sprint(sizes) != "map[a.txt:3 empty.bin:0]" {
			w.T.Errorf("the comment carries %+v", c.Attachments)
		}
	}
}

func onUpload(f sandbox.Fault) sandbox.Fault {
	f.Method, f.Path = http.MethodPost, "/uploads"
	return f
}

// Whatever becomes of an upload or of the update after it, the ticket has the comment once,
// with its files.
func TestACommentIsSentWithItsAttachmentsOnce(t *testing.T) {
	t.Parallel()
	for name, faults := range map[string][]sandbox.Fault{
		"no fault":                      nil,
		"upload failed":                 {onUpload(sandbox.Fault{Answer: "server-error"})},
		"upload lost after it was made": {onUpload(sandbox.Fault{Apply: true, Answer: "reset"})},
		"upload cut off":                {onUpload(sandbox.Fault{Answer: "reset-reading"})},
		"upload limited":                {onUpload(sandbox.Fault{Answer: "limited-account", RetryAfter: 1})},
		"upload answered nonsense":      {onUpload(sandbox.Fault{Answer: "wrong-json"})},
		"a proxy finds it too large":    {onUpload(sandbox.Fault{Answer: "proxy-too-large"})},
		"a proxy forbids it":            {onUpload(sandbox.Fault{Answer: "proxy-forbidden"})},
		"second upload failed":          {onUpload(sandbox.Fault{Skip: 1, Answer: "unavailable"})},
		"changed while uploading":       {onUpload(sandbox.Fault{Meanwhile: &sandbox.Edit{Ticket: 0, Comment: "Any news?"}})},
		"update changed meanwhile":      {onUpdate(sandbox.Fault{Meanwhile: &sandbox.Edit{Comment: "Any news?"}})},
		"update lost":                   {onUpdate(sandbox.Fault{Answer: "reset"})},
		"update's answer lost":          {onUpdate(sandbox.Fault{Apply: true, Answer: "reset"})},
		"update's answer cut":           {onUpdate(sandbox.Fault{Apply: true, Answer: "truncated"})},
		"update limited":                {onUpdate(sandbox.Fault{Answer: "limited-updates", RetryAfter: 1})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketOpen)
			st := w.Story(ticket)
			for i := range faults {
				if e := faults[i].Meanwhile; e != nil {
					edit := *e
					edit.Ticket = int64(ticket)
					faults[i].Meanwhile = &edit
				}
			}
			w.Faults(faults...)
			w.attaching(st)
			for _, d := range w.Deliver(st) {
				if d.State != tracker.DeliverySent || d.Reason != "" {
					t.Errorf("the delivery is %s: %s", d.State, d.Reason)
				}
			}
			w.carried(ticket)
		})
	}
}

// An upload that waited too long for its comment is made again.
func TestAnUploadThatHasExpiredIsMadeAgain(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	// The first update changes nothing; the second finds the uploads gone.
	w.Faults(
		onUpdate(sandbox.Fault{Answer: "limited-updates", RetryAfter: 1}),
		onUpdate(sandbox.Fault{Before: sandbox.Pause{Hold: "second"}}),
	)
	w.attaching(st)
	held := make(chan error, 1)
	go func() {
		err := w.Sandbox.Held(t.Context(), "second")
		w.Sandbox.ExpireUploads()
		w.Sandbox.Release("second")
		held <- err
	}()
	w.Deliver(st)
	if err := <-held; err != nil {
		t.Fatal(err)
	}
	w.carried(ticket)
	uploads := 0
	for _, r := range w.Sandbox.Requests() {
		if r.Method == http.MethodPost && strings.Contains(r.Path, "uploads") {
			uploads++
		}
	}
	if uploads != 4 {
		t.Errorf("%d uploads, want 4: two that were used by two attempts, and two again", uploads)
	}
}

// A file that Zendesk does not take parks the comment with the reason, and holds up
// nothing else. Without the file it is sent.
func TestAFileThatIsNotTakenParksItsComment(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ answer, says string }{
		"too large":     {"too-large", "larger than"},
		"forbidden":     {"forbidden-page", ""},
		"missing scope": {"missing-scope", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketOpen)
			st := w.Story(ticket)
			w.Faults(onUpload(sandbox.Fault{Answer: test.answer}))
			w.attaching(st)
			w.Comment(st, "without files")
			list := w.Deliver(st)
			if list[0].State != tracker.DeliveryParked || !strings.Contains(list[0].Reason, test.says) || list[1].State != tracker.DeliverySent || w.Paused() != "" {
				t.Fatalf("%s: %s; then %s; paused %q", list[0].State, list[0].Reason, list[1].State, w.Paused())
			}
			for _, f := range w.Whole(st.ID).Parts.Files {
				if err := w.Engine.Parts.RemoveFile(t.Context(), st.ID, f.ID); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := w.Engine.Outbox.RetryDeliveries(t.Context(), []tracker.DeliveryID{list[0].ID}); err != nil {
				t.Fatal(err)
			}
			w.Deliver(st)
			w.Once(ticket, "see these")
		})
	}
}

// A file that is missing or was altered is never sent.
func TestAFileThatWasAlteredIsNotSent(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(path string) error{
		"missing": os.Remove,
		"altered": func(path string) error { return os.WriteFile(path, []byte("abd"), 0o600) },
		"shorter": func(path string) error { return os.WriteFile(path, []byte("ab"), 0o600) },
		"longer":  func(path string) error { return os.WriteFile(path, []byte("abcd"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketOpen)
			st := w.Story(ticket)
			w.attaching(st)
			for _, f := range w.Whole(st.ID).Parts.Files {
				if f.Size > 0 {
					if err := spoil(filepath.Join(w.DB.Files().Path(), f.Content)); err != nil {
						t.Fatal(err)
					}
				}
			}
			if d := w.Deliver(st)[0]; d.State != tracker.DeliveryParked || !strings.Contains(d.Reason, "a.txt") {
				t.Errorf("%s: %s", d.State, d.Reason)
			}
			if got := w.Received(ticket, "see these"); len(got) > 0 {
				t.Errorf("the ticket has %+v", got)
			}
		})
	}
}

// slowAccounts upload a file only once its lane was claimed anew twice.
type slowAccounts struct {
	tracker.Zendesk
	lane func() (tracker.Lane, error)
	// cut counts the uploads that were called off.
	cut *atomic.Int32
}

type slowAccount struct {
	tracker.Account
	lane func() (tracker.Lane, error)
	cut  *atomic.Int32
}

func (s slowAccounts) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	account, err := s.Zendesk.Open(in, c)
	return slowAccount{account, s.lane, s.cut}, err
}

func (s slowAccount) Upload(ctx context.Context, f tracker.StoryFile, content io.Reader) (string, time.Time, error) {
	first, err := s.lane()
	for lane := first; err == nil && !lane.LeaseUntil.After(first.LeaseUntil.Add(2*time.Millisecond)); {
		if ctx.Err() != nil {
			s.cut.Add(1)
			return "", time.Time{}, ctx.Err()
		}
		lane, err = s.lane()
	}
	if err != nil {
		return "", time.Time{}, err
	}
	return s.Account.Upload(ctx, f, content)
}

// uploading is a world with a comment that has attachments, and a program whose uploads take
// long. look is told until when the lane is claimed, again and again while they do.
func uploading(t *testing.T, look func(until time.Time)) (w world, slow *engine.Engine, st tracker.Story, cut *atomic.Int32) {
	t.Helper()
	w = world{trackertest.New(t)}
	st = w.Story(w.Ticket(tracker.TicketOpen))
	w.attaching(st)
	_, slow = w.Open(0)
	cut = new(atomic.Int32)
	slow.Zendesk = slowAccounts{slow.Zendesk, func() (lane tracker.Lane, err error) {
		err = w.DB.Read(t.Context(), func(r tracker.Reader) error {
			list, err := r.Deliveries(tracker.DeliveryQuery{Story: st.ID})
			if err == nil {
				lane, err = r.Lane(list[0].Ticket)
			}
			return err
		})
		look(lane.LeaseUntil)
		return lane, err
	}, cut}
	slow.Courier.RenewEvery(5 * time.Millisecond)
	return w, slow, st, cut
}

// An upload that takes long keeps its lane, for no longer ahead than any other work: where
// this program dies meanwhile, another can go on soon.
func TestALongUploadKeepsItsLane(t *testing.T) {
	t.Parallel()
	longest := time.Duration(0)
	w, slow, st, _ := uploading(t, func(until time.Time) { longest = max(longest, time.Until(until)) })
	w.DeliverWith(slow, st)
	w.carried(st.Tickets[0].Ticket.ID)
	if longest == 0 || longest > 2*time.Minute {
		t.Errorf("the lane was claimed for %s", longest)
	}
}

// busyStore is a store that is too busy for so many changes.
type busyStore struct {
	tracker.Store
	left atomic.Int32
}

func (s *busyStore) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	if s.left.Add(-1) >= 0 {
		return tracker.Errorf(tracker.CodeUnavailable, "the database is busy")
	}
	return s.Store.Write(ctx, fn)
}

// A claim that cannot be renewed for a moment, because the database is busy, is still a claim.
func TestABusyDatabaseEndsNoUpload(t *testing.T) {
	t.Parallel()
	const times = 3
	var busy busyStore
	var begun atomic.Bool
	w, slow, st, cut := uploading(t, func(time.Time) {
		if !begun.Swap(true) {
			busy.left.Store(times)
		}
	})
	busy.Store = slow.Store
	slow.Store = &busy
	w.DeliverWith(slow, st)
	w.carried(st.Tickets[0].Ticket.ID)
	if n := cut.Load(); n > 0 || busy.left.Load() >= 0 {
		t.Errorf("%d uploads were called off, and %d changes still to fail", n, busy.left.Load())
	}
}

// absentFiles are out of reach for so many readings.
type absentFiles struct {
	kernel.Files
	left atomic.Int32
}

func (f *absentFiles) Open(of tracker.StoryFile) (io.ReadCloser, error) {
	if f.left.Add(-1) >= 0 {
		return nil, tracker.Errorf(tracker.CodeUnavailable, "the database is out of reach")
	}
	return f.Files.Open(of)
}

// An attachment whose content is out of reach for a moment parks nothing.
func TestAnAttachmentThatIsOutOfReachForAMoment(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.attaching(st)
	_, svc := w.Open(0)
	files := &absentFiles{Files: svc.Files}
	files.left.Store(2)
	svc.Files = files
	if d := w.DeliverWith(svc, st)[0]; d.State != tracker.DeliverySent {
		t.Errorf("%s: %s", d.State, d.Reason)
	}
	w.carried(ticket)
}
