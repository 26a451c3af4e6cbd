package board

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// unfolded is the story that is open in place, under its row.
type unfolded struct {
	part  intent.PaneName
	id    tracker.StoryID
	asked int
	// detail is nil until the story was read.
	detail *tracker.StoryDetail
	// width is what the lines were laid out for, 0 when they must be again.
	width int
	// revealed is true once the lines were scrolled into sight.
	revealed bool
}

// unfoldedRead brings the story that is open in place.
type unfoldedRead struct {
	asked  int
	detail tracker.StoryDetail
	err    error
}

// unfold opens the selected story in place, or closes it.
func (b *Board) unfold() tea.Cmd {
	c, ok := b.story()
	was := b.unfolded
	b.fold()
	if !ok || was != nil && was.id == c.ID && was.part == b.view.Focus {
		return nil
	}
	b.unfolded = &unfolded{part: b.view.Focus, id: c.ID}
	return b.readUnfolded()
}

// fold closes what is open in place.
func (b *Board) fold() {
	if b.unfolded == nil {
		return
	}
	if c := b.columnOf(b.unfolded.part); c != nil {
		c.SetInset(nil)
	}
	b.unfolded = nil
}

// readUnfolded reads the story that is open in place, if any.
func (b *Board) readUnfolded() tea.Cmd {
	u := b.unfolded
	if u == nil {
		return nil
	}
	u.asked = b.Next()
	asked, id, service := u.asked, u.id, b.Service
	return b.Do(func(ctx context.Context) tea.Msg {
		detail, err := service.Stories.Story(ctx, id)
		return unfoldedRead{asked, detail, err}
	})
}

// showUnfolded takes the story that was read. One that is gone is closed.
func (b *Board) showUnfolded(msg unfoldedRead) tea.Cmd {
	u := b.unfolded
	switch {
	case u == nil || u.asked != msg.asked:
	case msg.err == nil:
		u.detail, u.width = &msg.detail, 0
	case tracker.CodeOf(msg.err) == tracker.CodeNotFound:
		b.fold()
	default:
		return b.Fail(msg.err)
	}
	return nil
}

// layOutUnfolded puts the open story's lines under its row, if that is in this
// column and they do not stand there yet.
func (b *Board) layOutUnfolded(c *storyColumn, width int) {
	u := b.unfolded
	if u == nil || u.part != c.Name || u.width == width {
		return
	}
	u.width = width
	lines := [][]draw.Run{{{Role: theme.Muted, Text: setting.When(b.Slow(), "loading…")}}}
	if u.detail != nil {
		lines = b.unfoldedLines(*u.detail, max(1, width-insetMargin))
	}
	c.SetInset(&table.Inset[tracker.StoryID]{
		Under: u.id, Lines: lines, Version: uint64(b.Next()), //nolint:gosec // only compared
		Key: func(line int) tracker.StoryID { return tracker.StoryID(-1 - line) },
	})
	if u.detail != nil && !u.revealed {
		u.revealed = true
		c.List.Reveal(c.Inset.At + 1 + len(lines))
	}
}

const (
	// insetMargin is what stands left and right of an open story's lines, in cells.
	insetMargin = 5
	// How many lines of each are shown at most.
	unfoldedName, unfoldedFacts, unfoldedTickets, unfoldedText = 2, 4, 3, 3
)

// unfoldedLines are what is shown of a story in place: enough to decide on it.
func (b *Board) unfoldedLines(d tracker.StoryDetail, width int) [][]draw.Run {
	st := d.Story
	points := "no points"
	if st.Estimate != nil {
		points = present.PointCount(*st.Estimate)
	}
	var lines [][]draw.Run
	add := func(role theme.Role, s string) {
		lines = append(lines, []draw.Run{{Role: role, Text: text.Truncate(s, width)}})
	}
	block := func(role theme.Role, s string, most int) {
		wrapped := text.Wrap(s, width)
		for i, l := range wrapped[:min(most, len(wrapped))] {
			if i == most-1 && len(wrapped) > most {
				l += " …"
			}
			add(role, l)
		}
	}
	block(theme.Text|theme.Bold, present.Cell(st.Name), unfoldedName)
	owners, labels := labelled("owner ", strings.Join(st.Owners, ", ")), labelled("labels ", strings.Join(st.Labels, ", "))
	facts := []string{st.ID.String(), string(st.Type), points, string(st.State), labelled("requested by ", st.Requester), owners, labels}
	block(theme.Muted, draw.JoinFacts(" · ", facts...), unfoldedFacts)
	for i, t := range d.Tickets {
		if i == unfoldedTickets {
			add(theme.Muted, fmt.Sprintf("and %s more", present.TicketCount(len(d.Tickets)-i)))
			break
		}
		mark, role := present.StatusMark(t.Status)
		subject := text.Truncate(fmt.Sprintf(" %s %s", t.ID, present.Cell(t.Subject)), max(0, width-1))
		lines = append(lines, []draw.Run{{Role: role, Text: mark}, {Role: theme.Text, Text: subject}})
	}
	if about := strings.Join(strings.Fields(plaintext.Block(st.Description)), " "); about != "" {
		block(theme.Text, about, unfoldedText)
	}
	add(theme.Muted, b.unfoldedKeys(d))
	return lines
}

// unfoldedKeys name what can be done with the open story.
func (b *Board) unfoldedKeys(d tracker.StoryDetail) string {
	var next string
	if offered := tracker.Actions(d.Story.Type, d.Story.State, d.Story.Estimate, d.Project); len(offered) > 0 {
		key := intent.ActAdvance
		if offered[0] == tracker.Estimate {
			key = intent.ActEstimate
		}
		next = b.Keys.Key(keymap.ScopeItem, key) + " " + string(offered[0])
	}
	return draw.JoinFacts("  ", next, b.Keys.Key(keymap.ScopeBoard, intent.ActOpen)+" open", b.Keys.Key(keymap.ScopeBoard, intent.ActUnfold)+" close")
}

// labelled is a fact with its name, empty where there is none.
func labelled(name, fact string) string {
	if fact == "" {
		return ""
	}
	return name + present.Cell(fact)
}
