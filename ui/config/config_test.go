package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/keymap"
	"storydesk/ui/owncommand"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// words are a table of a few actions.
func words() Vocabulary {
	k := keymap.Defaults([]keymap.Action{
		{ID: "open", Scope: keymap.ScopeBoard, Keys: keymap.Bind("o", "open", "o"), Help: "open it"},
		{ID: "undo", Scope: keymap.ScopeGlobal, Keys: keymap.Bind("u", "undo", "u"), Help: "undo it"},
		{ID: "redo", Scope: keymap.ScopeGlobal, Keys: keymap.Bind("U", "redo", "U"), Help: "redo it"},
	})
	return Vocabulary{Keys: func() keymap.Keys { return k }, LookPath: func(name string) (string, error) {
		if name == "git" || name == "gh" || name == "sh" {
			return name, nil
		}
		return "", errors.New("not found")
	}}
}

func TestProblemsHaveAPlaceAndSayWhatWouldWork(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"unknown key", "[settings]\nthemes = \"dark\"", "f:2:1: there is no key themes in [settings]; did you mean theme?"},
		{"unknown top key", "grase = \"4s\"", "f:1:1: there is no key grase; did you mean grace?"},
		{"unknown table", "\n[setings]\ntheme = \"dark\"", "f:2:2: there is no table setings; did you mean settings?"},
		{"wrong table", "mouse = \"off\"", "f:1:1: there is no key mouse; it belongs below [settings]"},
		{"wrong value", "[settings]\n  mouse = \"maybe\"", "f:2:11: \"maybe\" is not a value of mouse: use on or off"},
		{"wrong type", "[settings]\ntheme = 3", "f:2:9: theme must be text in quotes"},
		{"a table's name for a value", "settings = 3", "write a table [settings]"},
		{"a theme without a name", "[themes]\naccent = 1", "write a table [themes.NAME]"},
		{"commands once", "[commands]\nkey = \"f5\"", "write a table [[commands]]"},
		{"unknown theme", "[settings]\ntheme = \"solarised\"\n[themes.solarized]\naccent = \"#fff\"", "f:2:9: there is no theme \"solarised\"; did you mean solarized?"},
		{"colour", "[themes.mine]\naccent = \"sky\"", "f:2:10: \"sky\" is not a colour: use #rrggbb"},
		{"role", "[themes.mine]\nacent = \"#fff\"", "did you mean accent?"},
		{"column", "[columns]\ntickets = [\"status\", \"subjet\"]", "f:2:22: there is no column \"subjet\" in the pane tickets; did you mean subject?"},
		{"column twice", "[columns]\ntickets = [\"age\", \"age\"]", "f:2:19: the column age is there twice"},
		{"no columns", "[columns]\ntickets = []", "needs a column"},
		{"sort", "[sort]\ntickets = \"oldst\"", "did you mean oldest?"},
		{"notification", "[notifications]\nreply = \"beep\"", "f:2:9: \"beep\" is not a value of reply; "},
		{"action", "[keys]\n\"everywhere/unod\" = \"x\"", "f:2:1: there is no key \"everywhere/unod\" in [keys]; did you mean everywhere/undo?"},
		{"key", "[keys]\nundo = [\"x\", \"hyperspace\"]", "f:2:14: "},
		{"keys that clash", "[keys]\nundo = \"o\"", "f:2:8: o would mean both"},
		{"keys twice", "[keys]\nundo = \"x\"\n\"everywhere/undo\" = \"z\"", "f:3:1: everywhere/undo has keys already in line 2"},
		{"interval", "refresh_interval = \"1s\"", "give a duration from 30s to 24h"},
		{"template after else", "[templates]\nbug = \"{{with .Ticket}}{{.ID}}{{else}}{{.Titel}}{{end}}\"", "f:2:7: there is no field .Titel here; use any of"},
		{"template", "[templates]\nbug = \"{{.Ticket.Titel}}\"", "f:2:7: there is no field .Ticket.Titel here; use any of"},
		{"own command's field", "[[commands]]\nkey=\"f5\"\nwhere=\"board\"\ncommand=[\"git\", \"{{.Ticket.ID}}\"]", "f:4:17: there is no field .Ticket"},
		{"no such program", "[[commands]]\nkey=\"f5\"\nwhere=\"board\"\ncommand=[\"gti\"]", "f:4:10: there is no program \"gti\" on the path"},
		{"command line", "[[commands]]\nkey=\"f5\"\nwhere=\"board\"\ncommand=\"git log\"", "f:4:9: command must be a list"},
		{"prompts", "[[commands]]\nkey=\"f5\"\nwhere=\"board\"\ncommand=[\"git\"]\nprompts=\"branch\"", "f:5:9: prompts must be a list, such as [\"branch\"]"},
		{"own command's key", "[[commands]]\nkey=\"u\"\nwhere=\"board\"\ncommand=[\"git\"]", "f:2:5: u already means"},
		{"two own commands", strings.Repeat("[[commands]]\nkey=\"f5\"\nwhere=\"board\"\ncommand=[\"git\"]\n", 2), "f:6:5: f5 already runs"},
		{"incomplete command", "[[commands]]\nkey=\"f5\"", "this command has no where"},
		{"where", "[[commands]]\nkey=\"f5\"\nwhere=\"tiket\"\ncommand=[\"git\"]", "f:3:7: \"tiket\" is not a value of where; did you mean ticket?"},
		{"syntax", "[settings]\ntheme = dark", "f:2:9: the file is not valid TOML"},
		{"twice", "grace = \"4s\"\ngrace = \"5s\"", "f:2:1: the file is not valid TOML (key grace is already defined)"},
		{"not UTF-8", "# caf\xe9", "f:1:6: this is not UTF-8 text"},
		{"columns count characters", "[columns]\ntickets = [\"éé\", \"x\"]", "f:2:18: "},
	} {
		_, problems := Read("f", []byte(test.text), words())
		found := false
		for _, p := range problems {
			found = found || strings.Contains(p.Error(), test.want)
		}
		if !found {
			t.Errorf("%s: %v, want %s", test.name, problems, test.want)
		}
	}
}

func TestWhatIsWrongIsLeftOutAndAllIsReported(t *testing.T) {
	c, problems := Read("f", []byte(`grace = "10s"
nonsense = 1
[settings]
theme = "mine"
mouse = false
glyphs = "runes"
[keys]
undo = ["f2", "ctrl+y"]
redo = "o"
[themes.mine]
base = "light"
accent = "#a60"
danger = 9
muted = "?"
[columns]
tickets = ["subject", "nothing", "age"]
[templates]
bug = "{{.Ticket.ID}}"
[[commands]]
key = "f5"
where = "story"
command = ["git", "switch", "{{.Story.ID}}"]
confirm = true
output = "popup"
[[commands]]
key = "f6"
`), words())
	if len(problems) != 7 {
		t.Errorf("%d problems: %v", len(problems), problems)
	}
	mine := c.Themes["mine"]
	if c.Grace.String() != "10s" || c.Settings["theme"] != "mine" || c.Settings["mouse"] != "off" || c.Settings["glyphs"] != "" ||
		fmt.Sprint(c.Keys) != "map[everywhere/undo:[f2 ctrl+y]]" || mine.Base != "light" || len(mine.Colours) != 2 || mine.Colours["accent"] != theme.Colour(0xaa6600) ||
		fmt.Sprint(c.Columns["tickets"]) != "[subject age]" || c.Templates["bug"] == "" || len(c.Commands) != 1 || !c.Commands[0].Confirm || c.Commands[0].Output != owncommand.Popup {
		t.Errorf("%+v", c)
	}
}

func TestKeysCanBeSwapped(t *testing.T) {
	c, problems := Read("f", []byte("[keys]\nundo = \"U\"\nredo = \"u\"\n"), words())
	if len(problems) != 0 || len(c.Keys) != 2 {
		t.Errorf("%v, %v", c.Keys, problems)
	}
}

// Every line of a new file is right when its comment sign is taken away.
func TestNewFileIsRight(t *testing.T) {
	text := Initial(words(), map[string]string{"theme": "dark"}, map[string][]string{"everywhere/undo": {"f2"}})
	c, problems := Read("f", text, words())
	if len(problems) != 0 || c.Settings["theme"] != "dark" || fmt.Sprint(c.Keys["everywhere/undo"]) != "[f2]" {
		t.Errorf("%v %+v\n%s", problems, c, text)
	}
	var all []string
	for line := range strings.SplitSeq(string(text), "\n") {
		example, isComment := strings.CutPrefix(line, "# ")
		if name, _, found := strings.Cut(example, " = "); isComment && (strings.HasPrefix(example, "[") || found && !strings.Contains(name, " ")) {
			line = example
		}
		all = append(all, line)
	}
	c, problems = Read("f", []byte(strings.Join(all, "\n")), words())
	for _, p := range problems {
		if p.Key != "settings.user" { // it has no default to show
			t.Error(p)
		}
	}
	if len(c.Commands) != 4 || len(c.Columns) != len(columnKeys()) || len(c.Themes["mine"].Colours) != len(theme.Names()) {
		t.Errorf("%+v\n%s", c, strings.Join(all, "\n"))
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	folder := t.TempDir()
	large := filepath.Join(folder, "large")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 100<<20); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{folder: "this is a folder", large: "has 100.0 MB and may have 1 MB"} {
		c, problems := Load(path, words())
		if len(problems) != 1 || !strings.HasPrefix(problems[0].Error(), path+": ") || !strings.Contains(problems[0].Error(), want) || c.Settings == nil {
			t.Errorf("%v, want %s", problems, want)
		}
	}
	if _, problems := Load(filepath.Join(folder, "none"), words()); problems != nil {
		t.Errorf("a file that is not there: %v", problems)
	}
	closed := filepath.Join(large, "below a file")
	if runtime.GOOS != "windows" {
		if _, problems := Load(closed, words()); len(problems) != 1 || !strings.Contains(problems[0].Message, "cannot be read") {
			t.Errorf("%v", problems)
		}
	}
}

// A colour that cannot be read is used, and the check says so with its place.
func TestUnreadableColoursAreNamed(t *testing.T) {
	text := "[settings]\ntheme = \"Mine\"\n[themes.Mine]\nbase = \"light\"\naccent = \"#ffffee\"\ndanger = \"#b00020\"\nselected = \"#b00021\"\n"
	c, problems := Read("f", []byte(text), words())
	var got []string
	for _, p := range problems {
		if !p.Advice {
			t.Errorf("%s is not used", p.Key)
		}
		got = append(got, p.Error())
	}
	if !strings.Contains(strings.Join(got, "\n"), `f:5:10: accent cannot be read on a light background or on the selected row; choose a darker colour`) ||
		!strings.Contains(strings.Join(got, "\n"), `f:6:10: danger cannot be read`) {
		t.Errorf("the check says %q", got)
	}
	if c.Settings["theme"] != "Mine" || len(c.Themes["Mine"].Colours) != 3 {
		t.Errorf("the theme is not used: %+v", c)
	}
	if values := c.Known(setting.Setting{Name: setting.Theme, Values: []string{"dark"}}).Values; strings.Join(values, " ") != "dark Mine" {
		t.Errorf("themes to choose among: %v", values)
	}
}

// A template is used where it can be filled in: one that names the ticket for stories from
// tickets, all others for stories that people write, and one that asks first for both.
func TestTemplatesAreFilledInWhereTheyFit(t *testing.T) {
	t.Parallel()
	c := Config{Templates: map[string]string{
		"feature": "As a … in {{.Project}}", "bug": "From {{.Ticket.ID}}: {{.Ticket.Subject}}", "chore": "{{with .Ticket}}From {{.ID}}{{else}}Steps:{{end}}",
	}}
	ticket := tracker.Ticket{Subject: "{{.Project}} $(x)"}
	ticket.ID = 1042
	for _, test := range []struct {
		kind          tracker.StoryType
		alone, ticket string
	}{
		{tracker.Feature, "As a … in Mine", ""}, {tracker.Bug, "", "From 1042: {{.Project}} $(x)"}, {tracker.Chore, "Steps:", "From 1042"}, {tracker.Release, "", ""},
	} {
		if got := c.Describe(test.kind, "Mine", nil); got != test.alone {
			t.Errorf("%s without a ticket: %q, want %q", test.kind, got, test.alone)
		}
		if got := c.Describe(test.kind, "Mine", &ticket); got != test.ticket {
			t.Errorf("%s from a ticket: %q, want %q", test.kind, got, test.ticket)
		}
	}
}
