// Package inplace lays out a story that is open under its row.
package inplace

import (
	"fmt"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/plaintext"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

const (
	// How many lines of each are shown at most.
	mostName, mostFacts, mostTickets, mostText = 2, 4, 3, 3
)

// Lines are what is shown of a story in place: enough to decide on it. planned says for
// when it is planned, closes is the action that closes it again.
func Lines(d tracker.StoryDetail, planned string, keys keymap.Map, closes intent.ActionID, width int) [][]draw.Run {
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
	block(theme.Text|theme.Bold, present.Cell(st.Name), mostName)
	owners, labels := labelled("owner ", strings.Join(st.Owners, ", ")), labelled("labels ", strings.Join(st.Labels, ", "))
	facts := []string{st.ID.String(), planned, string(st.Type), points, string(st.State), labelled("requested by ", st.Requester), owners, labels}
	block(theme.Muted, draw.JoinFacts(" · ", facts...), mostFacts)
	for i, t := range d.Tickets {
		if i == mostTickets {
			add(theme.Muted, fmt.Sprintf("and %s more", present.TicketCount(len(d.Tickets)-i)))
			break
		}
		mark, role := present.StatusMark(t.Status)
		if kind.IsItem(t.TicketKey) {
			mark = "-" // it has no status
		}
		subject := text.Truncate(fmt.Sprintf(" %s %s", present.Cell(kind.TicketLabel(t)), present.Cell(t.Subject)), max(0, width-1))
		lines = append(lines, []draw.Run{{Role: role, Text: mark}, {Role: theme.Text, Text: subject}})
	}
	if about := strings.Join(strings.Fields(plaintext.Block(st.Description)), " "); about != "" {
		block(theme.Text, about, mostText)
	}
	add(theme.Muted, keysOf(d, keys, closes))
	return lines
}

// keysOf name what can be done with the open story.
func keysOf(d tracker.StoryDetail, keys keymap.Map, closes intent.ActionID) string {
	var next string
	if offered := tracker.Actions(d.Story.Type, d.Story.State, d.Story.Estimate, d.Project); len(offered) > 0 {
		key := intent.ActAdvance
		if offered[0] == tracker.Estimate {
			key = intent.ActEstimate
		}
		next = keys.Key(keymap.ScopeItem, key) + " " + string(offered[0])
	}
	return draw.JoinFacts("  ", next, keys.Key(keymap.ScopeBoard, intent.ActOpen)+" open", keys.Key(keymap.ScopeBoard, closes)+" close")
}

// labelled is a fact with its name, empty where there is none.
func labelled(name, fact string) string {
	if fact == "" {
		return ""
	}
	return name + present.Cell(fact)
}
