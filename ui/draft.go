package ui

import (
	"context"
	"fmt"
	"net/url"
	"time"

	tea "charm.land/bubbletea/v2"
)

// draftTime is how long what was typed may be unsaved at most.
const draftTime = time.Second

// draft keeps a text while it is being written, so that it outlives its pane
// and the program, however that ends. It is forgotten when the text was sent.
type draft struct {
	*shell
	key string
	// read is true when what was kept is known; nothing is kept over it before.
	read bool
	// kept is the text as it was saved last, empty when there is none.
	kept string
	// due is true while a saving is to come.
	due bool
}

// draftDue tells that a draft was typed in a while ago.
type draftDue struct{ key string }

// draftRead brings a text that was begun and not sent.
type draftRead struct {
	key, text string
	err       error
}

// ask reads what was kept, or is just being kept; the answer is a draftRead.
func (d *draft) ask() tea.Cmd {
	key, service := d.key, d.service
	if text, ok := d.unread(key); ok {
		return func() tea.Msg { return draftRead{key: key, text: text} }
	}
	return d.do(func(ctx context.Context) tea.Msg {
		text, err := service.Settings.Draft(ctx, key)
		return draftRead{key, text, err}
	})
}

// typed asks to save the text soon: a draftDue comes within draftTime.
func (d *draft) typed() tea.Cmd {
	if d.due {
		return nil
	}
	d.due = true
	due := draftDue{d.key}
	return tea.Tick(draftTime, func(time.Time) tea.Msg { return due })
}

// fell tells whether it is this draft that is due now.
func (d *draft) fell(msg draftDue) bool {
	if msg.key != d.key {
		return false
	}
	d.due = false
	return true
}

// keep saves the text, or forgets the draft when it is empty.
func (d *draft) keep(text string) tea.Cmd {
	if last, typed := d.drafts[d.key]; !d.read || text == d.kept && (!typed || last.saved) {
		return nil
	}
	d.kept, d.drafts[d.key] = text, typedText{text: text}
	key, service := d.key, d.service
	return d.change(func(ctx context.Context) done {
		return done{err: service.Settings.SaveDraft(ctx, key, text), kept: keptText{key, text}}
	})
}

// keptText is a text that was saved as a draft.
type keptText struct{ key, text string }

// packed makes one text of what was typed into a form, empty for nothing.
func packed(values map[string]string) string {
	all := make(url.Values)
	for name, value := range values {
		all.Set(name, value)
	}
	return all.Encode()
}

// unpacked reads what packed made.
func unpacked(text string) (map[string]string, error) {
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
