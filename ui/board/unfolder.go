package board

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/board/columns"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// unfolder opens a story in place, under its row.
type unfolder struct {
	*host
	selection columns.Selection
	// open is the story that is open in place, nil for none.
	open *unfolded
}

// unfolded is the story that is open in place.
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
func (u *unfolder) unfold() tea.Cmd {
	c, ok := u.selection.Story()
	was, part := u.open, u.selection.View.Focus
	u.fold()
	if !ok || was != nil && was.id == c.ID && was.part == part {
		return nil
	}
	u.open = &unfolded{part: part, id: c.ID}
	return u.read()
}

// fold closes what is open in place.
func (u *unfolder) fold() {
	if u.open == nil {
		return
	}
	if c := u.selection.Of(u.open.part); c != nil {
		c.SetInset(nil)
	}
	u.open = nil
}

// shows reports whether a story is open that has been read.
func (u *unfolder) shows() bool { return u.open != nil && u.open.detail != nil }

// spun lays the lines out again: they may say now that the story is being read.
func (u *unfolder) spun() {
	if u.open != nil {
		u.open.width = 0
	}
}

// read reads the story that is open in place, if any.
func (u *unfolder) read() tea.Cmd {
	if u.open == nil {
		return nil
	}
	u.open.asked = u.Next()
	asked, id, service := u.open.asked, u.open.id, u.Service
	return u.Do(func(ctx context.Context) tea.Msg {
		detail, err := service.Stories.Story(ctx, id)
		return unfoldedRead{asked, detail, err}
	})
}

// took takes the story that was read. One that is gone is closed.
func (u *unfolder) took(msg unfoldedRead) tea.Cmd {
	switch {
	case u.open == nil || u.open.asked != msg.asked:
	case msg.err == nil:
		u.open.detail, u.open.width = &msg.detail, 0
	case tracker.CodeOf(msg.err) == tracker.CodeNotFound:
		u.fold()
	default:
		return u.Fail(msg.err)
	}
	return nil
}

// layOut puts the open story's lines under its row, if that is in this column and
// they do not stand there yet.
func (u *unfolder) layOut(c *columns.StoryColumn, width int) {
	o := u.open
	if o == nil || o.part != c.Name || o.width == width {
		return
	}
	o.width = width
	lines := [][]draw.Run{{{Role: theme.Muted, Text: setting.When(u.Slow(), "loading…")}}}
	if o.detail != nil {
		lines = unfoldedLines(*o.detail, u.Keys, max(1, width-insetMargin))
	}
	c.SetInset(&table.Inset[tracker.StoryID]{
		Under: o.id, Lines: lines, Version: uint64(u.Next()), //nolint:gosec // only compared
		Key: func(line int) tracker.StoryID { return tracker.StoryID(-1 - line) },
	})
	if o.detail != nil && !o.revealed {
		o.revealed = true
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
func unfoldedLines(d tracker.StoryDetail, keys keymap.Map, width int) [][]draw.Run {
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
	add(theme.Muted, unfoldedKeys(d, keys))
	return lines
}

// unfoldedKeys name what can be done with the open story.
func unfoldedKeys(d tracker.StoryDetail, keys keymap.Map) string {
	var next string
	if offered := tracker.Actions(d.Story.Type, d.Story.State, d.Story.Estimate, d.Project); len(offered) > 0 {
		key := intent.ActAdvance
		if offered[0] == tracker.Estimate {
			key = intent.ActEstimate
		}
		next = keys.Key(keymap.ScopeItem, key) + " " + string(offered[0])
	}
	return draw.JoinFacts("  ", next, keys.Key(keymap.ScopeBoard, intent.ActOpen)+" open", keys.Key(keymap.ScopeBoard, actUnfold)+" close")
}

// labelled is a fact with its name, empty where there is none.
func labelled(name, fact string) string {
	if fact == "" {
		return ""
	}
	return name + present.Cell(fact)
}
