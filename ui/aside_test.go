package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/uitest"
)

// asides are the tickets that are dismissed or snoozed, by their numbers.
func (w *world) asides() map[tracker.TicketID]tracker.Aside {
	w.T.Helper()
	list, err := w.Service.Views.Tickets(w.T.Context(), w.In.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	aside := make(map[tracker.TicketID]tracker.Aside)
	for _, t := range list.Tickets {
		if t.Aside != nil {
			aside[t.ID] = *t.Aside
		}
	}
	return aside
}

// One key dismisses a ticket: it leaves the list, is counted and found, and comes back by
// undo; the cursor goes on.
func TestDismissing(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	rows := w.Part(intent.PaneTickets).Rows
	w.See("x not for us")
	w.Press("x", "x")
	w.See("#1039 dismissed · u undo")
	w.See(" · 2 dismissed")
	w.Idle()
	if at := w.Part(intent.PaneTickets).Selected; at != rows[2] {
		t.Errorf("the cursor is on %v, want %v", at, rows[2])
	}
	if got := w.asides(); len(got) != 2 || got[1042].Kind != tracker.Dismissed || got[1042].By == "" {
		t.Errorf("aside are %+v", got)
	}
	w.Press("u")
	w.See("Undone: #1039 dismissed")
	w.See(" · 1 dismissed")
	w.Idle()
	if at := w.Part(intent.PaneTickets).Selected; at != rows[1] {
		t.Errorf("after undo the cursor is on %v, want %v", at, rows[1])
	}
	w.Press("ctrl+r")
	w.See("Redone: #1039 dismissed")
	w.See(" · 2 dismissed")
	w.Press("/").Write("is:dismissed").Press("enter")
	w.See("Login loops on SSO")
	if row := w.Row("#1042"); !strings.Contains(row, "dismissed") {
		t.Errorf("the row does not say it: %s", row)
	}
	w.See("x restore")
	w.Press("g", "x")
	w.See("#1042 restored · u undo")
	w.See("1 of 4 · 1 dismissed")
}

// A reason may be given, also for a ticket with a story, and for several.
func TestDismissingWithAReason(t *testing.T) {
	t.Parallel()
	w := linkedTicket(t)
	w.Press("X")
	w.See("Why is #1042 not for us?")
	w.Write("for sales").Press("enter")
	w.See("#1042 dismissed")
	w.Idle()
	w.Press("g", "space", "space", "X", "enter")
	w.See("#1039 and #1031 dismissed")
	w.Idle()
	got := w.asides()
	if len(got) != 3 || got[1042].Reason != "for sales" {
		t.Errorf("aside are %+v", got)
	}
	if n := len(w.Part(intent.PaneTickets).Marked); n != 0 {
		t.Errorf("%d are marked still", n)
	}
	w.Press("u")
	w.See("Undone: 2 tickets dismissed")
}

func TestSnoozing(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("Z")
	w.See("Snooze #1042 until?  t tomorrow  m Monday  w in a week  c it changes  d another day  esc cancel")
	w.Press("t")
	w.See("#1042 snoozed until ")
	w.See(" · 1 snoozed")
	w.Press("Z", "c")
	w.See("#1039 snoozed until it changes")
	w.Press("Z", "d").Write("2020-01-01")
	w.See("2020-01-01 is in the past; choose tomorrow or a later day")
	w.Press("enter") // nothing comes of it
	w.See("Snooze #1031 until")
	w.Press("ctrl+u").Write("2199-12-24")
	w.See("Tuesday, 24 December 2199")
	w.Press("enter")
	w.See("#1031 snoozed until Tue 24 Dec")
	w.Idle()
	got := w.asides()
	if len(got) != 3 || got[1042].Until.IsZero() || !got[1039].Until.IsZero() || got[1031].Until.Year() != 2199 {
		t.Errorf("aside are %+v", got)
	}
	w.Press("/").Write("is:snoozed").Press("enter")
	w.See("3 of 4 · 3 snoozed")
	if n := len(w.Part(intent.PaneTickets).Rows); n != 3 {
		t.Errorf("%d are found:\n%s", n, w.Screen())
	}
	w.Press("enter")
	w.detailRead()
	w.See("snoozed until")
	w.Press("x")
	w.See("restored")
}

// A marked ticket with a story is not dismissed by the key that rejects stories.
func TestDismissingMarkedTickets(t *testing.T) {
	t.Parallel()
	w := linkedTicket(t)
	w.Press("space", "space", "x")
	w.See("#1042 has S-1; X dismisses tickets that have a story, too")
	w.Idle()
	if got := w.asides(); len(got) != 0 {
		t.Errorf("aside are %+v", got)
	}
}

// In a pane of 37 cells the title still says what is new and what was put aside.
func TestTheTitleOfANarrowPaneCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Preview(layout.PreviewWide)
	w.WithTickets(uitest.Usual()...).Start(120, 32)
	w.Press("x", "Z", "c")
	w.See("#1039 snoozed")
	w.See("┏━ 1 Tickets ━━━━━ 1 new · 2 aside ━┓")
}
