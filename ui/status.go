package ui

import (
	"fmt"
	"time"

	"storydesk/tracker"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// drawStatus writes the first line: project, integration, how fresh its
// tickets are, what waits to be sent, and loudly whatever is paused.
func (b *board) drawStatus(c *canvas, r rect) {
	x := r.x + 1
	add := func(role theme.Role, s string) {
		w := min(text.Width(s), r.x+r.w-x)
		if s != "" && w > 0 {
			c.text(x, r.y, w, role, s)
			x += w + 3
		}
	}
	c.fill(r)
	add(theme.Text|theme.Bold, cell(b.project.Name))
	for _, in := range b.integrations {
		if in.Active && in.PausedReason != "" {
			add(theme.Danger|theme.Reverse, fmt.Sprintf(" %s %s is paused: %s ", c.theme.Glyph(theme.GlyphParked), in.Name, in.PausedReason))
		}
	}
	if in, ok := b.integration(); ok {
		view := in.ViewTitle
		if view == "" {
			view = fmt.Sprintf("view %d", in.ViewID)
		}
		role, sync := b.syncState(c.theme)
		add(theme.Text, in.Name+": "+view)
		add(role, sync)
	}
	for _, n := range b.noteCounts(c.theme) {
		add(n.role, n.text)
	}
	const help = "? help "
	if at := r.x + r.w - len(help); x <= at {
		c.text(at, r.y, len(help), theme.Muted, help)
		c.hit(region{rect: rect{at, r.y, len(help), 1}, click: act{actHelp}})
	}
}

// syncState tells how fresh the tickets are.
func (b *board) syncState(t *theme.Theme) (theme.Role, string) {
	switch {
	case b.fetch.ID == 0:
		return theme.Muted, "not read yet"
	case b.fetch.FinishedAt.IsZero():
		return theme.Muted, "reading…"
	case b.fetch.Problem != "":
		return theme.Danger, t.Glyph(theme.GlyphParked) + " " + cell(b.fetch.Problem)
	}
	return theme.Success, t.Glyph(theme.GlyphDelivered) + " " + ago(b.service.Now().Sub(b.fetch.FinishedAt))
}

// ago tells a short time in seconds, so that one sees that it lives.
func ago(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%ds ago", max(0, int(d.Seconds())))
	}
	var zero time.Time
	return text.Age(zero.Add(d), zero) + " ago"
}

// noteCounts tell what has not reached its ticket.
func (b *board) noteCounts(t *theme.Theme) []word {
	var words []word
	add := func(glyph theme.Glyph, role theme.Role, what string, states ...tracker.DeliveryState) {
		n := 0
		for _, s := range states {
			n += b.counts[s]
		}
		if n > 0 {
			words = append(words, word{text: fmt.Sprintf("%s%s %s", t.Glyph(glyph), text.Count(n), what), role: role})
		}
	}
	add(theme.GlyphSending, theme.Accent, "sending", tracker.DeliverySending)
	add(theme.GlyphWaiting, theme.Muted, "waiting", tracker.DeliveryWaiting, tracker.DeliveryUnknown)
	add(theme.GlyphParked, theme.Danger, "parked", tracker.DeliveryParked)
	return words
}
