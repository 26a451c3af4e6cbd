package board

import (
	"context"
	"errors"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/ui/pane"
)

// bare is a board whose commands are not run.
func bare() *Board {
	host := pane.NewHost(context.Background(), func(error) {}, time.Now)
	host.Service = engine.New(kernel.Config{Now: time.Now})
	b := New(host, false, "")
	host.Layers = []pane.Layer{{Pane: b, Place: pane.Body}}
	b.panel, b.loaded = 1, true
	return b
}

// A reading that began before the panel was changed does not change it back.
func TestAnEarlierReadingDoesNotChangeThePanelBack(t *testing.T) {
	b := bare()
	was := boardRead{generation: b.generation, kinds: tracker.HintTickets, of: 1, panel: 1, integrations: []tracker.Integration{{ID: 1, Active: true}}}
	b.reading = true
	b.showPanel(2)
	b.took(was)
	if b.panel != 2 {
		t.Errorf("the panel is %d again", b.panel)
	}
}

// What cannot be read is as usual, and said.
func TestPrefsThatCannotBeRead(t *testing.T) {
	b := bare()
	usual := b.view.Kept()
	b.Update(prefsRead{Prefs: prefs{}, Err: tracker.Errorf(tracker.CodeInternal, "no database: %w", errors.New("gone"))})
	if said := b.Toasts.Current; said == nil || said.Text != "no database: gone" {
		t.Errorf("it says %+v", said)
	}
	if now := b.view.Kept(); now != usual || b.hidesLinked {
		t.Errorf("shown are %q", now)
	}
}
