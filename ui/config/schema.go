package config

import (
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/owncommand"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// Section is a table of the file with its keys.
type Section struct {
	// Name is the table's, empty for the keys in front of all tables.
	Name string
	// Meaning says what it is for.
	Meaning string
	Keys    []Key
	// form says whether the table stands there once, with a name, or in a list.
	form form
}

type form int

const (
	once form = iota
	named
	listed
)

// Key is a key of a section.
type Key struct {
	Name string
	// Example is a value as TOML writes it: the default where there is one.
	Example string
	Meaning string

	take func(c *reading, e entry)
}

// Names of sections.
const (
	settings      = "settings"
	keys          = "keys"
	themes        = "themes"
	columns       = "columns"
	sorting       = "sort"
	notifications = "notifications"
	templates     = "templates"
	commands      = "commands"
)

// The bounds of durations, of which 0 is none.
const (
	minRefresh = 30 * time.Second
	maxRefresh = 24 * time.Hour
	maxGrace   = 5 * time.Minute
)

// Schema is the table of all that a file may say.
func Schema(v Vocabulary) []Section {
	return []Section{
		{Keys: general()},
		{Name: settings, Meaning: "What `storydesk setting` and the list of settings change.", Keys: settingKeys()},
		{Name: keys, Meaning: "Keys of actions, as `storydesk keys list` names them; [] takes the keys away.", Keys: actionKeys(v)},
		{Name: themes, form: named, Meaning: "A theme of your own, which settings.theme can name: colours are #rrggbb, 0 to 255 or default.", Keys: themeKeys()},
		{Name: columns, Meaning: "Columns of a pane, in their order.", Keys: columnKeys()},
		{Name: sorting, Meaning: "Order of the rows of a pane until another one is chosen on the board.", Keys: []Key{{
			Name: string(intent.PaneTickets), Example: `"view"`, Meaning: strings.Join(sorts(), ", "),
			take: oneOf(sorts(), sortBy),
		}, {
			Name: string(intent.PaneDemand), Example: quote(demands()[0]), Meaning: strings.Join(demands(), ", "),
			take: oneOf(demands(), sortBy),
		}}},
		{Name: notifications, Meaning: "What announces an event: none, bell or desktop.", Keys: notificationKeys()},
		{Name: templates, Meaning: templateMeaning, Keys: templateKeys()},
		{Name: commands, form: listed, Meaning: commandMeaning, Keys: commandKeys()},
	}
}

func general() []Key {
	return []Key{
		{Name: "database", Example: `"~/storydesk.db"`, Meaning: "path of the database, or postgres://USER@HOST/DATABASE; --db and $STORYDESK_DB go first", take: text(func(c *Config, _, value string) { c.Database = value })},
		{Name: "refresh_interval", Example: `"2m"`, Meaning: "how often views are refreshed, from 30s to 24h; less often where the account's quota or a slow view asks for it", take: duration(minRefresh, maxRefresh, func(c *Config, d time.Duration) { c.Refresh = d })},
		{
			Name: "grace", Example: quote(tracker.DefaultGrace.String()), Meaning: "how long a private comment can be undone before it is sent",
			take: duration(time.Second, maxGrace, func(c *Config, d time.Duration) { c.Grace = d }),
		},
	}
}

// InFile lists the settings that belong into the file: those that users choose.
// What keys on the board decide is remembered in the database.
func InFile() []setting.Setting {
	return slices.DeleteFunc(setting.All(), func(s setting.Setting) bool { return s.Use == setting.OfBoard })
}

func settingKeys() []Key {
	var list []Key
	for _, s := range InFile() {
		meaning := s.Meaning
		if len(s.Values) > 0 {
			meaning += ": " + strings.Join(s.Values, ", ")
		}
		list = append(list, Key{Name: s.Name, Example: quote(s.Default), Meaning: meaning, take: takeSetting(s)})
	}
	return list
}

func actionKeys(v Vocabulary) []Key {
	var list []Key
	for _, b := range v.Keys().Bindings() {
		list = append(list, Key{Name: b.Action, Example: quoteAll(b.Default), Meaning: b.Help, take: takeKeys})
	}
	return list
}

func themeKeys() []Key {
	bases := slices.DeleteFunc(baseThemes(), func(name string) bool { return name == string(setting.ColoursAuto) })
	list := []Key{{
		Name: "base", Example: quote(string(setting.ColoursDark)), Meaning: "the theme whose colours hold where none is given: " + strings.Join(bases, ", "),
		take: takeBase(bases),
	}}
	for _, n := range theme.Names() {
		example, meaning := `"#7aa2f7"`, "colour of the text"
		if n.IsGround {
			example, meaning = `"#26304a"`, "background of a row"
		}
		list = append(list, Key{Name: n.Name, Example: example, Meaning: meaning, take: takeColour})
	}
	return list
}

// baseThemes are those of the program.
func baseThemes() []string {
	s, err := setting.Find(setting.Theme)
	if err != nil {
		return nil
	}
	return s.Values
}

// TicketColumns and StoryColumns list the columns that panes can show.
func TicketColumns() []string {
	return []string{"status", "number", "subject", "stories", "priority", "requester", "organisation", "sla", "waiting", "age", "updated"}
}

// StoryColumns lists the columns of panes with stories.
func StoryColumns() []string {
	return []string{"type", "estimate", "number", "name", "state", "labels", "next", "owner", "tickets", "organisations", "waiting"}
}

func columnKeys() []Key {
	var list []Key
	for _, p := range layout.Parts() {
		valid := StoryColumns()
		if p.Cards == nil {
			valid = TicketColumns()
		}
		list = append(list, Key{Name: string(p.Name), Example: quoteAll(valid), Meaning: "any of these, in the order that you like; as many as there is room for", take: takeColumns(valid)})
	}
	return list
}

func sorts() []string {
	return []string{"view", "priority", "sla", "waiting", "newest", "oldest", "requester", "organisation"}
}

// demands are the orders of the Demand pane.
func demands() (names []string) {
	for _, o := range search.DemandOrders() {
		names = append(names, string(o))
	}
	return names
}

func sortBy(c *Config, name, value string) { c.Sort[name] = value }

func notificationKeys() []Key {
	var list []Key
	for _, e := range [...]struct{ name, meaning string }{
		{"new_ticket", "a ticket arrives in the view"}, {"urgent_change", "an urgent ticket changes"}, {"reply", "a customer answers on a ticket that has a story"},
	} {
		list = append(list, Key{
			Name: e.name, Example: `"none"`, Meaning: e.meaning,
			take: oneOf([]string{"none", "bell", "desktop"}, func(c *Config, name, value string) { c.Notifications[name] = value }),
		})
	}
	return list
}

// templateMeaning says where templates are used.
const templateMeaning = `Description of a new story of a type that you write on the board or with ` + "`storydesk story add`" + `.
A story made from a ticket has the ticket's text as description; a template that names the ticket stands above it.
Fields: {{.Project}}, and of the ticket {{.Ticket.ID}}, {{.Ticket.Subject}}, {{.Ticket.Status}}, {{.Ticket.Priority}},
{{.Ticket.Requester}}, {{.Ticket.Organisation}} and {{.Ticket.URL}}. Where there is no ticket, a template that names one
is left out, unless it asks first: {{with .Ticket}}From ticket {{.ID}}{{else}}Steps to reproduce:{{end}}`

func templateKeys() []Key {
	var list []Key
	for _, kind := range tracker.StoryTypes() {
		list = append(list, Key{Name: string(kind), Example: `"From ticket {{.Ticket.ID}} by {{.Ticket.Requester}}"`, Meaning: "description of a new " + string(kind), take: takeTemplate})
	}
	return list
}

// commandMeaning says how a command is run.
const commandMeaning = `A command of your own on a key. No shell reads the arguments.
On marked rows it runs once for each, one after the other, after a question that says how many; it stops at the first
that fails. A command that names the list, {{range .Tickets}}{{.ID}} {{end}} or {{range .Stories}}{{.ID}} {{end}}, runs
once for all of them. Templates of stories have no lists.`

func commandKeys() []Key {
	return []Key{
		{Name: "key", Example: `"f5"`, Meaning: "the key that runs it", take: takeCommandKey},
		{Name: "name", Example: `"copy a branch's name"`, Meaning: "what help and the palette call it", take: commandText(func(c *owncommand.Command, text string) { c.Name = text })},
		{
			Name: "where", Example: `"story"`, Meaning: "what it acts on: " + strings.Join(owncommand.Wheres(), ", "),
			take: commandWord(owncommand.Wheres(), func(c *owncommand.Command, word string) { c.Where = owncommand.Where(word) }),
		},
		{
			Name: "command", Example: `["git", "switch", "--create", "{{.Story.ID}}-{{.Prompt.branch}}"]`,
			Meaning: "the program and its arguments", take: commandList(`["git", "switch", "{{.Story.ID}}"]: no shell takes a line apart`, func(c *owncommand.Command, list []string) { c.Args = list }),
		},
		{Name: "prompts", Example: `["branch"]`, Meaning: "what is asked for before it runs", take: commandList(`["branch"]`, func(c *owncommand.Command, list []string) { c.Prompts = list })},
		{Name: "confirm", Example: "false", Meaning: "true asks before it runs", take: takeConfirm},
		{
			Name: "output", Example: `"popup"`, Meaning: "what becomes of its output: " + strings.Join(owncommand.Outputs(), ", "),
			take: commandWord(owncommand.Outputs(), func(c *owncommand.Command, word string) { c.Output = owncommand.Output(word) }),
		},
	}
}
