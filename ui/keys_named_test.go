package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"storydesk/tracker"
)

// remapped gives every action that can have another key one that no other has.
func remapped(t *testing.T) Keys {
	t.Helper()
	var k Keys
	held := []string{"ctrl", "alt", "meta", "hyper", "super", "ctrl+alt", "ctrl+meta", "ctrl+hyper", "ctrl+super", "alt+meta", "alt+hyper", "alt+super"}
	for n, a := range actions() {
		if a.id == actLeave {
			continue
		}
		next, err := k.Set(a.name(), []string{fmt.Sprintf("%s+f%d", held[n/maxFunctionKey], n%maxFunctionKey+1)})
		must(t, err)
		k = next
	}
	return k
}

// Sentences that name a key name the one that the user chose.
func TestSentencesNameTheChosenKeys(t *testing.T) {
	// A default key with what it does, as sentences have it: "c writes one".
	named := regexp.MustCompile(`(?:^|[\s·,;.│┃])(esc|enter|tab|space|ctrl\+[a-z]|[a-zA-Z,!?:#+/])(?: or [a-z])? ` +
		`(writes|makes|moves|adds|reads|shows|tries|sends|undo|opens|goes|takes|cancels|closes|clears|lists|leads|copies|asks|unfolds|links|unlinks|starts|searches|yes|no|one story|one each|just|look)\b`)
	empty := func(*world) {}
	for name, open := range map[string]func(w *world){
		"board":           empty,
		"no ticket found": func(w *world) { w.handle(actFilter).write("zzz"); w.handle(actAccept) },
		"nothing is done": func(w *world) { w.handle(focusAction(paneDone)) },
		"nothing is mine": func(w *world) { w.handle(focusAction(paneMine)) },
		"no search":       func(w *world) { w.handle(focusAction(paneSearch)) },
		"story":           func(w *world) { w.visit(openStory{1}, "Comments 0") },
		"ticket":          func(w *world) { w.visit(openTicket{w.in.ID, 1042}, "No comments yet") },
		"integrations":    func(w *world) { w.handle(actIntegrations).see("Support") },
		"form": func(w *world) {
			w.handle(actIntegrations).see("Support")
			w.handle(actConnect).see("Zendesk URL")
			w.formAtHand().form.Focus(fieldView)
		},
		"question":         func(w *world) { w.handle(focusAction(paneIcebox)); w.handle(actDelete) },
		"help":             func(w *world) { w.handle(actHelp) },
		"a key that fails": func(w *world) { w.handle(actAdvance) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withTickets(usual()...)
			w.story("Alone in the Icebox", tracker.Icebox, 1)
			must(t, w.svc.Settings.SaveSetting(t.Context(), SettingKeys, remapped(t).String()))
			w.start(160, 45)
			open(w)
			for line := range strings.SplitSeq(w.screen(), "\n") {
				if found := named.FindString(line); found != "" {
					t.Errorf("%q in %s", found, line)
				}
			}
		})
	}
}

// visit opens a detail and waits for what it shows.
func (w *world) visit(in intent, text string) {
	w.t.Helper()
	w.run(w.model.app.visit(in))
	w.model.app.stale = true
	w.see(text)
}

// handle does an action by its name, as the palette does.
func (w *world) handle(id actionID) *world {
	w.t.Helper()
	w.run(w.model.app.perform(id))
	w.model.app.stale = true
	w.idle()
	return w
}
