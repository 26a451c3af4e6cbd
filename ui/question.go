package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// answer is one of the answers to a question, asked for by an action.
type answer struct {
	id actionID
	// text is what its key means, in a word or two.
	text string
	// do is what comes of it, when the question is closed; nil for nothing.
	do func() tea.Cmd
}

// question asks for one of a few answers in place of the footer.
type question struct {
	*shell
	text string
	// asked is the scope of the answers' keys.
	asked   scope
	answers []answer
}

// newQuestion asks yes or no, to be opened with placeLine. No just closes it.
func newQuestion(s *shell, text string, yes func() tea.Cmd) *question {
	return &question{s, line(text), scopeQuestion, []answer{{actYes, "yes", yes}, {actNo, "no", nil}}}
}

// askDiscard asks whether unsaved changes are discarded or kept as a draft,
// which is confirmed in the words of said; esc leaves everything as it is.
func (s *shell) askDiscard(said string, discard, keep func() tea.Cmd) tea.Cmd {
	return s.open(&question{s, "Discard changes?", scopeDiscard, []answer{
		{actDiscard, "discard", discard},
		{actKeepDraft, "keep as draft", func() tea.Cmd { return tea.Batch(keep(), s.say(said)) }},
		{actStay, "stay", nil},
	}}, placeLine)
}

// Init reads nothing.
func (q *question) Init() tea.Cmd { return nil }

// Update takes nothing.
func (q *question) Update(tea.Msg) tea.Cmd { return nil }

// Handle takes the answer.
func (q *question) Handle(in intent) (tea.Cmd, bool) {
	for _, a := range q.answers {
		switch {
		case in != intent(act{a.id}):
		case a.do != nil:
			return tea.Batch(q.close(), a.do()), true
		default:
			return q.close(), true
		}
	}
	return nil, false
}

// Draw shows the question with its answers, which always have room.
func (q *question) Draw(c *canvas, r rect) {
	const gap = 2
	room := r.w - 1
	words := make([]string, len(q.answers))
	for i, a := range q.answers {
		words[i] = q.keys.key(q.asked, a.id) + " " + a.text
		room -= text.Width(words[i]) + gap
	}
	w := min(text.Width(q.text)+1, max(0, room))
	c.fill(r)
	c.text(r.x, r.y, w, theme.Warning, " "+text.Truncate(q.text, w-1))
	x := r.x + w
	for i, a := range q.answers {
		w := min(text.Width(words[i])+gap, r.x+r.w-x)
		c.text(x, r.y, w, theme.Accent, "  "+words[i])
		c.hit(region{rect: rect{x, r.y, w, 1}, click: act{a.id}})
		x += max(0, w)
	}
}

// Scopes lets nothing but the answers through.
func (q *question) Scopes() []scope { return []scope{q.asked} }

// Disabled is never.
func (q *question) Disabled(actionID) string { return "" }
