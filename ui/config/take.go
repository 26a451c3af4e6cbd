package config

import (
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2/unstable"

	"storydesk/ui/keymap"
	"storydesk/ui/owncommand"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// taker takes an entry into the config, or reports what is wrong with it.
type taker = func(r *reading, e entry)

// last is the key's own name.
func (e entry) last() string { return e.path[len(e.path)-1] }

// asText reads a text.
func (r *reading) asText(e entry) (string, bool) {
	if e.kind != unstable.String {
		r.wrong(e, "%s must be text in quotes, such as %s = \"…\"", e.last(), bare(e.last()))
		return "", false
	}
	return e.text, true
}

// asList reads a list of texts.
func (r *reading) asList(e entry) ([]value, bool) {
	bad := e.kind != unstable.Array || slices.ContainsFunc(e.list, func(v value) bool { return v.kind != unstable.String })
	if bad {
		r.wrong(e, "%s must be a list of texts, such as %s = [\"…\", \"…\"]", e.last(), bare(e.last()))
	}
	return e.list, !bad
}

func text(put func(c *Config, name, value string)) taker {
	return func(r *reading, e entry) {
		value, ok := r.asText(e)
		switch {
		case !ok:
		case strings.TrimSpace(value) == "" || strings.ContainsRune(value, 0):
			r.wrong(e, "%s is empty; remove the line to use the default", e.last())
		default:
			put(&r.config, e.last(), value)
		}
	}
}

func oneOf(words []string, put func(c *Config, name, value string)) taker {
	return func(r *reading, e entry) {
		value, ok := r.asText(e)
		switch {
		case !ok:
		case !slices.Contains(words, value):
			r.wrong(e, "%q is not a value of %s; %s", value, e.last(), hint(value, words))
		default:
			put(&r.config, e.last(), value)
		}
	}
}

func duration(least, most time.Duration, put func(c *Config, d time.Duration)) taker {
	return func(r *reading, e entry) {
		value, ok := r.asText(e)
		if !ok {
			return
		}
		d, err := time.ParseDuration(strings.TrimSpace(value))
		if err != nil || d < least || d > most {
			r.wrong(e, "%q is not a value of %s; give a duration from %s to %s, such as 90s or 2m", value, e.last(), short(least), short(most))
			return
		}
		put(&r.config, d)
	}
}

// short writes a duration without the units that are zero.
func short(d time.Duration) string {
	s := d.String()
	for _, zero := range [...]string{"m0s", "h0m"} {
		if strings.HasSuffix(s, zero) {
			s = s[:len(s)-2]
		}
	}
	return s
}

// takeSetting takes what `storydesk setting set` takes, and true or false for a switch.
func takeSetting(s setting.Setting) taker {
	return func(r *reading, e entry) {
		if e.kind == unstable.Bool && slices.Contains(s.Values, setting.On) {
			e.kind = unstable.String
		}
		given, ok := r.asText(e)
		if !ok {
			return
		}
		if s.Name == setting.Theme && !slices.Contains(s.Values, strings.ToLower(strings.TrimSpace(given))) {
			r.at[settings+"."+setting.Theme] = e // perhaps one of the user's own
			return
		}
		value, err := s.Parse(given)
		if err != nil {
			r.wrong(e, "%s", err)
			return
		}
		r.config.Settings[s.Name] = value
	}
}

func takeKeys(r *reading, e entry) {
	list := e.list
	if e.kind == unstable.String {
		list = []value{e.value}
	} else if _, ok := r.asList(e); !ok {
		return
	}
	name := r.vocabulary.Keys().Full(e.last())
	given := make([]string, len(list))
	for i, v := range list {
		key, err := keymap.ParseKey(v.text)
		if err != nil {
			r.problem(v.at, e.path, "%s", err)
			return
		}
		given[i] = key
	}
	if _, err := r.vocabulary.Keys().Give(name, given); err != nil {
		r.wrong(e, "%s", err)
		return
	}
	if before, twice := r.at[keys+"."+name]; twice {
		r.problem(e.at[len(e.at)-1], e.path, "%s has keys already in line %d; remove one of the two", name, before.value.at.line)
		return
	}
	r.at[keys+"."+name] = e
	r.config.Keys[name] = given
}

// theme is one of the user's, made when it is named first.
func (r *reading) theme(name string) Theme {
	t, known := r.config.Themes[name]
	if !known {
		t = Theme{Base: string(setting.ColoursDark), Colours: map[string]theme.Colour{}}
		r.config.Themes[name] = t
	}
	return t
}

func takeBase(bases []string) taker {
	return func(r *reading, e entry) {
		oneOf(bases, func(_ *Config, _, value string) {
			t := r.theme(e.path[1])
			t.Base = value
			r.config.Themes[e.path[1]] = t
		})(r, e)
	}
}

func takeColour(r *reading, e entry) {
	t := r.theme(e.path[1])
	if e.kind == unstable.Integer {
		e.kind = unstable.String
	}
	value, ok := r.asText(e)
	if !ok {
		return
	}
	colour, err := theme.ParseColour(value)
	if err != nil {
		r.wrong(e, "%s", err)
		return
	}
	t.Colours[e.last()] = colour
	r.at[join(e.path)] = e
}

func takeColumns(valid []string) taker {
	return func(r *reading, e entry) {
		list, ok := r.asList(e)
		if !ok {
			return
		}
		var names []string
		for _, v := range list {
			switch {
			case !slices.Contains(valid, v.text):
				r.problem(v.at, e.path, "there is no column %q in the pane %s; %s", v.text, e.last(), hint(v.text, valid))
			case slices.Contains(names, v.text):
				r.problem(v.at, e.path, "the column %s is there twice; remove one of the two", v.text)
			default:
				names = append(names, v.text)
			}
		}
		switch {
		case len(list) == 0:
			r.wrong(e, "the pane %s needs a column; remove the line to use the default", e.last())
		case len(names) > 0:
			r.config.Columns[e.last()] = names
		}
	}
}

func takeTemplate(r *reading, e entry) {
	value, ok := r.asText(e)
	if !ok {
		return
	}
	if wrong := owncommand.CheckStory(value); wrong != "" {
		r.wrong(e, "%s", wrong)
		return
	}
	r.config.Templates[e.last()] = value
}
