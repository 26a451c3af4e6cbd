package story

import (
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

func testNow() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }

// newHost makes a host without use cases: nothing may reach them.
func newHost(t *testing.T) *command.Commands {
	t.Helper()
	h := pane.NewHost(t.Context(), func(error) {}, testNow)
	h.GoTo = func(intent.Intent) tea.Cmd { return nil }
	return &command.Commands{Host: h}
}

// opened is the detail of a story on top of a host.
func opened(t *testing.T) *Pane {
	t.Helper()
	p := New(newHost(t), UseCases{}, 7)
	p.Layers = []pane.Layer{{Pane: p}}
	return p
}

// brought gives the pane what a reading brings.
func (p *Pane) brought(st tracker.Story) tea.Cmd {
	return p.show(storyRead{detail: tracker.StoryDetail{Story: st, Project: tracker.Project{ID: 1}}})
}

func TestActionWaitsForTheReadingThatItNeeds(t *testing.T) {
	p := opened(t)
	if cmd, ok := p.Handle(intent.Act{ID: actAddTask}); !ok || cmd != nil || p.editor.open() {
		t.Fatalf("before the reading: handled %t, editing %t", ok, p.editor.open())
	}
	if !p.Waits(keymap.Action{}) {
		t.Error("the keys that follow do not wait")
	}
	p.brought(tracker.Story{ID: 7, Name: "Export"})
	if !p.editor.on(addTask{}) || p.Waits(keymap.Action{}) {
		t.Errorf("after the reading: editing %t, waiting %t", p.editor.open(), p.Waits(keymap.Action{}))
	}
}

func TestAwaitedActionIsRefusedByWhatWasRead(t *testing.T) {
	p := opened(t)
	p.Handle(intent.Act{ID: intent.ActUnlink})
	if p.brought(tracker.Story{ID: 7}); p.Toasts.Current == nil || p.Toasts.Current.Text != "S-7 has no linked ticket" {
		t.Errorf("it says %+v", p.Toasts.Current)
	}
}

// A story that could not be read can only be read again or left; what works on every
// screen works here, too.
func TestUnreadableStoryRefusesWhatIsDoneToIt(t *testing.T) {
	p := opened(t)
	p.problem = "the database is locked"
	for _, id := range []intent.ActionID{intent.ActAdvance, intent.ActComment, intent.ActMove, intent.ActBrowse, actAddTask, intent.ActOpen} {
		if got := p.Disabled(id); got != p.problem {
			t.Errorf("%s: %q", id, got)
		}
	}
	for _, id := range []intent.ActionID{intent.ActBack, intent.ActRefresh, intent.ActQuit, intent.ActHelp, intent.ActDown} {
		if got := p.Disabled(id); got != "" {
			t.Errorf("%s is refused: %q", id, got)
		}
	}
}

// Every key that the table has on this screen does something, in every state.
func TestEveryActionOfTheTableIsHandled(t *testing.T) {
	table := slices.Concat(DetailActions(), EditActions(), command.ItemActions())
	for name, prepare := range map[string]func(*Pane){
		"reading": func(*Pane) {},
		"comment": func(p *Pane) { p.openComposer() },
		"name":    func(p *Pane) { p.begin(p.textAtCursor()) },
		"text":    func(p *Pane) { p.begin(EditField{fieldDescription}) },
	} {
		p := opened(t)
		p.brought(tracker.Story{ID: 7, Name: "Export"})
		prepare(p)
		found := 0
		for _, a := range table {
			if !slices.Contains(p.Scopes(), a.Scope) {
				continue
			}
			found++
			if !slices.ContainsFunc(p.actions, func(r pane.Action[*Pane]) bool { return r.ID == a.ID && r.Scope == a.Scope && r.Do != nil }) {
				t.Errorf("%s: %s in %s does nothing", name, a.ID, a.Scope)
			}
		}
		if found == 0 {
			t.Errorf("%s: no action of the table works here", name)
		}
	}
}

func TestSavingTextLetsOnlyThePaneWait(t *testing.T) {
	p := opened(t)
	p.brought(tracker.Story{ID: 7, Name: "Export"})
	p.begin(p.textAtCursor())
	p.editor.edit.saving = true
	for _, id := range []intent.ActionID{intent.ActSave, intent.ActBack} {
		if p.Disabled(id) == "" {
			t.Errorf("%s is possible while the text is saved", id)
		}
	}
	if got := p.Disabled(intent.ActLeave); got != "" {
		t.Errorf("ctrl+c is refused: %q", got)
	}
	if !p.Waits(keymap.Action{}) {
		t.Error("keys do not wait while the text is saved")
	}
}
