package board

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// readingView is true while pages of the view arrive.
func (b *Board) readingView() bool { return b.fetch.ID != 0 && b.fetch.FinishedAt.IsZero() }

// Working while the view or the board is read.
func (b *Board) Working() bool { return !b.loaded || b.readingView() }

// awaitsPages is true while pages arrive with tickets that are not shown yet.
func (b *Board) awaitsPages() bool {
	shown := len(b.tickets.All)
	return b.readingView() && (shown == 0 || b.fetch.Total > shown)
}

// Progress is how far the reading of the view is, nil when none is under way.
func (b *Board) Progress() *tea.ProgressBar {
	switch shown := len(b.tickets.All); {
	case !b.readingView():
		return nil
	case b.fetch.Total <= 0 || shown == 0:
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	default:
		return tea.NewProgressBar(tea.ProgressBarDefault, 100*shown/b.fetch.Total)
	}
}

// continueView goes on reading a view where it ended.
func (b *Board) continueView() tea.Cmd {
	service, id := b.Service, b.panel
	return b.Do(func(ctx context.Context) tea.Msg { return pane.Done{Err: service.Views.ContinueView(ctx, id)} })
}

// back takes one thing away: the story in place, else the filter, else the marks,
// which may have been made through several filters. Where there is none it stops
// the reading of the view.
func (b *Board) back() tea.Cmd {
	switch c := b.column(); {
	case b.unfolded != nil:
		b.fold()
	case b.filtered():
		b.clearFilter(b.view.Focus)
	case b.marks() == 0 && !b.awaitsPages():
		return nil // there is nothing to leave
	case b.marks() == 0:
		b.Service.Views.StopView(b.panel)
		return b.Say("Loading stopped; the tickets so far stay, " + b.Keys.Key(keymap.ScopeBoard, intent.ActContinue) + " loads the rest")
	case c != nil:
		c.List.ClearMarks()
	default:
		b.tickets.List.ClearMarks()
	}
	return nil
}

// marks counts the marked rows of the focused part.
func (b *Board) marks() int {
	if c := b.column(); c != nil {
		return c.List.MarkCount()
	}
	return b.tickets.List.MarkCount()
}

// cannotContinue says why there is no more of the view to read.
func (b *Board) cannotContinue() string {
	switch {
	case b.panel == 0:
		return "no integration is shown"
	case b.readingView():
		return "the view is loading"
	case !b.fetch.Continues():
		return "all tickets of the view are loaded"
	}
	return ""
}

// syncState tells how fresh the tickets are. A reading that failed is told in
// place of how long ago it was, and gives way to a pause only.
func (b *Board) syncState(t *theme.Theme) fact {
	now, fetch := b.Service.Now(), b.fetch
	if b.readingView() && !b.Slow() {
		fetch = b.before
	}
	problem := t.Glyph(theme.GlyphParked) + " "
	switch wait := fetch.NextAt.Sub(now); {
	case fetch.ID == 0:
		return fact{text: "not loaded yet", role: theme.Muted, rank: 3, does: intent.ActRefreshAll}
	case fetch.FinishedAt.IsZero():
		return fact{text: strings.TrimPrefix(b.turning(t)+" loading…", " "), role: theme.Muted, rank: 3, does: intent.ActRefreshAll}
	case fetch.Problem != "" && wait > 0:
		next := problem + "next try in " + countdown(wait)
		return fact{text: next + " · " + present.Cell(fetch.Problem), short: next, role: theme.Danger, rank: 1, does: intent.ActRefreshAll}
	case fetch.Problem != "" && fetch.Continues():
		text := fmt.Sprintf("%s%s loads the rest · %s", problem, b.Keys.Key(keymap.ScopeBoard, intent.ActContinue), present.Cell(fetch.Problem))
		return fact{text: text, short: problem + "partly loaded", role: theme.Danger, rank: 1, does: intent.ActRefreshAll}
	case fetch.Problem != "":
		return fact{text: problem + present.Cell(fetch.Problem), short: problem + "not loaded", role: theme.Danger, rank: 1, does: intent.ActRefreshAll}
	case fetch.Continues():
		text := fmt.Sprintf("partly loaded · %s loads the rest", b.Keys.Key(keymap.ScopeBoard, intent.ActContinue))
		return fact{text: text, role: theme.Warning, rank: 2, does: intent.ActContinue}
	}
	return fact{text: t.Glyph(theme.GlyphDelivered) + " " + ago(now.Sub(fetch.FinishedAt)), role: theme.Success, rank: 3, does: intent.ActRefreshAll}
}

// countdown tells a wait, rounded up so that it never says zero.
func countdown(d time.Duration) string {
	return (d + time.Second - 1).Truncate(time.Second).String()
}
