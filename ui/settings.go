package ui

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/keymap"
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
	service, generation := a.service, a.next()
	a.choosing = generation
	return a.do(func(ctx context.Context) tea.Msg {
		kept := map[string]string{}
		for _, name := range []string{keymap.SettingKeys, SettingTheme, SettingGlyphs, settingMotion, settingMouse} {
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
		return a.fail(msg.err)
	}
	var cmds []tea.Cmd
	for name, value := range msg.kept {
		switch {
		case value == a.kept[name]:
		case name == keymap.SettingKeys:
			cmds = append(cmds, a.useKeys(value))
		default:
			a.apply(name, a.chosen(name, value))
		}
	}
	a.kept = msg.kept
	return tea.Batch(cmds...)
}

// useKeys makes the chosen keys those of the program. What does not fit stands
// in the log, and the keys there are by default.
func (a *app) useKeys(kept string) tea.Cmd {
	keys, problems := ReadKeys(kept)
	a.keys = keymap.New(keys)
	var said []tea.Cmd
	for _, problem := range problems {
		said = append(said, a.warn("custom keys: "+problem.Error()))
	}
	return tea.Batch(said...)
}

// chosen is what holds for a setting of which something is kept.
func (s *shell) chosen(name, kept string) string {
	setting, err := FindSetting(name)
	if err != nil {
		return ""
	}
	value, _, err := setting.Choose(s.getenv, kept)
	if err != nil {
		return setting.Default
	}
	return value
}

func (s *shell) getenv(name string) string { return fromEnviron(s.environ, name) }

// readSettings asks for all settings, to show them.
func (a *app) readSettings() tea.Cmd {
	service := a.service
	return a.ask(func(ctx context.Context) tea.Msg {
		kept := map[string]string{}
		for _, s := range Settings() {
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
		return a.fail(msg.err)
	}
	list := slices.DeleteFunc(Settings(), func(s Setting) bool { return s.layout })
	rows := make([]choice, len(list), len(list)+1)
	for i, s := range list {
		value, from, err := s.Choose(a.getenv, msg.kept[s.Name])
		meaning := s.Meaning
		if from == SourceEnvironment || err != nil {
			rows[i].faint, meaning = true, "set by $"+s.Env
		}
		rows[i].name, rows[i].text = s.Name, cmp.Or(draw.Line(value), "not set")+" · "+meaning
	}
	keys := "default"
	if n := a.keys.Chosen.Changed(); n > 0 {
		keys = fmt.Sprintf("%d changed", n)
	}
	rows = append(rows, choice{name: keymap.SettingKeys, text: keys + " · keys of all actions"})
	return a.open(newChooser(a.shell, "Settings", rows, func(i int) tea.Cmd {
		if i == len(list) {
			return a.perform(actKeys)
		}
		if rows[i].faint {
			return a.refuse(fmt.Sprintf("%s is set by $%s", list[i].Name, list[i].Env))
		}
		return a.askSetting(list[i], msg.kept[list[i].Name])
	}), placeOverlay)
}

// askSetting asks for another value of a setting. One of several is tried while
// it is selected.
func (a *app) askSetting(s Setting, kept string) tea.Cmd {
	now := a.chosen(s.Name, kept)
	if s.Values == nil {
		return a.open(newPrompt(a.shell, s.Name, now, func(text string) tea.Cmd { return a.saveSetting(s, text) }), placeLine)
	}
	rows := make([]choice, len(s.Values))
	for i, v := range s.Values {
		rows[i] = choice{text: v, current: v == now}
	}
	c := newChooser(a.shell, s.Name+": "+s.Meaning, rows, func(i int) tea.Cmd { return a.saveSetting(s, s.Values[i]) })
	c.tried = func(i int) { a.apply(s.Name, s.Values[i]) }
	c.cancelled = func() tea.Cmd {
		a.apply(s.Name, now)
		return nil
	}
	return a.open(c, placeOverlay)
}

// saveSetting keeps a value and shows it at once.
func (a *app) saveSetting(s Setting, text string) tea.Cmd {
	value, err := s.Parse(text)
	if err != nil {
		return a.fail(err)
	}
	if s.Name == tracker.SettingUser {
		return a.rename(value)
	}
	said := s.Name + " is " + draw.Line(value)
	if s.Name == tracker.SettingQuietWindow {
		said += " from the next start"
	}
	a.apply(s.Name, value)
	return a.choose(s.Name, value, said)
}

// choose keeps what the user chose, which is followed already, and then reads
// what is kept.
func (a *app) choose(name, value, said string) tea.Cmd {
	service := a.service
	a.choosing = a.next()
	a.kept = maps.Clone(a.kept)
	a.kept[name] = value
	return a.change(func(ctx context.Context) done {
		return done{said: said, chosen: true, err: service.Settings.SaveSetting(ctx, name, value)}
	})
}

// apply makes the program follow a value, to try it or for good.
func (a *app) apply(name, value string) {
	switch name {
	case settingMotion:
		a.calm = value == on
	case settingMouse:
		a.mouse = value == on
	default:
		a.look(name, value)
	}
}
