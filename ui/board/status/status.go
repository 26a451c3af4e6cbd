// Package status draws the first line of the screen: the project, the integration
// whose tickets are shown, how fresh these are, and what has not been sent.
//
// Invariants:
//   - It is made of plain values and asks nobody.
//   - Where there is too little room, facts get shorter and give way by rank; what
//     needs the user stays in the narrowest terminal.
package status

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/plan"
	"storydesk/tracker/sending"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Line is what the line says.
type Line struct {
	Project string
	// Lost is nil, or why nothing can be saved.
	Lost error
	// Notice is said all the time, empty for nothing.
	Notice string
	Keys   keymap.Map
	// Integrations are all of the project's, Shown is the one whose tickets are shown;
	// its ID is 0 for none.
	Integrations []tracker.Integration
	Shown        tracker.Integration
	// Absent are those that this terminal cannot send for, with who can.
	Absent map[tracker.IntegrationID]tracker.Sender
	// Fetch is how its view was read last, Loading is true while it is read.
	Fetch   tracker.Fetch
	Loading bool
	// Requests are what its account allows, Interval is about how far apart readings
	// of the view are.
	Requests tracker.Allowance
	Interval time.Duration
	// Counts are how many deliveries are in each state.
	Counts map[tracker.DeliveryState]int
	Now    time.Time
	// Plan is the project's, without iterations before it was read.
	Plan plan.Plan
	// Turn is how far the spinner is turned, 0 for none.
	Turn int
}

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
	// spare is true for what gives way before anything else gets shorter.
	spare bool
	// does is what a click on it does, empty for nothing.
	does intent.ActionID
}

// Draw writes the line and records what a click on it does.
func (l Line) Draw(c *draw.Canvas, r draw.Rect) {
	const gap = 3
	help := fact{text: l.Keys.Key(keymap.ScopeGlobal, intent.ActHelp) + " help ", role: theme.Muted, rank: 2, does: intent.ActHelp}
	x := r.X + 1
	for _, f := range fit(append([]fact{help}, l.facts(c.Theme)...), r.W-1, gap) {
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

// mustShow is the highest rank of what is said in the narrowest terminal, too.
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
		spare := slices.IndexFunc(facts, func(f fact) bool { return f.spare })
		switch {
		case total <= width:
			return facts
		case spare >= 0 && facts[spare].short != "" && facts[spare].text != facts[spare].short:
			facts[spare].text = facts[spare].short
		case spare >= 0:
			facts = slices.Delete(facts, spare, spare+1)
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

func (l Line) facts(t *theme.Theme) []fact {
	facts := []fact{{text: present.Cell(l.Project), role: theme.Text | theme.Bold, rank: 4, does: intent.ActProject}}
	if l.Lost != nil {
		mark := " " + t.Glyph(theme.GlyphParked) + " "
		way, short := "; restore it, or quit and start again ", "not saving: database missing "
		if dialog.Offline(l.Lost) {
			way, short = "; trying again ", "not saving: no connection "
		}
		facts = append(facts, fact{text: mark + dialog.NotSaving(l.Lost) + way, short: mark + short, role: theme.Danger | theme.Reverse})
	}
	if l.Notice != "" {
		short, _, _ := strings.Cut(l.Notice, ":")
		facts = append(facts, fact{text: l.Notice, short: short, role: theme.Warning, rank: 3})
	}
	facts = append(facts, l.paused(t)...)
	facts = append(facts, l.absent(t)...)
	if in := l.Shown; in.ID != 0 {
		view := in.ViewTitle
		if view == "" {
			view = fmt.Sprintf("view %d", in.ViewID)
		}
		if !kind.Of(in).Views {
			view = "feed"
		}
		facts = append(facts, fact{text: in.Name + ": " + view, short: in.Name, role: theme.Text, rank: 5, does: intent.ActIntegrations}, l.freshness(t))
		facts = append(facts, l.quota()...)
	}
	if turning := t.Spinner(l.Turn); turning != "" && !l.Loading {
		facts = append(facts, fact{text: turning, role: theme.Accent, rank: 2})
	}
	return append(append(facts, l.planned()...), l.deliveries(t)...)
}

// planned says how far the current iteration is, and what is planned with.
func (l Line) planned() []fact {
	if len(l.Plan.Iterations) == 0 {
		return nil
	}
	current := l.Plan.Current()
	accepted, points := tracker.FormatPoints(current.Accepted), tracker.FormatPoints(current.Points)
	velocity := fact{text: fmt.Sprintf("velocity %d", l.Plan.Velocity), role: theme.Muted, rank: 5, spare: true}
	if l.Plan.Velocity != l.Plan.Measured {
		velocity = fact{
			text:  fmt.Sprintf("what if velocity %d, not %d", l.Plan.Velocity, l.Plan.Measured),
			short: fmt.Sprintf("what if v%d", l.Plan.Velocity), role: theme.Warning, rank: 2,
		}
	}
	velocity.does = intent.ActVelocity
	if current.Points == 0 {
		return []fact{velocity}
	}
	return []fact{
		{text: fmt.Sprintf("Current %s of %s pts accepted", accepted, points), short: fmt.Sprintf("%s/%s pts", accepted, points), role: theme.Muted, rank: 6, spare: true},
		velocity,
	}
}

// paused says which integrations wait for the user, and the key of the screen
// where they can be fixed.
func (l Line) paused(t *theme.Theme) []fact {
	var names []string
	reason := ""
	for _, in := range l.Integrations {
		if in.Active && in.PausedReason != "" {
			names, reason = append(names, in.Name), in.PausedReason
		}
	}
	if len(names) == 0 {
		return nil
	}
	mark, key := " "+t.Glyph(theme.GlyphParked)+" ", " · "+l.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations)+" "
	paused := fact{short: mark + "paused" + key, role: theme.Danger | theme.Reverse, yields: true, does: intent.ActIntegrations}
	if len(names) == 1 {
		paused.text = fmt.Sprintf("%s%s is paused: %s%sopens it ", mark, names[0], reason, key)
	} else {
		paused.text = fmt.Sprintf("%s%s are paused%sopens them ", mark, strings.Join(names, ", "), key)
		paused.short = fmt.Sprintf("%s%d paused%s", mark, len(names), key)
	}
	return []fact{paused}
}

// absent says who sends for the integrations that this terminal is not signed in to: all
// of those that nobody is there for, else who was there last.
func (l Line) absent(t *theme.Theme) []fact {
	absent, nobody := make(map[string]tracker.Sender), false
	for _, in := range l.Integrations {
		if s, ok := l.Absent[in.ID]; ok && in.Active {
			s.Name, s.Machine = present.Cell(s.Name), present.Cell(s.Machine)
			absent[present.Cell(in.Name)] = s
			nobody = nobody || !sending.There(s, l.Now)
		}
	}
	if len(absent) == 0 {
		return nil
	}
	line := sending.Lines(absent, l.Now, l.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations))
	if nobody {
		return []fact{{text: t.Glyph(theme.GlyphParked) + " " + line, short: "nobody sends", role: theme.Danger, rank: 1, does: intent.ActIntegrations}}
	}
	return []fact{{text: line, short: "sent by others", role: theme.Muted, rank: 2, does: intent.ActIntegrations}}
}

// freshness says how fresh the tickets are. A reading that failed is named in
// place of how long ago it was, and gives way to a pause only.
func (l Line) freshness(t *theme.Theme) fact {
	fetch := l.Fetch
	problem := t.Glyph(theme.GlyphParked) + " "
	switch wait := fetch.NextAt.Sub(l.Now); {
	case fetch.ID == 0:
		return fact{text: "not loaded yet", role: theme.Muted, rank: 3, does: intent.ActRefreshAll}
	case fetch.FinishedAt.IsZero():
		return fact{text: strings.TrimPrefix(t.Spinner(l.Turn)+" loading…", " "), role: theme.Muted, rank: 3, does: intent.ActRefreshAll}
	case fetch.Problem != "" && wait > 0:
		next := problem + "next try in " + countdown(wait)
		return fact{text: next + " · " + present.Cell(fetch.Problem), short: next, role: theme.Danger, rank: 1, does: intent.ActRefreshAll}
	case fetch.Problem != "" && fetch.Continues():
		text := fmt.Sprintf("%s%s loads the rest · %s", problem, l.Keys.Key(keymap.ScopeBoard, intent.ActContinue), present.Cell(fetch.Problem))
		return fact{text: text, short: problem + "partly loaded", role: theme.Danger, rank: 1, does: intent.ActRefreshAll}
	case fetch.Problem != "":
		return fact{text: problem + present.Cell(fetch.Problem), short: problem + "not loaded", role: theme.Danger, rank: 1, does: intent.ActRefreshAll}
	case fetch.Continues():
		text := fmt.Sprintf("partly loaded · %s loads the rest", l.Keys.Key(keymap.ScopeBoard, intent.ActContinue))
		return fact{text: text, role: theme.Warning, rank: 2, does: intent.ActContinue}
	}
	return fact{text: t.Glyph(theme.GlyphDelivered) + " " + ago(l.Now.Sub(fetch.FinishedAt)), role: theme.Success, rank: 3, does: intent.ActRefreshAll}
}

// quota says that the account soon takes no more requests, or that a view is too
// long to be read every minute.
func (l Line) quota() []fact {
	if left := l.Requests; left.Low() {
		return []fact{{
			text:  fmt.Sprintf("Zendesk: %d of %d requests left this minute", left.Left, left.PerMinute),
			short: fmt.Sprintf("%d/%d left", left.Left, left.PerMinute),
			role:  theme.Warning, rank: 2, does: intent.ActIntegrations,
		}}
	}
	if !l.Loading && l.Fetch.Problem == "" && l.Interval >= 2*tracker.PollInterval {
		return []fact{{text: "refreshed every " + strings.TrimSuffix(l.Interval.Round(time.Minute).String(), "0s"), role: theme.Muted, rank: 5, does: intent.ActRefreshAll}}
	}
	return nil
}

// countdown writes a wait, rounded up so that it never says zero.
func countdown(d time.Duration) string {
	return (d + time.Second - 1).Truncate(time.Second).String()
}

// ago writes a short time in seconds, so that it is seen to go on.
func ago(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%ds ago", max(0, int(d.Seconds())))
	}
	var zero time.Time
	return text.Age(zero.Add(d), zero) + " ago"
}

// deliveries count what has not reached its ticket.
func (l Line) deliveries(t *theme.Theme) []fact {
	var facts []fact
	add := func(glyph theme.Glyph, role theme.Role, rank int, what string, states ...tracker.DeliveryState) {
		n := 0
		for _, s := range states {
			n += l.Counts[s]
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
