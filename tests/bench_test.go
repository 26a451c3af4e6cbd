package tests

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"storydesk/scripts/terminal"
	"storydesk/store"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// largeDatabase makes a database of 10,000 stories beside a view of 1,000
// tickets whose account does not answer.
func largeDatabase(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "large.db")
	db, err := store.Open(tb.Context(), path)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	}()
	fillLarge(tb, db)
	return path
}

// fillLarge adds what largeDatabase holds.
func fillLarge(tb testing.TB, db tracker.Store) {
	tb.Helper()
	err := db.Write(tb.Context(), func(w tracker.Writer) error {
		now := time.Now()
		p := tracker.NewProject(tracker.FirstProject)
		p.CreatedAt, p.UpdatedAt = now, now
		if err := w.AddProject(&p); err != nil {
			return err
		}
		in := tracker.Integration{
			ProjectID: p.ID, Name: "Support", Kind: kind.Zendesk, URL: "http://127.0.0.1:1", Host: "127.0.0.1:1",
			Email: "ada@example.com", Auth: tracker.AuthToken, ViewID: 1, Active: true, CreatedAt: now, UpdatedAt: now,
		}
		if err := w.AddIntegration(&in); err != nil {
			return err
		}
		if err := addStories(w, p.ID, now); err != nil {
			return err
		}
		return addTickets(w, in, now)
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func addStories(w tracker.Writer, project tracker.ProjectID, now time.Time) error {
	states := []tracker.State{tracker.Unscheduled, tracker.Unstarted, tracker.Started, tracker.Unscheduled}
	for i := range 10000 {
		st := tracker.Story{
			ProjectID: project, Name: fmt.Sprintf("Story number %d about an export that fails", i), Type: tracker.Bug,
			State: states[i%len(states)], Owners: []string{"Ada Lovelace"}, Requester: "Ada Lovelace",
			Description: strings.Repeat("What the customer wrote. ", 20), Rank: int64(i) * tracker.RankStep,
			CreatedAt: now, UpdatedAt: now,
		}
		if err := w.AddStory(&st); err != nil {
			return err
		}
	}
	return nil
}

func addTickets(w tracker.Writer, in tracker.Integration, now time.Time) error {
	fetch := tracker.Fetch{IntegrationID: in.ID, StartedAt: now}
	if err := w.BeginFetch(&fetch); err != nil {
		return err
	}
	tickets := make([]tracker.Ticket, 1000)
	for i := range tickets {
		tickets[i] = tracker.Ticket{
			TicketKey: tracker.TicketKey{Host: in.Host, ID: tracker.TicketID(i + 1)}, Status: tracker.TicketOpen,
			Subject: fmt.Sprintf("Ticket %d about an export", i+1), CreatedAt: now, UpdatedAt: now,
			Description: strings.Repeat("What the customer wrote. ", 40),
		}
	}
	if err := w.SaveTickets(fetch, tickets); err != nil {
		return err
	}
	fetch.FinishedAt = now
	return w.EndFetch(fetch)
}

// BenchmarkFirstFrame measures from starting the process until the first
// screen, until the rows are on it, both as medians, and the most resident memory then.
func BenchmarkFirstFrame(b *testing.B) { measureFirstFrame(b, largeDatabase(b)) }

// BenchmarkFirstFrameOnServer is BenchmarkFirstFrame on PostgreSQL. It measures nothing where
// that is not installed.
func BenchmarkFirstFrameOnServer(b *testing.B) {
	address, ok := postgrestest.Empty(b, "")
	if !ok {
		return
	}
	db, err := store.OpenServer(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	fillLarge(b, db)
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	measureFirstFrame(b, address)
}

func measureFirstFrame(b *testing.B, db string) {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "storydesk")
	if out, err := exec.Command("go", "build", "-o", binary, "storydesk").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var first, rows []time.Duration
	var resident int
	for b.Loop() {
		begun := time.Now()
		cmd := exec.Command(binary, "--db", db)
		cmd.Env = terminal.Environment(b.TempDir())
		x, err := terminal.Start(cmd, terminal.Options{Width: 200, Height: 60})
		if err != nil {
			b.Fatal(err)
		}
		if err := x.Sees("2 Backlog"); err != nil {
			b.Fatal(err)
		}
		first = append(first, time.Since(begun))
		if err := x.Sees("Story number 0", "Ticket 1 about"); err != nil {
			b.Fatal(err)
		}
		rows = append(rows, time.Since(begun))
		x.Rest()
		resident = max(resident, residentKB(b, cmd.Process.Pid))
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(median(first), "ms-to-first-frame")
	b.ReportMetric(median(rows), "ms-to-rows")
	b.ReportMetric(float64(resident)/1024, "MB-resident")
}

// median is that of some times, in milliseconds.
func median(times []time.Duration) float64 {
	slices.Sort(times)
	return times[len(times)/2].Seconds() * 1e3
}

// residentKB reads a process's resident memory from Linux's /proc.
func residentKB(b *testing.B, pid int) int {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.Atoi(strings.Fields(text)[0])
			if err != nil {
				b.Fatal(err)
			}
			return kb
		}
	}
	b.Fatal("no VmRSS")
	return 0
}
