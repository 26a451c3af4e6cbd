package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Answer is one of the answers to a question, asked for by an action.
type Answer struct {
	ID intent.ActionID
	// Text is what its key means, in a word or two; brief is that in a narrow window.
	Text, Brief string
	// Do is what comes of it, when the question is closed; nil for nothing.
	Do func() tea.Cmd
}

// Question asks for one of a few answers in place of the footer.
type Question struct {
	*pane.Host
	Text string
	// Shorter is asked where there is no room for text, one after the other; with the
	// last the answers are brief, too.
	Shorter []string
	// Asked is the scope of the answers' keys.
	Asked   keymap.Scope
	Answers []Answer
}

// words are those for the answer's key.
func (a Answer) words(brief bool) string {
	if brief {
		return a.Brief
	}
	return a.Text
}

// NewQuestion asks yes or no, to be opened with [pane.Line]. No just closes it.
func NewQuestion(s *pane.Host, text string, yes func() tea.Cmd) *Question {
	return &Question{Host: s, Text: draw.Line(text), Asked: keymap.ScopeQuestion, Answers: []Answer{{ID: intent.ActYes, Text: "yes", Do: yes}, {ID: intent.ActNo, Text: "no"}}}
}

// AskDiscard asks whether unsaved changes are discarded or kept as a draft,
// which says so; esc leaves everything as it is.
func AskDiscard(s *pane.Host, discard, keep func() tea.Cmd) tea.Cmd {
	return s.Open(&Question{Host: s, Text: "Discard changes?", Asked: keymap.ScopeDiscard, Answers: []Answer{
		{ID: intent.ActDiscard, Text: "discard", Do: discard},
		{ID: actKeepDraft, Text: "keep as draft", Do: keep},
		{ID: intent.ActStay, Text: "stay"},
	}}, pane.Line)
}

// AskWhose asks whose text counts, where somebody else has changed what the user edited; esc
// goes on editing. texts are the question, the longest first.
func AskWhose(s *pane.Host, texts []string, theirs, mine func() tea.Cmd) tea.Cmd {
	for i, t := range texts {
		texts[i] = draw.Line(t)
	}
	return s.Open(&Question{Host: s, Text: texts[0], Shorter: texts[1:], Asked: keymap.ScopeConflict, Answers: []Answer{
		{ID: actTheirs, Text: "keep theirs", Brief: "theirs", Do: theirs},
		{ID: actMine, Text: "take mine", Brief: "mine", Do: mine},
		{ID: intent.ActStay, Text: "edit again", Brief: "edit"},
	}}, pane.Line)
}

// Init reads nothing.
func (q *Question) Init() tea.Cmd { return nil }

// Update takes nothing.
func (q *Question) Update(tea.Msg) tea.Cmd { return nil }

// Handle takes the answer.
func (q *Question) Handle(in intent.Intent) (tea.Cmd, bool) {
	for _, a := range q.Answers {
		switch {
		case in != intent.Intent(intent.Act{ID: a.ID}):
		case a.Do != nil:
			return tea.Batch(q.Close(), a.Do()), true
		default:
			return q.Close(), true
		}
	}
	return nil, false
}

// Draw shows the question with its answers, which always have room.
func (q *Question) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	ask, answers := q.cut(r.W - 1)
	w := r.W - 1
	for _, a := range answers {
		w -= text.Width(a)
	}
	w = min(text.Width(ask)+1, max(0, w))
	c.Text(r.X, r.Y, w, theme.Warning, " "+text.Truncate(ask, w-1))
	x := r.X + w
	for i, a := range q.Answers {
		w := min(text.Width(answers[i]), r.X+r.W-x)
		c.Text(x, r.Y, w, theme.Accent, answers[i])
		c.Hit(draw.Region{Rect: draw.Rect{X: x, Y: r.Y, W: w, H: 1}, Click: intent.Act{ID: a.ID}})
		x += max(0, w)
	}
}

// cut words question and answers so that they have room in w columns, as far as
// there are shorter words.
func (q *Question) cut(w int) (ask string, answers []string) {
	for _, brief := range []bool{false, true} {
		answers = answers[:0]
		room := w - 1
		for _, a := range q.Answers {
			words := "  " + strings.TrimSpace(q.Keys.Key(q.Asked, a.ID)+" "+a.words(brief))
			answers = append(answers, words)
			room -= text.Width(words)
		}
		for _, ask = range append([]string{q.Text}, q.Shorter...) {
			if text.Width(ask) <= room {
				return ask, answers
			}
		}
		if len(q.Shorter) == 0 {
			break
		}
	}
	return ask, answers
}

// Scopes lets nothing but the answers through.
func (q *Question) Scopes() []keymap.Scope { return []keymap.Scope{q.Asked} }

// Disabled is never.
func (q *Question) Disabled(intent.ActionID) string { return "" }
