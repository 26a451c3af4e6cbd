package pane

// TypedText is a text as it was typed last; saved once the store has it.
type TypedText struct {
	Text  string
	Saved bool
}

// SavedDraft is a text that was saved as a draft.
type SavedDraft struct{ Key, Text string }

// Drafts are texts that were typed and not sent, by the keys of their drafts. They
// stay in memory when they are saved, because the database file may be lost.
type Drafts map[string]TypedText

// performed notes what a change did to a draft: it was saved, or sent and removed.
func (d Drafts) performed(ended Done, lost bool) {
	switch saved := ended.Saved; {
	case ended.Draft != "" && ended.Err == nil:
		delete(d, ended.Draft)
	case lost || d[saved.Key].Text != saved.Text:
	case saved.Text == "":
		delete(d, saved.Key)
	default:
		d[saved.Key] = TypedText{saved.Text, true}
	}
}

// UnsavedText is a text that the store does not have, or may have lost.
func (h *Host) UnsavedText(key string) (text string, ok bool) {
	last, ok := h.Drafts[key]
	return last.Text, ok && (!last.Saved || h.Settings.StoreLost() != nil)
}
