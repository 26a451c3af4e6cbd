package ui_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/present"
	"storydesk/ui/uitest"
)

// remapped gives every action that can have another key one that no other has.
func remapped(t *testing.T) keymap.Keys {
	t.Helper()
	k := ui.DefaultKeys()
	held := []string{"ctrl", "alt", "meta", "hyper", "super", "ctrl+alt", "ctrl+meta", "ctrl+hyper", "ctrl+super", "alt+meta", "alt+hyper", "alt+super"}
	for n, a := range ui.Actions() {
		if a.ID == intent.ActLeave {
			continue
		}
		next, err := k.Set(a.Name(), []string{fmt.Sprintf("%s+f%d", held[n/keymap.MaxFunctionKey], n%keymap.MaxFunctionKey+1)})
		must(t, err)
		k = next
	}
	return k
}

// Sentences that name a key name the one that the user chose.
func TestSentencesNameTheChosenKeys(t *testing.T) {
	t.Parallel()
	// A default key with what it does, as sentences have it: "c writes one".
	named := regexp.MustCompile(`(?:^|[\s·,;.│┃])(esc|enter|tab|space|ctrl\+[a-z]|[a-zA-Z,!?:#+/])(?: or [a-z])? ` +
		`(Start|Finish|Deliver|Accept|Reject|Restart|Estimate|quits|to decide|add a Zendesk|explore|create stories|writes|makes|moves|adds|reads|shows|tries|sends|undo|opens|goes|takes|cancels|closes|clears|lists|leads|copies|asks|unfolds|links|unlinks|starts|searches|yes|no|one story|one each|just|look)\b`)
	empty := func(*world) {}
	chosen := remapped(t).String()
	for name, open := range map[string]func(w *world){
		"board":           empty,
		"no ticket found": func(w *world) { w.handle(intent.ActFilter).Write("zzz"); w.handle(intent.ActAccept) },
		"nothing is done": func(w *world) { w.handle(layout.FocusAction(intent.PaneDone)) },
		"nothing is mine": func(w *world) { w.handle(layout.FocusAction(intent.PaneMine)) },
		"no search":       func(w *world) { w.handle(layout.FocusAction(intent.PaneSearch)) },
		"story":           func(w *world) { w.visit(intent.OpenStory{ID: 1}, "Comments 0") },
		"ticket":          func(w *world) { w.visit(intent.OpenTicket{Integration: w.In.ID, ID: 1042}, "No comments yet") },
		"integrations":    func(w *world) { w.handle(intent.ActIntegrations).See("Support") },
		"form": func(w *world) {
			w.handle(intent.ActIntegrations).See("Support")
			w.handle(intent.ActConnect).See("Add an integration")
			w.handle(intent.ActAccept).See("Zendesk URL")
			w.formAtHand().Focus(present.FieldView)
		},
		"question":   func(w *world) { w.handle(layout.FocusAction(intent.PaneIcebox)); w.handle(intent.ActDelete) },
		"deliveries": func(w *world) { w.handle(intent.ActDeliveries).See("state") },
		"links": func(w *world) {
			w.handle(intent.ActDeliveries)
			w.handle(intent.ActVerify)
			w.detailRead()
		},
		"settings":         func(w *world) { w.handle(intent.ActSettings).See("Settings") },
		"new story":        func(w *world) { w.handle(intent.ActNew) },
		"moving":           func(w *world) { w.handle(layout.FocusAction(intent.PaneIcebox)).handle(intent.ActMove) },
		"composer":         func(w *world) { w.visit(intent.OpenStory{ID: 1}, "Comments 0"); w.handle(intent.ActComment).Write("x") },
		"marked":           func(w *world) { w.handle(intent.ActMark) },
		"mouse off":        func(w *world) { w.handle(intent.ActMouse) },
		"help":             func(w *world) { w.handle(intent.ActHelp) },
		"signs":            func(w *world) { w.handle(intent.ActHelp).Write("parked") },
		"leaving":          func(w *world) { w.Model.Leave() },
		"a key that fails": func(w *world) { w.handle(intent.ActAdvance) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).WithTickets(uitest.Usual()...)
			w.Story("Alone in the Icebox", tracker.Icebox, 1)
			must(t, w.Service.Settings.SaveSetting(t.Context(), keymap.Setting, chosen))
			w.Start(160, 45)
			open(w)
			for line := range strings.SplitSeq(w.Screen(), "\n") {
				if found := named.FindString(line); found != "" {
					t.Errorf("%q in %s", found, line)
				}
			}
		})
	}
}

// What help says of an action stays true when another action gets another key.
func TestHelpNamesNoKeys(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`\b(esc|tab|space|ctrl|arrows|then enter|press enter|its number shows)\b`)
	for _, a := range ui.Actions() {
		if found := named.FindString(a.Help); found != "" {
			t.Errorf("%s: %q names the key %q", a.Name(), a.Help, found)
		}
	}
}

// visit opens a detail and waits for what it shows.
func (w *world) visit(in intent.Intent, text string) {
	w.T.Helper()
	w.Run(w.Model.Handle(in))
	w.See(text)
}

// handle does an action by its name, as the palette does.
func (w *world) handle(id intent.ActionID) *world {
	w.T.Helper()
	w.Run(w.Model.Perform(id))
	w.Idle()
	return w
}

// So does the screen of a first start, whose keys do what it says.
func TestWelcomeNamesTheChosenKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k, err := ui.DefaultKeys().Set("welcome/add-integration", []string{"f6"})
	must(t, err)
	must(t, w.Service.Settings.SaveSetting(t.Context(), keymap.Setting, k.String()))
	w.Start(100, 30)
	w.See("f6  add an integration")
	w.Press("f6").See("Add an integration")
	w.Press("enter").See("Zendesk URL")
}
