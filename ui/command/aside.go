package command

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/until"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// TicketActions are those that decide what becomes of tickets of which no story is made.
func TicketActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActDismiss, Scope: keymap.ScopeUndecided, Keys: keymap.Bind("x", "not for us", "x"), Group: keymap.GroupItem, Help: "dismiss the ticket until the customer writes", Footer: 23},
		{ID: intent.ActRestore, Scope: keymap.ScopeAside, Keys: keymap.Bind("x", "restore", "x"), Group: keymap.GroupItem, Help: "bring the ticket back that was dismissed or snoozed", Footer: 9},
		{ID: intent.ActDismissWhy, Scope: keymap.ScopeTicket, Keys: keymap.Bind("X", "dismiss, why", "X"), Group: keymap.GroupItem, Help: "dismiss the ticket with a reason, also one that has a story"},
		{ID: intent.ActSnooze, Scope: keymap.ScopeTicket, Keys: keymap.Bind("Z", "snooze", "Z"), Group: keymap.GroupItem, Help: "snooze the ticket until a day or until it changes", Footer: 65},
	}
}

// SnoozeActions are the answers to until when tickets are snoozed.
func SnoozeActions() []keymap.Action {
	answer := func(id intent.ActionID, key, text, help string, footer int) keymap.Action {
		return keymap.Action{ID: id, Scope: keymap.ScopeSnooze, Keys: keymap.Bind(key, text, strings.Fields(key)...), Group: keymap.GroupText, Help: help, Footer: footer}
	}
	return []keymap.Action{
		answer(intent.ActTomorrow, "t", "tomorrow", "until tomorrow", 1),
		answer(intent.ActMonday, "m", "Monday", "until next Monday", 2),
		answer(intent.ActWeek, "w", "in a week", "for a week", 3),
		answer(intent.ActUntilMoved, "c", "it changes", "until the ticket changes", 4),
		answer(intent.ActOtherDay, "d", "another day", "until a day that you enter", 5),
		answer(intent.ActNo, "esc n", "cancel", "change nothing", 6),
	}
}

// Aside puts tickets of an integration aside, or brings them back.
type Aside struct {
	*Commands
	Integration tracker.IntegrationID
	Tickets     []tracker.TicketID
	// Decided is called when that is on its way, nil for nothing.
	Decided func()
}

// TicketScopes are the scopes of the actions that a ticket has.
func TicketScopes(stories []tracker.StoryRef, aside *tracker.Aside) []keymap.Scope {
	switch {
	case aside != nil:
		return []keymap.Scope{keymap.ScopeAside, keymap.ScopeTicket}
	case len(stories) == 0:
		return []keymap.Scope{keymap.ScopeUndecided, keymap.ScopeTicket}
	}
	return []keymap.Scope{keymap.ScopeTicket}
}

// AsideRecords are the actions as records of a screen, whose tickets of returns; cannot
// says why nothing can be done to them.
func AsideRecords[P any](cannot func(P, intent.ActionID) string, of func(P) Aside) []pane.Action[P] {
	do := map[intent.ActionID]func(Aside) tea.Cmd{
		intent.ActDismiss: func(a Aside) tea.Cmd { return a.dismiss("") }, intent.ActDismissWhy: Aside.askWhy,
		intent.ActSnooze: Aside.askUntil, intent.ActRestore: Aside.restore,
	}
	var list []pane.Action[P]
	for _, a := range TicketActions() {
		list = append(list, pane.Unless(a, func(p P) string { return cannot(p, a.ID) }, func(p P) tea.Cmd { return do[a.ID](of(p)) }))
	}
	return list
}

// askWhy asks for the reason and dismisses the tickets.
func (a Aside) askWhy() tea.Cmd {
	p := dialog.NewPrompt(a.Host, fmt.Sprintf("Why is %s not for us?", present.SomeOf(a.Tickets)), "", a.dismiss)
	if len(a.Tickets) > 1 {
		p = dialog.NewPrompt(a.Host, fmt.Sprintf("Why are %s not for us?", present.TicketCount(len(a.Tickets))), "", a.dismiss)
	}
	p.Hint = "the reason; leave it empty for none"
	return a.Open(p, pane.Line)
}

func (a Aside) dismiss(reason string) tea.Cmd {
	in, tickets, service := a.Integration, a.Tickets, a.Service
	return a.change("dismissed", func(ctx context.Context) error { return service.Triage.Dismiss(ctx, in, tickets, reason) })
}

func (a Aside) restore() tea.Cmd {
	in, tickets, service := a.Integration, a.Tickets, a.Service
	return a.change("restored", func(ctx context.Context) error { return service.Triage.Restore(ctx, in, tickets) })
}

// askUntil asks until when the tickets are snoozed.
func (a Aside) askUntil() tea.Cmd {
	snoozes := func(text string) func() tea.Cmd {
		return func() tea.Cmd { return a.snooze(text) }
	}
	return a.Open(&dialog.Question{
		Host: a.Host, Text: fmt.Sprintf("Snooze %s until?", present.SomeOf(a.Tickets)), Shorter: []string{"Snooze until?", "Until?"}, Asked: keymap.ScopeSnooze,
		Answers: []dialog.Answer{
			{ID: intent.ActTomorrow, Text: "tomorrow", Brief: "1d", Do: snoozes("tomorrow")},
			{ID: intent.ActMonday, Text: "Monday", Brief: "Mon", Do: snoozes("monday")},
			{ID: intent.ActWeek, Text: "in a week", Brief: "1w", Do: snoozes("1w")},
			{ID: intent.ActUntilMoved, Text: "it changes", Brief: "change", Do: snoozes(until.Changed)},
			{ID: intent.ActOtherDay, Text: "another day", Brief: "day", Do: a.askDay},
			{ID: intent.ActNo, Text: "cancel", Brief: "no"},
		},
	}, pane.Line)
}

// askDay asks for a day as text, and says which one it is while it is typed.
func (a Aside) askDay() tea.Cmd {
	p := dialog.NewPrompt(a.Host, fmt.Sprintf("Snooze %s until", present.SomeOf(a.Tickets)), "", a.snooze)
	p.Hint = "tomorrow, monday, next week, 3d, 2w, " + a.Now().AddDate(0, 1, 0).Format(time.DateOnly) + " or it changes"
	p.Typed = func(text string) tea.Cmd {
		p.Note, p.Problem = "", ""
		at, err := until.Parse(text, a.Now())
		switch {
		case err != nil:
			p.Problem = err.Error()
		case !at.IsZero():
			p.Note = at.Format("Monday, 2 January 2006")
		}
		return nil
	}
	return a.Open(p, pane.Line)
}

func (a Aside) snooze(text string) tea.Cmd {
	at, err := until.Parse(text, a.Now())
	if err != nil {
		return a.Refuse(err.Error())
	}
	in, tickets, service := a.Integration, a.Tickets, a.Service
	return a.change("snoozed until "+present.Until(at), func(ctx context.Context) error { return service.Triage.Snooze(ctx, in, tickets, at) })
}

// change decides about the tickets.
func (a Aside) change(did string, do func(ctx context.Context) error) tea.Cmd {
	said := fmt.Sprintf("%s %s · %s undo", present.SomeOf(a.Tickets), did, a.Keys.Key(keymap.ScopeGlobal, intent.ActUndo))
	tickets := a.Tickets
	asked := ChangeNamed(a.Commands, func(ctx context.Context) pane.Done {
		return pane.Done{Said: said, Err: do(ctx), What: Outcome{Tickets: tickets}}
	})
	if a.Decided != nil {
		a.Decided()
	}
	return asked
}
