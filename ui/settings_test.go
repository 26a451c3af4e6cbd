package ui

import (
	"strings"
	"testing"

	"storydesk/ui/setting"

	tea "charm.land/bubbletea/v2"
)

// A theme is seen while it is selected, saved when it is chosen, and restored
// when none is.
func TestThemeIsPreviewedBeforeItIsSaved(t *testing.T) {
	w := newWorld(t).start(120, 30)
	dark := func() bool { return w.model.Host().Theme.Options().Dark }
	open := func() {
		w.press("O")
		w.see("theme")
		w.press("enter")
		w.shows("theme: colours")
	}
	open()
	w.press("down", "down")
	w.until("light is tried", func() bool { return !dark() })
	w.press("esc")
	w.until("it is as it was", dark)
	open()
	w.press("down", "down", "enter")
	w.see("theme is light")
	w.until("light is saved", func() bool { return !dark() })
	w.idle()
	if w.setting(setting.Theme) != "light" {
		t.Errorf("saved %q", w.setting(setting.Theme))
	}
}

func TestSettingsThatTakeText(t *testing.T) {
	w := newWorld(t).start(120, 30)
	ask := func(name string) {
		w.press("O")
		w.see("type to search")
		w.write(name).press("enter")
	}
	ask("budget")
	w.press("backspace", "backspace", "backspace").write("soon").press("enter")
	w.see("give a duration such as 60s or 5m")
	ask("budget")
	w.press("backspace", "backspace", "backspace").write("90s").press("enter")
	w.see("view_budget is 90s")
	ask("user")
	w.write("Grace Hopper").press("enter")
	w.see("You are Grace Hopper")
	w.idle()
	if w.setting("view_budget") != "90s" || w.setting("user") != "Grace Hopper" {
		t.Errorf("saved %q, %q", w.setting("view_budget"), w.setting("user"))
	}
	// The tests' environment reduces motion.
	ask("reduced")
	w.see("reduced_motion is set by $" + setting.EnvReducedMotion)
	ask("mouse")
	w.press("down", "enter")
	w.until("the mouse is given back", func() bool { return w.model.View().MouseMode == tea.MouseModeNone })
	ask("glyphs")
	w.press("down", "down", "enter")
	w.until("the frame is ASCII", func() bool { return !strings.ContainsRune(w.screen(), '│') })
}
