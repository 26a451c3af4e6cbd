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
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/ownaction"
	"storydesk/ui/pane"
	"storydesk/ui/setting"
)

// choices are the settings that are followed at once, and where all of them are
// changed.
type choices struct {
	*host
	// look makes the theme or the glyphs what a setting says.
	look func(name, value string)
	// mouse is true while the mouse belongs to the program.
	mouse bool
	// kept are the saved choices as last read; choosing is the generation of
	// the reading that is to come, 0 when they are known.
	kept     map[string]string
	choosing int
	// known is true once they were read, or could not be.
	known bool
	// own runs the user's commands, whose keys give way to those of actions.
	own *ownaction.Runner
}

// settingsRead carries the saved value of each setting, by name.
type settingsRead struct {
	kept map[string]string
	err  error
}

// choicesRead carries the saved values of the choices that are followed at once.
type choicesRead struct {
	generation int
	kept       map[string]string
	err        error
}

// read reads the choices that are followed at once: at the start, and
// again when the user or another process may have changed them.
func (c *choices) read() tea.Cmd {
	service, generation := c.Service, c.Next()
	c.choosing = generation
	return c.Do(func(ctx context.Context) tea.Msg {
		kept := map[string]string{}
		for _, name := range append(setting.Names(setting.AtOnce), keymap.Setting) {
			value, err := service.Settings.Setting(ctx, name)
			if err != nil {
				return choicesRead{generation: generation, err: err}
			}
			kept[name] = value
		}
		return choicesRead{generation: generation, kept: kept}
	})
}

// begin follows what the settings say before anything is read: their defaults, and what
// the environment and the config file say.
func (c *choices) begin() {
	for _, name := range setting.Names(setting.AtOnce) {
		c.apply(name, chosen(c.Host, name, ""))
	}
}

// elsewhere reads the choices again after a hint of another process.
func (c *choices) elsewhere(hint tracker.Hint) tea.Cmd {
	if hint != tracker.HintAll {
		return nil
	}
	return c.read()
}

// use does what changed among the choices since they were read last.
// An answer from before the user's last choice is too old: another is under way.
func (c *choices) use(msg choicesRead) tea.Cmd {
	if msg.generation != c.choosing {
		return nil
	}
	c.choosing, c.known = 0, true
	if msg.err != nil {
		return c.Fail(msg.err)
	}
	var cmds []tea.Cmd
	for name, value := range msg.kept {
		switch {
		case value == c.kept[name]:
		case name == keymap.Setting:
			cmds = append(cmds, c.useKeys(value))
		default:
			c.apply(name, chosen(c.Host, name, value))
		}
	}
	c.kept = msg.kept
	return tea.Batch(cmds...)
}

// useKeys makes the chosen keys those of the program. What does not fit stands
// in the log, and the keys there are by default.
func (c *choices) useKeys(kept string) tea.Cmd {
	keys, problems := ReadKeys(kept)
	var said []tea.Cmd
	for _, why := range c.bind(keys) {
		said = append(said, c.Warn("config: "+why))
	}
	for _, problem := range problems {
		said = append(said, c.Warn("custom keys: "+problem.Error()))
	}
	return tea.Batch(said...)
}

// bind makes keys those of the program, and puts the user's commands behind the
// actions. Of those whose keys actions have it returns why they are lost.
func (c *choices) bind(keys keymap.Keys) (lost []string) {
	c.own.Table, lost = ownaction.NewTable(c.Config.Commands, keys)
	c.Keys = keymap.New(keys, c.own.Table.Actions()...)
	return lost
}

// chosen is the value in force for a saved setting.
func chosen(s *pane.Host, name, kept string) string {
	setting, err := setting.Find(name)
	if err != nil {
		return ""
	}
	setting = s.Config.Known(setting)
	value, _, err := setting.Choose(s.Getenv, kept)
	if err != nil {
		return setting.Default
	}
	return value
}

// readAll asks for all settings, to show them.
func (c *choices) readAll() tea.Cmd {
	service := c.Service
	return c.Ask(func(ctx context.Context) tea.Msg {
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

// take takes what was read or decided about settings.
func (c *choices) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case settingsRead:
		return c.show(msg)
	case choicesRead:
		return c.use(msg)
	}
	return nil
}

// show lists the settings that no other key decides.
func (c *choices) show(msg settingsRead) tea.Cmd {
	if msg.err != nil {
		return c.Fail(msg.err)
	}
	list := slices.DeleteFunc(setting.All(), func(s setting.Setting) bool { return s.Use == setting.OfBoard })
	for i, s := range list {
		list[i] = c.Config.Known(s)
	}
	rows := make([]dialog.Choice, len(list), len(list)+1)
	for i, s := range list {
		value, from, err := s.Choose(c.Getenv, msg.kept[s.Name])
		meaning := s.Meaning
		if from == setting.SourceEnvironment || err != nil {
			rows[i].Faint, meaning = true, "set by $"+s.Env
		}
		rows[i].Name, rows[i].Text = s.Name, cmp.Or(draw.Line(value), "not set")+" · "+meaning
	}
	keys := "default"
	if n := c.Keys.Chosen.Changed(); n > 0 {
		keys = fmt.Sprintf("%d changed", n)
	}
	rows = append(rows, dialog.Choice{Name: keymap.Setting, Text: keys + " · keys of all actions"})
	return c.Open(dialog.NewChooser(c.Host, "Settings", rows, func(i int) tea.Cmd {
		if i == len(list) {
			return c.openKeys()
		}
		if rows[i].Faint {
			return c.Refuse(fmt.Sprintf("%s is set by $%s", list[i].Name, list[i].Env))
		}
		return c.ask(list[i], msg.kept[list[i].Name])
	}), pane.Overlay)
}

// ask asks for another value of a setting. One of several is tried while
// it is selected.
func (c *choices) ask(s setting.Setting, kept string) tea.Cmd {
	now := chosen(c.Host, s.Name, kept)
	if s.Values == nil {
		return c.Open(dialog.NewPrompt(c.Host, s.Name, now, func(text string) tea.Cmd { return c.save(s, text) }), pane.Line)
	}
	rows := make([]dialog.Choice, len(s.Values))
	for i, v := range s.Values {
		rows[i] = dialog.Choice{Text: v, Current: v == now}
	}
	chooser := dialog.NewChooser(c.Host, s.Name+": "+s.Meaning, rows, func(i int) tea.Cmd { return c.save(s, s.Values[i]) })
	chooser.Tried = func(i int) { c.apply(s.Name, s.Values[i]) }
	chooser.Cancelled = func() tea.Cmd {
		c.apply(s.Name, now)
		return nil
	}
	return c.Open(chooser, pane.Overlay)
}

// save stores a value and shows it at once.
func (c *choices) save(s setting.Setting, text string) tea.Cmd {
	value, err := s.Parse(text)
	if err != nil {
		return c.Fail(err)
	}
	if s.Name == tracker.SettingUser {
		command.Rename(c.Commands, value)
		return nil
	}
	said := s.Name + " is " + draw.Line(value)
	if s.Use == setting.AtStart {
		said += " from the next start"
	}
	c.apply(s.Name, value)
	c.choose(s.Name, value, said)
	return nil
}

// settingSaved is the outcome of saving a setting that is followed at once.
type settingSaved struct{}

// choose saves what the user chose, which is applied already, and then reads
// what is saved.
func (c *choices) choose(name, value, said string) {
	service := c.Service
	c.choosing = c.Next()
	c.kept = maps.Clone(c.kept)
	c.kept[name] = value
	c.Change(func(ctx context.Context) pane.Done {
		return pane.Done{Said: said, What: settingSaved{}, Err: service.Settings.SaveSetting(ctx, name, value)}
	})
}

// apply makes the program follow a value, to try it or for good.
func (c *choices) apply(name, value string) {
	switch name {
	case setting.Motion:
		c.ReducedMotion = value == setting.On
	case setting.Mouse:
		c.mouse = value == setting.On
	case setting.Theme, setting.Glyphs:
		c.look(name, value)
	}
}

// toggleMouse gives the mouse to the terminal, or takes it back.
func (c *choices) toggleMouse() {
	c.mouse = !c.mouse
	if c.mouse {
		c.choose(setting.Mouse, "", "mouse on · hold shift or option to select text")
		return
	}
	c.choose(setting.Mouse, setting.Off, "mouse off, select text · "+c.Keys.Key(keymap.ScopeGlobal, intent.ActMouse)+": back on")
}
