package dialog

import (
	"context"
	"fmt"
	"net/url"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/pane"
)

// draftTime is how long what was typed may be unsaved at most.
const draftTime = time.Second

// Draft saves a text while it is being written, so that it outlives its pane
// and the program, however that ends. It is removed when the text was sent.
type Draft struct {
	*pane.Host
	Key string
	// Read is true when what was saved before is known; nothing is saved over it
	// until then.
	Read bool
	// Kept is the text as it was saved last, empty when there is none.
	Kept string
	// due is true while a saving is to come.
	due bool
}

// DraftDue asks to save a draft that was typed in a while ago.
type DraftDue struct{ Key string }

// DraftRead brings a text that was begun and not sent.
type DraftRead struct {
	Key, Text string
	Err       error
}

// Ask reads what was saved, or is just being saved; the answer is a [DraftRead].
func (d *Draft) Ask() tea.Cmd {
	key, settings := d.Key, d.Settings
	if text, ok := d.UnsavedText(key); ok {
		return func() tea.Msg { return DraftRead{Key: key, Text: text} }
	}
	return d.Do(func(ctx context.Context) tea.Msg {
		text, err := settings.Draft(ctx, key)
		return DraftRead{key, text, err}
	})
}

// Typed asks to save the text soon: a [DraftDue] comes within draftTime.
func (d *Draft) Typed() tea.Cmd {
	if d.due {
		return nil
	}
	d.due = true
	due := DraftDue{d.Key}
	return tea.Tick(draftTime, func(time.Time) tea.Msg { return due })
}

// IsDue reports whether it is this draft that is due now.
func (d *Draft) IsDue(msg DraftDue) bool {
	if msg.Key != d.Key {
		return false
	}
	d.due = false
	return true
}

// Keep saves the text, or removes the draft when it is empty.
func (d *Draft) Keep(text string) {
	if last, typed := d.Drafts[d.Key]; !d.Read || text == d.Kept && (!typed || last.Saved) {
		return
	}
	d.Kept, d.Drafts[d.Key] = text, pane.TypedText{Text: text}
	key, settings := d.Key, d.Settings
	d.Change(func(ctx context.Context) pane.Done {
		return pane.Done{Err: settings.SaveDraft(ctx, key, text), Saved: pane.SavedDraft{Key: key, Text: text}}
	})
}

// Leave asks whether what was typed is discarded or kept as a draft, and ends the writing
// then. While what was saved before is not known nothing is saved over it, and the writing
// goes on.
func (d *Draft) Leave(text string, ended func() tea.Cmd) tea.Cmd {
	return AskDiscard(d.Host, func() tea.Cmd {
		d.Keep("")
		return ended()
	}, func() tea.Cmd {
		if !d.Read {
			return d.Refuse("what was typed earlier could not be read, and a draft would replace it; save the text or discard it")
		}
		d.Keep(text)
		return tea.Batch(ended(), d.Say("Draft saved"))
	})
}

// DrawText draws a text that is being written, with its cursor.
func DrawText(c *draw.Canvas, r draw.Rect, text *form.Composer) {
	lines, cursor := text.Draw(c.Theme, r.W, r.H)
	for i, l := range lines {
		c.Put(r.X, r.Y+i, r.W, l)
	}
	if cursor != nil && c.Focused {
		c.Cursor = &draw.Position{X: r.X + cursor.X, Y: r.Y + cursor.Y}
	}
}

// Packed makes one text of the values of a form, empty for none.
func Packed(values map[string]string) string {
	all := make(url.Values)
	for name, value := range values {
		all.Set(name, value)
	}
	return all.Encode()
}

// Unpacked reads what Packed made.
func Unpacked(text string) (map[string]string, error) {
	all, err := url.ParseQuery(text)
	if err != nil {
		return nil, fmt.Errorf("the saved draft cannot be read: %w", err)
	}
	values := make(map[string]string)
	for name := range all {
		values[name] = all.Get(name)
	}
	return values, nil
}
