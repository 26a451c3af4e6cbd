package ui

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/setting"
)

// settingsRead brings what is kept of each setting, by name.
type settingsRead struct {
	kept map[string]string
	err  error
}

// choicesRead brings what is kept of the choices that are followed at once.
type choicesRead struct {
	generation int
	kept       map[string]string
	err        error
}

// readChoices reads the choices that are followed at once: at the start, and
// again when the user or another process may have changed them.
func (a *app) readChoices() tea.Cmd {
	service, generation := a.Service, a.Next()
	a.choosing = generation
	return a.Do(func(ctx context.Context) tea.Msg {
		kept := map[string]string{}
		for _, name := range []string{keymap.Setting, setting.Theme, setting.Glyphs, setting.Motion, setting.Mouse} {
			value, err := service.Settings.Setting(ctx, name)
			if err != nil {
				return choicesRead{generation: generation, err: err}
			}
			kept[name] = value
		}
		return choicesRead{generation: generation, kept: kept}
	})
}

// chosenElsewhere reads the choices again after a hint of another process.
func (a *app) chosenElsewhere(hint tracker.Hint) tea.Cmd {
	if hint != tracker.HintAll {
		return nil
	}
	return a.readChoices()
}

// useChoices does what changed among the choices since they were read last.
// An answer from before the user's last choice is too old: another is under way.
func (a *app) useChoices(msg choicesRead) tea.Cmd {
	if msg.generation != a.choosing {
		return nil
	}
	a.choosing = 0
	if msg.err != nil {
		return a.Fail(msg.err)
	}
	var cmds []tea.Cmd
	for name, value := range msg.kept {
		switch {
		case value == a.kept[name]:
		case name == keymap.Setting:
			cmds = append(cmds, a.useKeys(value))
		default:
			a.apply(name, chosen(a.Host, name, value))
		}
	}
	a.kept = msg.kept
	return tea.Batch(cmds...)
}

// useKeys makes the chosen keys those of the program. What does not fit stands
// in the log, and the keys there are by default.
func (a *app) useKeys(kept string) tea.Cmd {
	keys, problems := ReadKeys(kept)
	a.Keys = keymap.New(keys)
	var said []tea.Cmd
	for _, problem := range problems {
		said = append(said, a.Warn("custom keys: "+problem.Error()))
	}
	return tea.Batch(said...)
}

// chosen is what holds for a setting of which something is kept.
func chosen(s *pane.Host, name, kept string) string {
	setting, err := setting.Find(name)
	if err != nil {
		return ""
	}
	value, _, err := setting.Choose(s.Getenv, kept)
	if err != nil {
		return setting.Default
	}
	return value
}

// readSettings asks for all settings, to show them.
func (a *app) readSettings() tea.Cmd {
	service := a.Service
	return a.Ask(func(ctx context.Context) tea.Msg {
		kept := map[string]string{}
		for _, s := range setting.All() {
			value, err := service.Settings.Setting(ctx, s.Name)
			if err != nil {
				return settingsRead{err: err}
			}
			kept[s.Name] = value
		}
		return settingsRead{kept: kept}
	})
}

// settings takes what was read or decided about settings.
func (a *app) settings(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case settingsRead:
		return a.showSettings(msg)
	case choicesRead:
		return a.useChoices(msg)
	}
	return nil
}

// showSettings lists the settings that no other key decides.
func (a *app) showSettings(msg settingsRead) tea.Cmd {
	if msg.err != nil {
		return a.Fail(msg.err)
	}
	list := slices.DeleteFunc(setting.All(), func(s setting.Setting) bool { return s.Layout })
	rows := make([]dialog.Choice, len(list), len(list)+1)
	for i, s := range list {
		value, from, err := s.Choose(a.Getenv, msg.kept[s.Name])
		meaning := s.Meaning
		if from == setting.SourceEnvironment || err != nil {
			rows[i].Faint, meaning = true, "set by $"+s.Env
		}
		rows[i].Name, rows[i].Text = s.Name, cmp.Or(draw.Line(value), "not set")+" · "+meaning
	}
	keys := "default"
	if n := a.Keys.Chosen.Changed(); n > 0 {
		keys = fmt.Sprintf("%d changed", n)
	}
	rows = append(rows, dialog.Choice{Name: keymap.Setting, Text: keys + " · keys of all actions"})
	return a.Open(dialog.NewChooser(a.Host, "Settings", rows, func(i int) tea.Cmd {
		if i == len(list) {
			return a.perform(actKeys)
		}
		if rows[i].Faint {
			return a.Refuse(fmt.Sprintf("%s is set by $%s", list[i].Name, list[i].Env))
		}
		return a.askSetting(list[i], msg.kept[list[i].Name])
	}), pane.Overlay)
}

// askSetting asks for another value of a setting. One of several is tried while
// it is selected.
func (a *app) askSetting(s setting.Setting, kept string) tea.Cmd {
	now := chosen(a.Host, s.Name, kept)
	if s.Values == nil {
		return a.Open(dialog.NewPrompt(a.Host, s.Name, now, func(text string) tea.Cmd { return a.saveSetting(s, text) }), pane.Line)
	}
	rows := make([]dialog.Choice, len(s.Values))
	for i, v := range s.Values {
		rows[i] = dialog.Choice{Text: v, Current: v == now}
	}
	c := dialog.NewChooser(a.Host, s.Name+": "+s.Meaning, rows, func(i int) tea.Cmd { return a.saveSetting(s, s.Values[i]) })
	c.Tried = func(i int) { a.apply(s.Name, s.Values[i]) }
	c.Cancelled = func() tea.Cmd {
		a.apply(s.Name, now)
		return nil
	}
	return a.Open(c, pane.Overlay)
}

// saveSetting keeps a value and shows it at once.
func (a *app) saveSetting(s setting.Setting, text string) tea.Cmd {
	value, err := s.Parse(text)
	if err != nil {
		return a.Fail(err)
	}
	if s.Name == tracker.SettingUser {
		return command.Rename(a.Host, value)
	}
	said := s.Name + " is " + draw.Line(value)
	if s.Name == tracker.SettingQuietWindow {
		said += " from the next start"
	}
	a.apply(s.Name, value)
	return a.choose(s.Name, value, said)
}

// settingSaved is the outcome of saving a setting that is followed at once.
type settingSaved struct{}

// choose keeps what the user chose, which is followed already, and then reads
// what is kept.
func (a *app) choose(name, value, said string) tea.Cmd {
	service := a.Service
	a.choosing = a.Next()
	a.kept = maps.Clone(a.kept)
	a.kept[name] = value
	return a.Change(func(ctx context.Context) pane.Done {
		return pane.Done{Said: said, What: settingSaved{}, Err: service.Settings.SaveSetting(ctx, name, value)}
	})
}

// apply makes the program follow a value, to try it or for good.
func (a *app) apply(name, value string) {
	switch name {
	case setting.Motion:
		a.Calm = value == setting.On
	case setting.Mouse:
		a.mouse = value == setting.On
	default:
		a.look(name, value)
	}
}
