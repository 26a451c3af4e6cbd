package command

import "strings"

// DraftName is what the user calls the text with a key.
func DraftName(key string) string {
	kind, of, _ := strings.Cut(key, "/")
	story, field, _ := strings.Cut(of, "/")
	switch {
	case key == MarkedCommentKey:
		return "comment on marked stories"
	case kind == "comment":
		return "comment on " + of
	case kind == "story":
		return field + " of " + story
	case strings.HasPrefix(of, "new/"):
		return "new integration"
	}
	return "edited integration"
}
