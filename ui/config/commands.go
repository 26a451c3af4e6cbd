package config

import (
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"storydesk/ui/keymap"
	"storydesk/ui/owncommand"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// command is one of the user's commands while the file is read.
type command struct {
	owncommand.Command
	name string
	// keys are the entries by name; of them broken ones were reported.
	keys   map[string]entry
	broken bool
}

// command is that of an entry, made when it is met first.
func (r *reading) command(e entry) *command {
	for _, c := range r.commands {
		if c.name == e.path[1] {
			c.keys[e.last()] = e
			return c
		}
	}
	c := &command{name: e.path[1], keys: map[string]entry{e.last(): e}}
	c.Output = owncommand.NoOutput
	r.commands = append(r.commands, c)
	return c
}

func commandText(put func(c *owncommand.Command, text string)) taker {
	return func(r *reading, e entry) {
		c := r.command(e)
		value, ok := r.asText(e)
		c.broken = c.broken || !ok
		put(&c.Command, value)
	}
}

func commandWord(words []string, put func(c *owncommand.Command, word string)) taker {
	return func(r *reading, e entry) {
		c, found := r.command(e), false
		oneOf(words, func(_ *Config, _, word string) {
			found = true
			put(&c.Command, word)
		})(r, e)
		c.broken = c.broken || !found
	}
}

// commandList reads a list of a command; shape is one, and why it must be one.
func commandList(shape string, put func(c *owncommand.Command, list []string)) taker {
	return func(r *reading, e entry) {
		c := r.command(e)
		if e.kind == unstable.String {
			c.broken = true
			r.wrong(e, "%s must be a list, such as %s", e.last(), shape)
			return
		}
		_, ok := r.asList(e)
		c.broken = c.broken || !ok
		put(&c.Command, texts(e.value))
	}
}

func takeConfirm(r *reading, e entry) {
	c := r.command(e)
	if e.kind != unstable.Bool {
		c.broken = true
		r.wrong(e, "confirm must be true or false")
		return
	}
	c.Confirm = e.text == "true"
}

func takeCommandKey(r *reading, e entry) {
	c := r.command(e)
	value, ok := r.asText(e)
	if !ok {
		c.broken = true
		return
	}
	key, err := keymap.ParseKey(value)
	if err != nil {
		c.broken = true
		r.wrong(e, "%s", err)
		return
	}
	c.Key = key
}

// finish checks what needs the whole file.
func (r *reading) finish() {
	r.finishTheme()
	r.adviseContrast()
	applied := r.finishKeys()
	for _, c := range r.commands {
		if r.checkCommand(c, applied) {
			r.config.Commands = append(r.config.Commands, c.Command)
		}
	}
}

func (r *reading) finishTheme() {
	e, named := r.at[settings+".theme"]
	if !named {
		return
	}
	if _, own := r.config.Themes[e.text]; own {
		r.config.Settings["theme"] = e.text
		return
	}
	names := baseThemes()
	for name := range r.config.Themes {
		names = append(names, name)
	}
	slices.Sort(names)
	r.wrong(e, "there is no theme %q; %s", e.text, hint(e.text, names))
}

// adviseContrast names colours that cannot be read where they are usually seen.
func (r *reading) adviseContrast() {
	for name, t := range r.config.Themes {
		o := theme.Options{Dark: t.Base != string(setting.ColoursLight), HighContrast: t.Base == string(setting.ColoursHighContrast)}
		other, ground := "lighter", "dark"
		if !o.Dark {
			other, ground = "darker", "light"
		}
		for _, role := range theme.Unreadable(o, t.Colours) {
			e, own := r.at[join([]string{themes, name, role})]
			if !own {
				e = r.at[join([]string{themes, name, "selected"})]
			}
			r.wrong(e, "%s cannot be read on a %s background or on the selected row; choose a %s colour", role, ground, other)
			r.problems[len(r.problems)-1].Advice = true
		}
	}
}

// finishKeys leaves out keys that would mean two things.
func (r *reading) finishKeys() keymap.Keys {
	all := r.vocabulary.Keys()
	for name, given := range r.config.Keys {
		if next, err := all.Give(name, given); err == nil {
			all = next
		}
	}
	told := map[string]bool{}
	for _, c := range all.Conflicts() {
		a, b := c.Actions()
		for _, name := range []string{b, a} {
			e, chosen := r.at[keys+"."+name]
			if !chosen {
				continue
			}
			delete(r.config.Keys, name)
			if !told[c.Err().Error()] {
				r.wrong(e, "%s", c.Err())
			}
			told[c.Err().Error()] = true
		}
	}
	kept := r.vocabulary.Keys()
	for name, given := range r.config.Keys {
		if next, err := kept.Give(name, given); err == nil {
			kept = next
		}
	}
	return kept
}

// Scope is where a command's key works.
func Scope(w owncommand.Where) keymap.Scope {
	if w == owncommand.OnBoard {
		return keymap.ScopeBoard
	}
	return keymap.ScopeItem
}

// checkCommand reports what is wrong with a command, and whether it can be used.
func (r *reading) checkCommand(c *command, applied keymap.Keys) bool {
	before := len(r.problems)
	var first entry
	for _, e := range c.keys {
		if first.path == nil || e.start < first.start {
			first = e
		}
	}
	for _, name := range []string{"key", "where", "command"} {
		if _, given := c.keys[name]; !given {
			r.problem(first.at[0], first.path[:1], "this command has no %s; %s", name, exampleOf(name))
		}
	}
	if c.broken || len(r.problems) > before {
		return false
	}
	if c.Name == "" {
		c.Name = strings.Join(c.Args[:min(1, len(c.Args))], "")
	}
	r.checkArguments(c)
	r.checkCommandKey(c, applied)
	return len(r.problems) == before
}

func exampleOf(name string) string {
	for _, k := range commandKeys() {
		if k.Name == name {
			return "add a line such as " + name + " = " + k.Example
		}
	}
	return ""
}

func (r *reading) checkArguments(c *command) {
	e := c.keys["command"]
	for _, wrong := range c.Check() {
		at := e.value.at
		if wrong.Index < len(e.list) {
			at = e.list[wrong.Index].at
		}
		r.problem(at, e.path, "%s", wrong.Message)
	}
	if r.vocabulary.LookPath == nil || len(c.Args) == 0 || c.Args[0] == "" || strings.Contains(c.Args[0], "{{") {
		return
	}
	if _, err := r.vocabulary.LookPath(c.Args[0]); err != nil {
		r.problem(e.list[0].at, e.path, "there is no program %q on the path; install it, or give its whole path", c.Args[0])
	}
}

func (r *reading) checkCommandKey(c *command, applied keymap.Keys) {
	for _, b := range applied.Bindings() {
		if Scope(c.Where).Meets(keymap.Scope(b.Where)) && slices.Contains(b.Keys, c.Key) {
			r.wrong(c.keys["key"], "%s already means “%s” (%s); choose another key, or give that action another one in [keys]", keymap.ShowKey(c.Key), b.Label, b.Action)
			return
		}
	}
	for _, other := range r.config.Commands {
		if other.Key == c.Key && (other.Where == c.Where || other.Where == owncommand.OnBoard || c.Where == owncommand.OnBoard) {
			r.wrong(c.keys["key"], "%s already runs %q; choose another key", keymap.ShowKey(c.Key), other.Name)
			return
		}
	}
}
