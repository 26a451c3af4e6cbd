package board

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// fact is a piece of the status line. The higher its rank, the sooner it gives
// way where there is too little room.
type fact struct {
	text string
	role theme.Role
	rank int
	// short says the same in few cells; empty where nothing shorter does.
	short string
	// yields is true for what gets shorter before anything gives way for it.
	yields bool
	// does is what a click on it does, empty for nothing.
	does intent.ActionID
}

// DrawStatus writes the first line: project, integration, how fresh its
// tickets are, what waits to be sent, and loudly whatever is paused.
func (b *Board) DrawStatus(c *draw.Canvas, r draw.Rect) {
	const gap = 3
	help := fact{text: b.Keys.Key(keymap.ScopeGlobal, intent.ActHelp) + " help ", role: theme.Muted, rank: 2, does: intent.ActHelp}
	x := r.X + 1
	for _, f := range fit(append([]fact{help}, b.statusFacts(c.Theme)...), r.W-1, gap) {
		at, w := x, min(text.Width(f.text), r.X+r.W-x)
		if f.does == intent.ActHelp {
			at = r.X + r.W - w
		} else {
			x += w + gap
		}
		c.Text(at, r.Y, w, f.role, f.text)
		if f.does != "" {
			c.Hit(draw.Region{Rect: draw.Rect{X: at, Y: r.Y, W: w, H: 1}, Click: intent.Act{ID: f.does}})
		}
	}
}

// mustShow is the highest rank of what is told in the narrowest terminal too.
const mustShow = 1

// fit makes facts take at most width cells: what yields gets shorter, then the
// others get shorter and give way, and at last what must not be missed gets
// shorter. The most urgent fact always stays.
func fit(facts []fact, width, gap int) []fact {
	for len(facts) > 1 {
		total, worst, longest := -gap, 0, -1
		for i, f := range facts {
			total += text.Width(f.text) + gap
			if f.rank > facts[worst].rank {
				worst = i
			}
		}
		for i, f := range facts {
			if (f.yields || facts[worst].rank <= mustShow) && f.short != "" && f.text != f.short && (longest < 0 || text.Width(f.text) > text.Width(facts[longest].text)) {
				longest = i
			}
		}
		switch {
		case total <= width:
			return facts
		case longest >= 0:
			facts[longest].text = facts[longest].short
		case facts[worst].short != "" && facts[worst].text != facts[worst].short:
			facts[worst].text = facts[worst].short
		default:
			facts = slices.Delete(facts, worst, worst+1)
		}
	}
	return facts
}

func (b *Board) statusFacts(t *theme.Theme) []fact {
	facts := []fact{{text: present.Cell(b.Project.Name), role: theme.Text | theme.Bold, rank: 4, does: intent.ActProject}}
	if lost := b.Service.StoreLost(); lost != nil {
		mark := " " + t.Glyph(theme.GlyphParked) + " "
		facts = append(facts, fact{
			text:  mark + dialog.NotSaving + "; restore it, or quit and start again ",
			short: mark + "not saving: database missing ", role: theme.Danger | theme.Reverse,
		})
	}
	if b.notice != "" {
		short, _, _ := strings.Cut(b.notice, ":")
		facts = append(facts, fact{text: b.notice, short: short, role: theme.Warning, rank: 3})
	}
	facts = append(facts, b.pausedFacts(t)...)
	if in, ok := b.integration(); ok {
		view := in.ViewTitle
		if view == "" {
			view = fmt.Sprintf("view %d", in.ViewID)
		}
		facts = append(facts, fact{text: in.Name + ": " + view, short: in.Name, role: theme.Text, rank: 5, does: intent.ActIntegrations}, b.syncState(t))
		facts = append(facts, b.quotaFacts(in)...)
	}
	if turning := b.turning(t); turning != "" && !b.readingView() {
		facts = append(facts, fact{text: turning, role: theme.Accent, rank: 2})
	}
	return append(facts, b.noteFacts(t)...)
}

// turning is the spinner, empty while nothing takes long or where nothing may move.
func (b *Board) turning(t *theme.Theme) string {
	if b.Calm {
		return ""
	}
	return t.Spinner(b.Spinner.Turn)
}

// quotaFacts tell that the account soon takes no more requests, or that a view
// is too long to be read every minute.
func (b *Board) quotaFacts(in tracker.Integration) []fact {
	if left := b.Service.Accounts.Requests(in.Host); left.Low() {
		return []fact{{
			text:  fmt.Sprintf("Zendesk: %d of %d requests left this minute", left.Left, left.PerMinute),
			short: fmt.Sprintf("%d/%d left", left.Left, left.PerMinute),
			role:  theme.Warning, rank: 2, does: intent.ActIntegrations,
		}}
	}
	sharing := 0
	for _, other := range b.integrations {
		if other.Host == in.Host && other.Sends() {
			sharing++
		}
	}
	if every := b.Service.Views.ReadingInterval(b.fetch, in.Host, sharing); !b.readingView() && b.fetch.Problem == "" && every >= 2*tracker.PollInterval {
		return []fact{{text: "refreshed every " + strings.TrimSuffix(every.Round(time.Minute).String(), "0s"), role: theme.Muted, rank: 5, does: intent.ActRefreshAll}}
	}
	return nil
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
func (b *Board) noteFacts(t *theme.Theme) []fact {
	var facts []fact
	add := func(glyph theme.Glyph, role theme.Role, rank int, what string, states ...tracker.DeliveryState) {
		n := 0
		for _, s := range states {
			n += b.counts[s]
		}
		if n > 0 {
			facts = append(facts, fact{
				text: fmt.Sprintf("%s%s %s", t.Glyph(glyph), text.Count(n), what), short: t.Glyph(glyph) + text.Count(n),
				role: role, rank: rank, does: intent.ActDeliveries,
			})
		}
	}
	add(theme.GlyphSending, theme.Accent, 2, "sending", tracker.DeliverySending)
	add(theme.GlyphWaiting, theme.Muted, 2, "waiting", tracker.DeliveryWaiting, tracker.DeliveryUnconfirmed)
	add(theme.GlyphParked, theme.Danger, 1, "parked", tracker.DeliveryParked)
	return facts
}
