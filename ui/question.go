package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// answer is one of the answers to a question, asked for by an action.
type answer struct {
	id intent.ActionID
	// text is what its key means, in a word or two; brief is that in a narrow window.
	text, brief string
	// do is what comes of it, when the question is closed; nil for nothing.
	do func() tea.Cmd
}

// question asks for one of a few answers in place of the footer.
type question struct {
	*shell
	text string
	// shorter is asked where there is no room for text, one after the other; with the
	// last the answers are brief, too.
	shorter []string
	// asked is the scope of the answers' keys.
	asked   keymap.Scope
	answers []answer
}

// words are those for the answer's key.
func (a answer) words(brief bool) string {
	if brief {
		return a.brief
	}
	return a.text
}

// newQuestion asks yes or no, to be opened with placeLine. No just closes it.
func newQuestion(s *shell, text string, yes func() tea.Cmd) *question {
	return &question{shell: s, text: draw.Line(text), asked: keymap.ScopeQuestion, answers: []answer{{id: intent.ActYes, text: "yes", do: yes}, {id: intent.ActNo, text: "no"}}}
}

// askDiscard asks whether unsaved changes are discarded or kept as a draft,
// which is confirmed in the words of said; esc leaves everything as it is.
func (s *shell) askDiscard(said string, discard, keep func() tea.Cmd) tea.Cmd {
	return s.open(&question{shell: s, text: "Discard changes?", asked: keymap.ScopeDiscard, answers: []answer{
		{id: intent.ActDiscard, text: "discard", do: discard},
		{id: intent.ActKeepDraft, text: "keep as draft", do: func() tea.Cmd { return tea.Batch(keep(), s.say(said)) }},
		{id: intent.ActStay, text: "stay"},
	}}, placeLine)
}

// Init reads nothing.
func (q *question) Init() tea.Cmd { return nil }

// Update takes nothing.
func (q *question) Update(tea.Msg) tea.Cmd { return nil }

// Handle takes the answer.
func (q *question) Handle(in intent.Intent) (tea.Cmd, bool) {
	for _, a := range q.answers {
		switch {
		case in != intent.Intent(intent.Act{ID: a.id}):
		case a.do != nil:
			return tea.Batch(q.close(), a.do()), true
		default:
			return q.close(), true
		}
	}
	return nil, false
}

// Draw shows the question with its answers, which always have room.
func (q *question) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	ask, answers := q.cut(r.W - 1)
	w := r.W - 1
	for _, a := range answers {
		w -= text.Width(a)
	}
	w = min(text.Width(ask)+1, max(0, w))
	c.Text(r.X, r.Y, w, theme.Warning, " "+text.Truncate(ask, w-1))
	x := r.X + w
	for i, a := range q.answers {
		w := min(text.Width(answers[i]), r.X+r.W-x)
		c.Text(x, r.Y, w, theme.Accent, answers[i])
		c.Hit(draw.Region{Rect: draw.Rect{X: x, Y: r.Y, W: w, H: 1}, Click: intent.Act{ID: a.id}})
		x += max(0, w)
	}
}

// cut words question and answers so that they have room in w columns, as far as
// there are shorter words.
func (q *question) cut(w int) (ask string, answers []string) {
	for _, brief := range []bool{false, true} {
		answers = answers[:0]
		room := w - 1
		for _, a := range q.answers {
			words := "  " + strings.TrimSpace(q.keys.Key(q.asked, a.id)+" "+a.words(brief))
			answers = append(answers, words)
			room -= text.Width(words)
		}
		for _, ask = range append([]string{q.text}, q.shorter...) {
			if text.Width(ask) <= room {
				return ask, answers
			}
		}
		if len(q.shorter) == 0 {
			break
		}
	}
	return ask, answers
}

// Scopes lets nothing but the answers through.
func (q *question) Scopes() []keymap.Scope { return []keymap.Scope{q.asked} }

// Disabled is never.
func (q *question) Disabled(intent.ActionID) string { return "" }
