package setting

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/tracker/search"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
)

// The names of settings. What else is to be said of one stands in its record in
// [All]; those that use cases read are named in tracker.
const (
	// Theme is one of the [Colours].
	Theme = "theme"
	// Glyphs chooses the characters of signs and borders.
	Glyphs = "glyphs"
	// Mouse is "off" when the mouse belongs to the terminal.
	Mouse = "mouse"
	// Motion is "on" when nothing may move by itself.
	Motion = "reduced_motion"
	// Linked is "hidden" when tickets that have a story are not shown.
	Linked = "board_linked"
	// Parts are the parts of the board that are shown, such as
	// "tickets backlog done".
	Parts = "board_parts"
	// Search is what the board's search looks for.
	Search = "board_search"
	// Demand is the order of the Demand pane.
	Demand = "board_demand"
	// Shares are the widths of the board's parts in proportion to each
	// other, such as "tickets=50 backlog=40".
	Shares = "board_shares"
	// Preview says when the selected row is previewed.
	Preview = "board_preview"
	// Figures says how figures are shown.
	Figures = "figures"
)

// EnvReducedMotion is the variable that stands for [Motion].
const EnvReducedMotion = "STORYDESK_REDUCED_MOTION"

// Setting is a choice of the user's, saved under its name.
type Setting struct {
	// Name is what it is asked for and saved under.
	Name string
	// Env is the variable that overrides the saved value, empty for none.
	Env string
	// Default is what holds while nothing is saved.
	Default string
	// Values are all there are, nil where others are taken too.
	Values []string
	// Meaning says what it decides, in a few words.
	Meaning string

	parse func(text string) (string, error)
	// Use says who follows it, and when.
	Use Use
}

// Use says who follows a setting, and when.
type Use int

// The uses.
const (
	// WhenNeeded: whoever needs it reads it then.
	WhenNeeded Use = iota
	// AtOnce: the board follows it at once, whoever changed it.
	AtOnce
	// AtStart: from the next start of the program.
	AtStart
	// OfBoard: keys on the board decide it, and no list of settings offers it.
	OfBoard
)

// Names are those of the settings of a use.
func Names(u Use) []string {
	var names []string
	for _, s := range All() {
		if s.Use == u {
			names = append(names, s.Name)
		}
	}
	return names
}

// The values of switches and of Glyphs.
const (
	On  = "on"
	Off = "off"

	shown  = "shown"
	Hidden = "hidden"

	glyphsAuto    = "auto"
	GlyphsUnicode = "unicode"

	figuresAuto  = "auto"
	FiguresChart = "chart"
	FiguresTable = "table"

	// GlyphsASCII draws with ASCII only.
	GlyphsASCII = "ascii"
)

// All is the table of all settings that users choose.
func All() []Setting {
	switches := []string{On, Off}
	return []Setting{
		{
			Name: Theme, Env: "STORYDESK_THEME", Default: string(ColoursAuto), Meaning: "colours; auto follows the terminal",
			Values: []string{string(ColoursAuto), string(ColoursDark), string(ColoursLight), string(ColoursHighContrast)}, Use: AtOnce,
		},
		{
			Name: Glyphs, Env: "STORYDESK_GLYPHS", Default: glyphsAuto, Meaning: "symbols and borders; auto follows the locale",
			Values: []string{glyphsAuto, GlyphsUnicode, GlyphsASCII}, Use: AtOnce,
		},
		{Name: Motion, Env: EnvReducedMotion, Default: Off, Values: switches, Meaning: "turn animations off", Use: AtOnce},
		{Name: Mouse, Default: On, Values: switches, Meaning: "mouse support; off lets the terminal select text", Use: AtOnce},
		{Name: Figures, Default: figuresAuto, Values: []string{figuresAuto, FiguresChart, FiguresTable}, Meaning: "charts or tables of figures; auto has tables with ASCII symbols"},
		{Name: tracker.SettingUser, Env: "STORYDESK_USER", Meaning: "your name on stories and private comments; default git's user.name or your login", parse: parseUser},
		{
			Name: tracker.SettingViewBudget, Default: seconds(tracker.ViewBudget), Meaning: "time limit for loading a view",
			parse: duration(tracker.ParseViewBudget),
		},
		{
			Name: tracker.SettingQuietWindow, Env: "STORYDESK_QUIET_WINDOW", Default: seconds(tracker.DefaultQuietWindow),
			Meaning: "wait before an unanswered private comment is checked again", parse: duration(tracker.ParseQuietWindow), Use: AtStart,
		},
		{Name: Linked, Default: shown, Values: []string{shown, Hidden}, Meaning: "show or hide tickets that have a story", Use: OfBoard},
		{Name: Parts, Meaning: "visible panes, such as tickets backlog", parse: parseParts, Use: OfBoard},
		{Name: Search, Meaning: "search of the Search pane", parse: parseSearch, Use: OfBoard},
		{Name: Demand, Default: string(search.DemandOrders()[0]), Values: orders(), Meaning: "order of the Demand pane", Use: OfBoard},
		{Name: Preview, Default: string(layout.PreviewWide), Values: previews(), Meaning: "preview of the selected row; wide needs 120 columns", Use: OfBoard},
		{Name: Shares, Meaning: "relative widths of the panes, such as tickets=50 backlog=40", parse: parseWidths, Use: OfBoard},
	}
}

// orders are the values of [Demand].
func orders() []string {
	var values []string
	for _, o := range search.DemandOrders() {
		values = append(values, string(o))
	}
	return values
}

// previews are the values of [Preview].
func previews() []string {
	var values []string
	for _, p := range layout.Previews() {
		values = append(values, string(p))
	}
	return values
}

// Find finds a setting by its name; CodeNotFound, field "setting".
func Find(name string) (Setting, error) {
	list := All()
	i := slices.IndexFunc(list, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		e := tracker.Errorf(tracker.CodeNotFound, "there is no setting %q; `storydesk setting list` shows all", name)
		if name == keymap.Setting {
			e.Message = "keys are not a setting: use `storydesk keys set` to change them and `storydesk keys list` to list them"
		}
		e.Field = "setting"
		return Setting{}, e
	}
	return list[i], nil
}

// Parse reads a value as people write it; CodeInvalid, with the setting's name
// as the field and the values that can be used.
func (s Setting) Parse(text string) (string, error) {
	text = strings.TrimSpace(text)
	if s.parse != nil {
		return s.parse(text)
	}
	if slices.Contains(s.Values, text) {
		return text, nil // a theme of the user's own may have capitals
	}
	value := strings.ToLower(text)
	if slices.Contains(s.Values, On) {
		value = switched(value)
	}
	if !slices.Contains(s.Values, value) {
		return "", tracker.Invalid(s.Name, "%q is not a value of %s: use %s", plaintext.Line(text), s.Name, tracker.OneOf(s.Values))
	}
	return value, nil
}

// switched is on or off for the words that say so.
func switched(word string) string {
	switch word {
	case "1", "yes", "true":
		return On
	case "0", "no", "false":
		return Off
	}
	return word
}

// Source is where a setting's value comes from.
type Source string

// The sources.
const (
	SourceDefault     Source = "default"
	SourceKept        Source = "kept"
	SourceEnvironment Source = "environment"
)

// Choose returns what holds: the environment's value, else the saved one, else the
// default. A saved value that cannot be used is ignored; one in the environment
// is an error.
func (s Setting) Choose(getenv func(string) string, kept string) (string, Source, error) {
	if s.Env != "" {
		if text := getenv(s.Env); strings.TrimSpace(text) != "" {
			value, err := s.Parse(text)
			return value, SourceEnvironment, err
		}
	}
	if kept != "" {
		if value, err := s.Parse(kept); err == nil {
			return value, SourceKept, nil
		}
	}
	return s.Default, SourceDefault, nil
}

func parseUser(text string) (string, error) { return tracker.ParseUser(plaintext.Line(text)) }

// duration makes a reader of durations one of settings.
func duration(parse func(string) (time.Duration, error)) func(string) (string, error) {
	return func(text string) (string, error) {
		_, err := parse(text)
		return text, err
	}
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + "s" }

func parseWidths(text string) (string, error) {
	if s := layout.ParseShares(text); len(s) > 0 && knowsParts(slices.Collect(maps.Keys(s))) {
		return s.String(), nil
	}
	return "", tracker.Invalid(Shares, "%q is not a value of %s: give panes with a number each, such as tickets=50 backlog=40",
		plaintext.Line(text), Shares)
}

func parseParts(text string) (string, error) {
	var parts []intent.PaneName
	for word := range strings.FieldsSeq(text) {
		parts = append(parts, intent.PaneName(word))
	}
	if len(parts) == 0 || !knowsParts(parts) {
		return "", tracker.Invalid(Parts, "%q is not a value of %s: use any of %s", plaintext.Line(text), Parts, partNames())
	}
	return strings.Join(strings.Fields(text), " "), nil
}

func parseSearch(text string) (string, error) {
	text = plaintext.Line(text)
	if _, err := search.Parse(search.Cards, text, func() string { return "" }); err != nil {
		e := tracker.Invalid(Search, "%s", err)
		e.Err = err
		return "", e
	}
	return text, nil
}

// knowsParts reports whether the board has all these parts.
func knowsParts(parts []intent.PaneName) bool {
	known := strings.Fields(partNames())
	return !slices.ContainsFunc(parts, func(p intent.PaneName) bool { return !slices.Contains(known, string(p)) })
}

// partNames are the names of the board's parts.
func partNames() string {
	var names []string
	for _, p := range layout.Parts() {
		names = append(names, string(p.Name))
	}
	return strings.Join(names, " ")
}

// Table returns all settings as a Markdown table, for the documentation.
func Table() string {
	var b strings.Builder
	b.WriteString("| setting | values | default | variable | meaning |\n|---|---|---|---|---|\n")
	code := func(words ...string) string {
		var marked []string
		for _, w := range words {
			if w != "" {
				marked = append(marked, "`"+w+"`")
			}
		}
		return strings.Join(marked, " ")
	}
	for _, s := range All() {
		env := s.Env
		if env != "" {
			env = "$" + env
		}
		b.WriteString("| " + strings.Join([]string{code(s.Name), code(s.Values...), code(s.Default), code(env), s.Meaning}, " | ") + " |\n")
	}
	return b.String()
}
