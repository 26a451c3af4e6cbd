package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/kind"
)

func now() time.Time { return time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC) }

func write(b *testing.B, db tracker.Store, fn func(w tracker.Writer) error) {
	b.Helper()
	if err := db.Write(b.Context(), fn); err != nil {
		b.Fatal(err)
	}
}

// onEachEngine measures on SQLite, and on PostgreSQL where that is installed.
func onEachEngine(b *testing.B, measure func(b *testing.B, db tracker.Store)) {
	b.Run("SQLite", func(b *testing.B) { measure(b, mustOpen(b, testPath(b))) })
	b.Run("PostgreSQL", func(b *testing.B) {
		if address, ok := postgrestest.Database(b, prepareServer); ok {
			measure(b, mustOpenServer(b, address))
		}
	})
}

func addIntegration(w tracker.Writer) (tracker.Integration, error) {
	p := tracker.NewProject("p")
	if err := w.AddProject(&p); err != nil {
		return tracker.Integration{}, err
	}
	in := tracker.Integration{
		ProjectID: p.ID, Name: "zd", Kind: kind.Zendesk, URL: "https://acme.zendesk.com", Host: "acme.zendesk.com",
		ViewID: 1, Active: true,
	}
	return in, w.AddIntegration(&in)
}

func waiting(in tracker.Integration, n int) tracker.Delivery {
	return tracker.Delivery{
		Operation: fmt.Sprint("op ", n), StoryID: tracker.StoryID(n), Ticket: tracker.TicketKey{Host: in.Host, ID: tracker.TicketID(n)},
		IntegrationID: in.ID, Kind: tracker.KindState, Text: "Ada started story S-14", State: tracker.DeliveryWaiting,
		NotBefore: now(), CreatedAt: now(),
	}
}

// addStories adds stories with owners, labels and descriptions, ranked in no
// order, every other one linked.
func addStories(w tracker.Writer, in tracker.Integration, n int) error {
	points := 2.0
	for i := range n {
		s := tracker.Story{
			ProjectID: in.ProjectID, Name: fmt.Sprintf("Story number %d with a name", i), Description: fmt.Sprintf("%500d", i),
			Type: tracker.Feature, State: tracker.Unstarted, Estimate: &points, Owners: []string{"Ada Lovelace"},
			Labels: []string{"export", "billing"}, Rank: int64(i * 7919 % 10007), CreatedAt: now(), UpdatedAt: now(),
		}
		if err := w.AddStory(&s); err != nil {
			return err
		}
		if i%2 == 0 {
			continue
		}
		l := tracker.Link{StoryID: s.ID, Ticket: tracker.TicketKey{Host: in.Host, ID: tracker.TicketID(i)}, IntegrationID: in.ID}
		if err := w.AddLink(&l); err != nil {
			return err
		}
	}
	return nil
}

func BenchmarkOpen(b *testing.B) {
	path := testPath(b)
	mustOpen(b, path)
	for b.Loop() {
		db, err := Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBoard(b *testing.B) {
	db := mustOpen(b, testPath(b))
	var in tracker.Integration
	write(b, db, func(w tracker.Writer) (err error) {
		if in, err = addIntegration(w); err != nil {
			return err
		}
		return addStories(w, in, 10_000)
	})
	for name, read := range map[string]func(r tracker.Reader) (int, error){
		"Cards": func(r tracker.Reader) (int, error) {
			list, err := r.Cards(in.ProjectID)
			return len(list), err
		},
		"Stories": func(r tracker.Reader) (int, error) {
			list, err := r.Stories(in.ProjectID)
			return len(list), err
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				err := db.Read(b.Context(), func(r tracker.Reader) error {
					if n, err := read(r); n != 10_000 || err != nil {
						b.Fatalf("read %d stories (%v)", n, err)
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A change of a story, its activity and its delivery in one commit.
func BenchmarkChange(b *testing.B) {
	onEachEngine(b, benchmarkChange)
}

func benchmarkChange(b *testing.B, db tracker.Store) {
	var in tracker.Integration
	write(b, db, func(w tracker.Writer) (err error) {
		if in, err = addIntegration(w); err != nil {
			return err
		}
		return addStories(w, in, 10_000)
	})
	n := 0
	for b.Loop() {
		n++
		write(b, db, func(w tracker.Writer) error {
			s, err := w.Story(tracker.StoryID(n%10_000 + 1))
			if err != nil {
				return err
			}
			s.State, s.UpdatedAt = tracker.Started, now()
			if err := w.SaveStory(&s); err != nil {
				return err
			}
			if err := w.AddActivity(&tracker.Activity{StoryID: s.ID, Actor: "Ada", Verb: "started", At: now()}); err != nil {
				return err
			}
			d := waiting(in, n)
			return w.AddDelivery(d)
		})
	}
}

// Claims among lanes that are due and behind as many delivered notes, each committed.
func BenchmarkClaim(b *testing.B) {
	for _, rows := range []int{10, 10_000, 100_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			onEachEngine(b, func(b *testing.B, db tracker.Store) { benchmarkClaim(b, db, rows) })
		})
	}
}

func benchmarkClaim(b *testing.B, db tracker.Store, rows int) {
	var in tracker.Integration
	write(b, db, func(w tracker.Writer) (err error) {
		in, err = addIntegration(w)
		return err
	})
	// In pieces: a server keeps each number that a transaction gave until it ends.
	const piece = 1000
	for first := 0; first < rows; first += piece {
		write(b, db, func(w tracker.Writer) (err error) {
			for n := first; n < min(first+piece, rows) && err == nil; n++ {
				done, due := waiting(in, n), waiting(in, n)
				done.Operation, done.State = fmt.Sprint("done ", n), tracker.DeliverySent
				if err = w.AddDelivery(done); err == nil {
					err = w.AddDelivery(due)
				}
			}
			return err
		})
	}
	for b.Loop() {
		write(b, db, func(w tracker.Writer) error {
			c, ok, err := w.ClaimLane(now(), now().Add(time.Minute), nil)
			if !ok || err != nil {
				return fmt.Errorf("claimed %v: %w", ok, err)
			}
			return w.ReleaseLane(c.Lane)
		})
	}
}

// What is asked of the ledger, of few deliveries and of very many: nearly all
// delivered long ago, some parked, some waiting.
func BenchmarkLedger(b *testing.B) {
	for _, rows := range []int{10, 100_000} {
		db := mustOpen(b, testPath(b))
		var in tracker.Integration
		write(b, db, func(w tracker.Writer) (err error) {
			in, err = addIntegration(w)
			for n := 0; n < rows && err == nil; n++ {
				err = addPast(w, in, n)
			}
			return err
		})
		key := tracker.TicketKey{Host: in.Host, ID: 1}
		under := []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliverySending, tracker.DeliveryUnconfirmed}
		for name, q := range map[string]tracker.DeliveryQuery{
			"newest":           {Limit: 1000},
			"newest delivered": {Limit: 1000, States: []tracker.DeliveryState{tracker.DeliverySent}},
			"under way":        {Limit: 1000, States: under},
			"of integration":   {Integration: in.ID, States: under},
			"of story":         {Story: 1},
			"of ticket":        {Ticket: key, States: []tracker.DeliveryState{tracker.DeliverySent}},
		} {
			benchmarkRead(b, fmt.Sprint(rows, "/", name), db, func(r tracker.Reader) error {
				_, err := r.Deliveries(q)
				return err
			})
		}
		benchmarkRead(b, fmt.Sprint(rows, "/counts"), db, func(r tracker.Reader) error {
			_, err := r.DeliveryCounts()
			return err
		})
		benchmarkRead(b, fmt.Sprint(rows, "/sent to account"), db, func(r tracker.Reader) error {
			_, err := r.Sent(tracker.TicketKey{Host: in.Host}, now().Add(-time.Minute))
			return err
		})
		benchmarkRead(b, fmt.Sprint(rows, "/sent to ticket"), db, func(r tracker.Reader) error {
			_, err := r.Sent(key, now().Add(-10*time.Minute))
			return err
		})
	}
}

// addPast adds the n-th delivery of a ledger, a minute after the one before:
// the tenth of a hundred waits, the twentieth is parked.
func addPast(w tracker.Writer, in tracker.Integration, n int) error {
	d := waiting(in, n)
	d.Ticket.ID, d.StoryID = tracker.TicketID(n%5000+1), tracker.StoryID(n%5000+1)
	d.SentAt, d.Attempts, d.AuditID = now().Add(-time.Duration(n)*time.Minute), 1, tracker.AuditID(n+1)
	switch n % 100 {
	case 10:
	case 20:
		d.State = tracker.DeliveryParked
	default:
		d.State = tracker.DeliverySent
	}
	return w.AddDelivery(d)
}

func benchmarkRead(b *testing.B, name string, db *DB, read func(r tracker.Reader) error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := db.Read(b.Context(), read); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// Searches through 10,000 stories with 50,000 comments: for words that few and that nearly
// all of them have, for several, of which it depends on others whether they must be there,
// and for none.
func BenchmarkSearch(b *testing.B) {
	words := strings.Fields(`export fails over rows login loops dark mode reports avatar upload keys rotate page empty slow customer says they open
		invoice number browser nothing happens until reload after which total appears twice please check billing team before friday contract ends soon`)
	some := func(n, from int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = words[(from*31+i*i*7)%len(words)]
		}
		return strings.Join(list, " ")
	}
	db := mustOpen(b, testPath(b))
	var in tracker.Integration
	write(b, db, func(w tracker.Writer) (err error) {
		if in, err = addIntegration(w); err != nil {
			return err
		}
		for i := range 10_000 {
			s := tracker.Story{
				ProjectID: in.ProjectID, Name: some(5, i), Description: some(60, i+1), Type: tracker.Feature, State: tracker.Unstarted,
				Owners: []string{"Ada Lovelace"}, Labels: []string{"export", "billing"}, Rank: int64(i), CreatedAt: now(), UpdatedAt: now(),
			}
			if i%1000 == 0 {
				s.Description += " zanzibar"
			}
			if err := w.AddStory(&s); err != nil {
				return err
			}
			for n := range 5 {
				if err := w.AddComment(&tracker.Comment{StoryID: s.ID, Author: "Ada", Text: some(30, i*5+n), CreatedAt: now()}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	for _, q := range []tracker.StorySearch{
		{Must: []string{"zanzibar"}}, {Must: []string{"export"}}, {Must: []string{"zanzibar", "export"}}, {Others: []string{"zanzibar", "export"}}, {Facts: true}, {Facts: true, Dates: true},
	} {
		q.Project = in.ProjectID
		benchmarkRead(b, fmt.Sprintf("must=%s/others=%s/facts=%v/dates=%v", strings.Join(q.Must, "+"), strings.Join(q.Others, "+"), q.Facts, q.Dates), db, func(r tracker.Reader) error {
			_, err := r.FindStories(q)
			return err
		})
	}
}

// What a try costs beside saving its delivery.
func BenchmarkAttempt(b *testing.B) {
	db := mustOpen(b, testPath(b))
	var d tracker.Delivery
	write(b, db, func(w tracker.Writer) error {
		in, err := addIntegration(w)
		if err = errors.Join(err, w.AddDelivery(waiting(in, 1))); err != nil {
			return err
		}
		list, err := w.Deliveries(tracker.DeliveryQuery{})
		d = list[0]
		return err
	})
	for name, attempts := range map[string]int{"saved": 0, "saved with its attempt": 1} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			write(b, db, func(w tracker.Writer) error {
				for b.Loop() {
					err := w.SaveDelivery(&d)
					for range attempts {
						err = errors.Join(err, w.AddDeliveryAttempt(d.ID, tracker.DeliveryAttempt{At: now(), State: d.State}))
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
}

// The linked tickets that have left the view, 2,400 of them beside 10,000 stories: all
// that the board reads more while To answer is shown.
func BenchmarkOutsideView(b *testing.B) {
	db := mustOpen(b, testPath(b))
	var in tracker.Integration
	write(b, db, func(w tracker.Writer) (err error) {
		if in, err = addIntegration(w); err != nil {
			return err
		}
		for n := range 2_400 {
			t := tracker.Ticket{
				TicketKey: tracker.TicketKey{Host: in.Host, ID: tracker.TicketID(2*n + 1)}, Subject: fmt.Sprintf("Ticket %d", n),
				Status: tracker.TicketOpen, Requester: "Kim", Organization: "Initech", CreatedAt: now(), UpdatedAt: now(),
			}
			if err = w.SaveTicket(t); err != nil {
				return err
			}
		}
		return addStories(w, in, 10_000)
	})
	benchmarkRead(b, "2400", db, func(r tracker.Reader) error {
		rows, err := r.OutsideView(in.ID, tracker.StatusesToAnswer()...)
		if err == nil && len(rows) != 2_400 {
			b.Fatalf("%d tickets", len(rows))
		}
		return err
	})
}
