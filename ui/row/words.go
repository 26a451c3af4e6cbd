package row

import (
	"strings"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// word is a next action as it stands on a row.
type word struct {
	text string
	role theme.Role
	// want is what a click on it asks for.
	want func(intent.SelectRow) intent.Intent
}

// doing makes what a word asks for: an action on its row.
func doing(id intent.ActionID) func(intent.SelectRow) intent.Intent {
	return func(row intent.SelectRow) intent.Intent { return intent.ActOn{Row: row, ID: id} }
}

func wordsWidth(words []word) int {
	n := 0
	for _, w := range words {
		n += 1 + text.Width(w.text)
	}
	return n
}

// nextWords are what a story offers next; a story without an estimate offers
// the point scale where there is room.
func nextWords(s Story, p tracker.Project, width int) []word {
	const roomForScale = 48
	next := tracker.Actions(s.Card.Type, s.Card.State, s.Card.Estimate, p)
	words := make([]word, 0, len(next))
	for _, a := range next {
		w := word{strings.ToUpper(string(a[:1])) + string(a[1:]), theme.Muted, doing(intent.ActAdvance)}
		switch a {
		case tracker.Finish:
			w.role = theme.Accent
		case tracker.Deliver:
			w.role = theme.Warning
		case tracker.Accept:
			w.role = theme.Success
		case tracker.Reject:
			w.role, w.want = theme.Danger, doing(intent.ActReject)
		case tracker.Estimate:
			if width >= roomForScale {
				words = append(words, scaleWords(p)...)
				continue
			}
			w.want = doing(intent.ActEstimate)
		default: // the other steps are muted
		}
		words = append(words, w)
	}
	return words
}

// placedWords are next actions where they stand on a row.
type placedWords struct {
	words []word
	// blanks stand in front of the first, extra is how many cells of the name's room
	// they all take.
	blanks, extra int
}

// placedWords places what the story offers next. The word for the next state stands at
// the same place on every row, so that one place takes stories on; what else there is
// stands in front of it, and a point scale ends where that ends.
func (r Story) placedWords(plan *Plan, p tracker.Project, width int) placedWords {
	beside := plan.nextBesideName()
	if !beside {
		width = 0 // without room for a scale
	}
	words := nextWords(r, p, width)
	room := plan.widthOf(ColNext)
	switch {
	case !beside:
		return placedWords{words: words[:min(1, len(words))]}
	case len(words) == 0:
		return placedWords{blanks: 1}
	case len(words) == 2 && words[0].role == theme.Success: // accept and reject
		words[0], words[1] = words[1], words[0]
		return placedWords{words: words, blanks: 1, extra: 1 + text.Width(words[0].text) + max(0, text.Width(words[1].text)-room)}
	case len(words) == 1 && r.Card.Estimate != nil || len(words) == 1 && text.Width(words[0].text) <= room:
		return placedWords{words: words, blanks: 1, extra: max(0, text.Width(words[0].text)-room)}
	}
	all := wordsWidth(words)
	return placedWords{words: words, blanks: 1 + max(0, 1+room-all), extra: max(0, all-1-room)}
}

// scaleWords are the points that a story can be given, each for a click.
func scaleWords(p tracker.Project) []word {
	words := make([]word, len(p.PointScale))
	for i, points := range p.PointScale {
		words[i] = word{tracker.FormatPoints(points), theme.Muted, func(row intent.SelectRow) intent.Intent { return intent.EstimateAs{Row: row, Points: points} }}
	}
	return words
}

// wordsKey is all that the next actions of a drawn row depend on while the
// project stays the same.
type wordsKey struct {
	part    intent.PaneName
	story   tracker.StoryID
	version uint64
	width   int
	look    uint64
}

// maxWords is how many rows' next actions are kept: those of some screens.
const maxWords = 2000

// Words are where the next actions of rows can be clicked, as drawn lately. They
// are kept from frame to frame: making them costs more than drawing. The project
// must stay the same; see [Words.Forget].
type Words struct{ drawn map[wordsKey][]draw.Region }

// Forget forgets all, such as when the point scale may be another.
func (w *Words) Forget() { clear(w.drawn) }

// Hit records where the next actions of a row can be clicked that stands at r in
// a part of the board.
func (w *Words) Hit(c *draw.Canvas, r draw.Rect, part intent.PaneName, s Story, plan *Plan, p tracker.Project) {
	key := wordsKey{part, s.Card.ID, s.RowVersion() ^ plan.Version, r.W, c.Theme.Generation()}
	regions, ok := w.drawn[key]
	if !ok {
		if w.drawn == nil || len(w.drawn) >= maxWords {
			w.drawn = make(map[wordsKey][]draw.Region)
		}
		regions = wordRegions(plan, part, s, p, r.W)
		w.drawn[key] = regions
	}
	for _, g := range regions {
		g.Rect.X, g.Rect.Y = g.Rect.X+r.X, r.Y
		c.Hit(g)
	}
}

// wordRegions are the regions of a row's next actions, from the row's left end.
func wordRegions(plan *Plan, part intent.PaneName, s Story, p tracker.Project, width int) []draw.Region {
	at := plan.indexOf(ColNext)
	if at < 0 {
		return nil
	}
	placed := s.placedWords(plan, p, width-lead)
	regions := make([]draw.Region, len(placed.words))
	x := width - plan.behind(at) - plan.columns[at].width + placed.blanks - 1 - placed.extra
	if !plan.nextBesideName() {
		x++
	}
	row := intent.SelectRow{Part: part, Key: s.Card.ID}
	for i, w := range placed.words {
		n := text.Width(w.text)
		regions[i] = draw.Region{Rect: draw.Rect{X: x, Y: 0, W: n, H: 1}, Row: row, Wheel: part, Click: w.want(row)}
		x += n + 1
	}
	return regions
}
