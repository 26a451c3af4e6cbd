package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/setting"
)

// A theme is seen while it is selected, saved when it is chosen, and restored
// when none is.
func TestThemeIsPreviewedBeforeItIsSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 30)
	dark := func() bool { return w.Model.Host().Theme.Options().Dark }
	open := func() {
		w.Press("O")
		w.See("theme")
		w.Press("enter")
		w.Shows("theme: colours")
	}
	open()
	w.Press("down", "down")
	w.Until("light is tried", func() bool { return !dark() })
	w.Press("esc")
	w.Until("it is as it was", dark)
	open()
	w.Press("down", "down", "enter")
	w.See("theme is light")
	w.Until("light is saved", func() bool { return !dark() })
	w.Idle()
	if w.setting(setting.Theme) != "light" {
		t.Errorf("saved %q", w.setting(setting.Theme))
	}
}

func TestSettingsThatTakeText(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 30)
	ask := func(name string) {
		w.Press("O")
		w.See("type to search")
		w.Write(name).Press("enter")
	}
	ask("budget")
	w.Press("backspace", "backspace", "backspace").Write("soon").Press("enter")
	w.See("give a duration such as 60s or 5m")
	ask("budget")
	w.Press("backspace", "backspace", "backspace").Write("90s").Press("enter")
	w.See("view_budget is 90s")
	ask("user")
	w.Write("Grace Hopper").Press("enter")
	w.See("You are Grace Hopper")
	w.Idle()
	if w.setting("view_budget") != "90s" || w.setting("user") != "Grace Hopper" {
		t.Errorf("saved %q, %q", w.setting("view_budget"), w.setting("user"))
	}
	// The tests' environment reduces motion.
	ask("reduced")
	w.See("reduced_motion is set by $" + setting.EnvReducedMotion)
	ask("mouse")
	w.Press("down", "enter")
	w.Until("the mouse is given back", func() bool { return w.Model.View().MouseMode == tea.MouseModeNone })
	ask("glyphs")
	w.Press("down", "down", "enter")
	w.Until("the frame is ASCII", func() bool { return !strings.ContainsRune(w.Screen(), '│') })
}
