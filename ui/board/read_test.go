package board

import (
	"context"
	"errors"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/ui/board/reading"
	"storydesk/ui/pane"
)

// bare is a board whose commands are not run.
func bare() *Board {
	host := pane.NewHost(context.Background(), func(error) {}, time.Now)
	host.Service = engine.New(kernel.Config{Now: time.Now})
	b := New(host, false, "")
	host.Layers = []pane.Layer{{Pane: b, Place: pane.Body}}
	b.panel.id, b.reader.loaded = 1, true
	return b
}

// A reading that began before the panel was changed does not change it back.
func TestAnEarlierReadingDoesNotChangeThePanelBack(t *testing.T) {
	b := bare()
	was := boardRead{generation: b.reader.generation, request: reading.Request{Kinds: tracker.HintTickets, Panel: 1}}
	was.Panel, was.Integrations = 1, []tracker.Integration{{ID: 1, Active: true}}
	b.reader.reading = true
	b.viewer.showPanel(2)
	b.took(was)
	if b.panel.id != 2 {
		t.Errorf("the panel is %d again", b.panel.id)
	}
}

// What cannot be read is as usual, and said.
func TestPrefsThatCannotBeRead(t *testing.T) {
	b := bare()
	usual := b.columns.View.Kept()
	b.Update(prefsRead{Prefs: prefs{}, Err: tracker.Errorf(tracker.CodeInternal, "no database: %w", errors.New("gone"))})
	if said := b.Toasts.Current; said == nil || said.Text != "no database: gone" {
		t.Errorf("it says %+v", said)
	}
	if now := b.columns.View.Kept(); now != usual || b.columns.HidesLinked {
		t.Errorf("shown are %q", now)
	}
}
