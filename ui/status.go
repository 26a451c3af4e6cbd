package ui

import (
	"fmt"
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// fact is a piece of the status line. The higher its rank, the sooner it gives
// way where there is too little room.
type fact struct {
	text string
	role theme.Role
	rank int
	// does is what a click on it does, empty for nothing.
	does actionID
}

// drawStatus writes the first line: project, integration, how fresh its
// tickets are, what waits to be sent, and loudly whatever is paused.
func (b *board) drawStatus(c *canvas, r rect) {
	const gap = 3
	facts := fit(b.statusFacts(c.theme), r.w-1, gap)
	x := r.x + 1
	for _, f := range facts {
		w := min(text.Width(f.text), r.x+r.w-x)
		c.text(x, r.y, w, f.role, f.text)
		if f.does != "" {
			c.hit(region{rect: rect{x, r.y, w, 1}, click: act{f.does}})
		}
		x += w + gap
	}
	help := b.keys.key(scopeGlobal, actHelp) + " help "
	w := text.Width(help)
	if at := r.x + r.w - w; x <= at {
		c.text(at, r.y, w, theme.Muted, help)
		c.hit(region{rect: rect{at, r.y, w, 1}, click: act{actHelp}})
	}
}

// fit leaves out the facts that give way first until the rest takes at most
// width cells. The most urgent one always stays.
func fit(facts []fact, width, gap int) []fact {
	for len(facts) > 1 {
		total, worst := -gap, 0
		for i, f := range facts {
			total += text.Width(f.text) + gap
			if f.rank > facts[worst].rank {
				worst = i
			}
		}
		if total <= width {
			break
		}
		facts = slices.Delete(facts, worst, worst+1)
	}
	return facts
}

func (b *board) statusFacts(t *theme.Theme) []fact {
	facts := []fact{{cell(b.project.Name), theme.Text | theme.Bold, 4, actProject}}
	if b.notice != "" {
		facts = append(facts, fact{b.notice, theme.Warning, 2, ""})
	}
	for _, in := range b.integrations {
		if in.Active && in.PausedReason != "" {
			text := fmt.Sprintf(" %s %s is paused: %s ", t.Glyph(theme.GlyphParked), in.Name, in.PausedReason)
			facts = append(facts, fact{text, theme.Danger | theme.Reverse, 0, actIntegrations})
		}
	}
	if in, ok := b.integration(); ok {
		view := in.ViewTitle
		if view == "" {
			view = fmt.Sprintf("view %d", in.ViewID)
		}
		facts = append(facts, fact{in.Name + ": " + view, theme.Text, 5, actIntegrations}, b.syncState(t))
	}
	return append(facts, b.noteFacts(t)...)
}

// ago tells a short time in seconds, so that one sees that it lives.
func ago(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%ds ago", max(0, int(d.Seconds())))
	}
	var zero time.Time
	return text.Age(zero.Add(d), zero) + " ago"
}

// noteFacts tell what has not reached its ticket.
func (b *board) noteFacts(t *theme.Theme) []fact {
	var facts []fact
	add := func(glyph theme.Glyph, role theme.Role, rank int, what string, states ...tracker.DeliveryState) {
		n := 0
		for _, s := range states {
			n += b.counts[s]
		}
		if n > 0 {
			facts = append(facts, fact{fmt.Sprintf("%s%s %s", t.Glyph(glyph), text.Count(n), what), role, rank, actDeliveries})
		}
	}
	add(theme.GlyphSending, theme.Accent, 2, "sending", tracker.DeliverySending)
	add(theme.GlyphWaiting, theme.Muted, 2, "waiting", tracker.DeliveryWaiting, tracker.DeliveryUnknown)
	add(theme.GlyphParked, theme.Danger, 1, "parked", tracker.DeliveryParked)
	return facts
}
