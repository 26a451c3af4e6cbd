package story

import (
	"fmt"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// blockers writes what the story waits for, and what waits for it; nothing where there
// is neither.
func (s *sheet) blockers() {
	list := s.Parts.Blockers
	if len(list)+len(s.Parts.Blocks) == 0 {
		return
	}
	caption := "Blockers"
	if n := len(list); n > 0 {
		caption = fmt.Sprintf("Blockers %d open of %d", tracker.OpenOf(s.Story, s.Parts).Blockers, n)
	}
	s.w.Rule(caption)
	for _, b := range list {
		s.blocker(b)
	}
	for _, b := range s.Parts.Blocks {
		s.w.Line(named(s.w.Theme.Glyph(theme.GlyphBlocks)+" blocks ", b.StoryID, b.Other))
		s.w.Link(intent.OpenStory{ID: b.StoryID})
	}
}

func (s *sheet) blocker(b tracker.Blocker) {
	box, role := tracker.Task{Done: b.Resolved()}.Box(), theme.Danger
	if b.Resolved() {
		role = theme.Muted
	}
	first, at := len(s.w.Lines), editPart{aBlocker, int64(b.ID)}
	s.w.Paragraph([]draw.Run{{Role: role, Text: box + " "}}, role, draw.Line(b.Text))
	s.w.LinkFrom(first, at)
	s.w.Spot(first, 0, text.Width(box), togglePart(at))
	if b.By != 0 {
		s.w.Line(named("    open ", b.By, b.Other))
		s.w.Link(intent.OpenStory{ID: b.By})
	}
}

// named is a link to another story with its name, behind what it is to this one.
func named(what string, id tracker.StoryID, name string) []draw.Run {
	return []draw.Run{{Role: theme.Muted, Text: what}, {Role: theme.Accent, Text: id.String()}, {Role: theme.Text, Text: " " + present.Cell(name)}}
}

// reviews writes the reviews; nothing where there are none.
func (s *sheet) reviews() {
	list := s.Parts.Reviews
	if len(list) == 0 {
		return
	}
	s.w.Rule(fmt.Sprintf("Reviews %d/%d", len(list)-tracker.OpenOf(s.Story, s.Parts).Reviews, len(list)))
	for _, v := range list {
		role, mark := reviewMark(v.Status)
		status := present.Cell(v.Status.Words())
		at := editPart{aReview, int64(v.ID)}
		who := "no reviewer"
		if v.Reviewer != "" {
			who = draw.Line(v.Reviewer)
		}
		first := len(s.w.Lines)
		s.w.Facts([]draw.Run{{Role: role, Text: mark + " "}, {Role: theme.Text, Text: draw.Line(v.Type) + " "}, {Role: role, Text: status}}, draw.Run{Role: theme.Muted, Text: who})
		s.w.LinkFrom(first, at)
		s.w.Spot(first, 0, text.Width(mark+" "+draw.Line(v.Type)+" "+status), togglePart(at))
	}
}

// reviewMark shows how far a review is.
func reviewMark(status tracker.ReviewStatus) (theme.Role, string) {
	switch status {
	case tracker.ReviewPass:
		return theme.Success, "[x]"
	case tracker.ReviewRevise:
		return theme.Danger, "[!]"
	case tracker.InReview:
		return theme.Warning, "[-]"
	case tracker.ReviewUnstarted:
	}
	return theme.Muted, "[ ]"
}
