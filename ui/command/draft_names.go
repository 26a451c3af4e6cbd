package command

import "strings"

// NewStoryDraft begins the keys of drafts of new stories, before the project.
const NewStoryDraft = "new story"

// EpicDraft begins the keys of drafts of epics, before the epic.
const EpicDraft = "epic"

// DraftName is what the user calls the text with a key.
func DraftName(key string) string {
	kind, of, _ := strings.Cut(key, "/")
	story, field, _ := strings.Cut(of, "/")
	switch {
	case key == MarkedCommentKey:
		return "comment on marked stories"
	case kind == attachedDraft:
		return "files attached to the " + DraftName(of)
	case kind == "comment":
		return "comment on " + of
	case kind == NewStoryDraft:
		return "new story"
	case kind == "story", kind == EpicDraft:
		return field + " of " + story
	case strings.HasPrefix(of, "new/"):
		return "new integration"
	}
	return "edited integration"
}
