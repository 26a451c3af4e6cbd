package searched

import (
	"strings"

	"storydesk/tracker"
)

// Escape is what escapes a text that LIKE is to take as it is.
const Escape = `\`

// Text is what is searched of a story: all that it says, in lower case, a line each.
// It is made here, for an engine's lower() may know no letters but A to Z.
func Text(s *tracker.Story, comments string) string {
	var b strings.Builder
	b.Grow(256 + len(s.Description) + len(comments)) // for most stories
	b.WriteString(s.ID.String())
	line := func(text string) {
		b.WriteByte('\n')
		b.WriteString(text)
	}
	line(string(s.Type))
	line(string(s.State))
	line(s.Name)
	for _, owner := range s.Owners {
		line(owner)
	}
	for _, label := range s.Labels {
		line(label)
	}
	line(s.Requester)
	line(s.Description)
	for i := range s.Tasks {
		line(s.Tasks[i].Text)
	}
	b.WriteString(comments)
	return strings.ToLower(b.String())
}

// Pattern is the pattern of what has a text in it, as LIKE takes it.
func Pattern(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
}
