package form_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"storydesk/ui/form"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// integration is a form with a field of every kind.
func integration() *form.Form {
	return form.New(
		form.Field{Name: "name", Label: "Name", Value: "Support EU", Limit: 40},
		form.Field{
			Name: "url", Label: "Zendesk URL", Placeholder: "acme", Note: "→ https://acme-eu.zendesk.com",
			Help: "Your account's name or any address of it.",
		},
		form.Field{Name: "auth", Label: "Sign-in", Kind: form.Choice, Value: "token", Options: []form.Option{
			{Value: "oauth", Label: "OAuth (browser)"}, {Value: "token", Label: "API token"}, {Value: "password", Label: "password"},
		}},
		form.Field{Name: "token", Label: "API token", Kind: form.Secret, Set: true, Help: "Kept in the system's keyring."},
		form.Field{
			Name: "view", Label: "View", Value: "https://acme-eu.zendesk.com/agent/filters/5678",
			Help: "The ID of a view, its URL from the browser, or ctrl+l to choose from the list.",
		},
		form.Field{Name: "active", Label: "Active", Kind: form.Toggle, Value: form.On},
		form.Field{
			Name: "comments", Label: "Update comments", Kind: form.Toggle,
			Note: "story comments become private comments on the ticket",
		},
	)
}

// press sends keys by name; a name of one character is typed.
func press(f interface{ Update(tea.Msg) tea.Cmd }, keys ...string) {
	codes := map[string]tea.Key{
		"tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "enter": {Code: tea.KeyEnter},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"home": {Code: tea.KeyHome}, "backspace": {Code: tea.KeyBackspace}, "space": {Code: tea.KeySpace, Text: " "},
	}
	for _, name := range keys {
		k, ok := codes[name]
		if !ok {
			k = tea.Key{Code: []rune(name)[0], Text: name}
		}
		f.Update(tea.KeyPressMsg(k))
	}
}

func screen(lines []string, cursor *tea.Position) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(ansi.Strip(line) + "|\n")
	}
	if cursor != nil {
		fmt.Fprintf(&b, "cursor %d,%d\n", cursor.X, cursor.Y)
	}
	return b.String()
}

func TestDraw(t *testing.T) {
	for _, width := range []int{40, 80, 120} {
		for _, ascii := range []bool{false, true} {
			t.Run(map[bool]string{false: "filled in with an error", true: "filled in with an error ASCII"}[ascii]+fmt.Sprintf(" %dx16", width), func(t *testing.T) {
				f := integration()
				f.SetError("name", "Another integration of this project has this name.")
				f.Focus("view")
				golden.RequireEqual(t, screen(f.Draw(theme.New(theme.Options{Dark: true, ASCII: ascii}), width, 16)))
			})
		}
	}
}

func TestDrawWithColour(t *testing.T) {
	f := integration()
	f.Focus("auth")
	lines, _ := f.Draw(theme.New(theme.Options{Dark: true}), 80, 9)
	golden.RequireEqual(t, strings.Join(lines, "\n"))
}

func TestScrollsToTheFocusedField(t *testing.T) {
	f := integration()
	f.Focus("view")
	lines, cursor := f.Draw(theme.New(theme.Options{}), 80, 3)
	got := screen(lines, cursor)
	for _, want := range []string{"filters/5678", "The ID of a view", "cursor 67,0"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestKeys(t *testing.T) {
	for name, test := range map[string]struct {
		keys         []string
		focus, field string
		want         string
	}{
		"typing":             {[]string{"tab", "a", "b"}, "url", "url", "ab"},
		"editing":            {[]string{"backspace", "home", "x"}, "name", "name", "xSupport E"},
		"marks on keys":      {[]string{"tab", "\u0e01", "\u0e47", "e", "\u0301", "\u202e"}, "url", "url", "\u0e01\u0e47e\u0301"},
		"letters are text":   {[]string{"j", "space", "q"}, "name", "name", "Support EUj q"},
		"down and up":        {[]string{"down", "down", "up"}, "url", "url", ""},
		"around the end":     {[]string{"shift+tab"}, "comments", "comments", form.Off},
		"around the start":   {[]string{"shift+tab", "tab"}, "name", "name", "Support EU"},
		"enter goes on":      {[]string{"enter"}, "url", "url", ""},
		"choice right":       {[]string{"tab", "tab", "right"}, "auth", "auth", "password"},
		"choice around":      {[]string{"tab", "tab", "left", "left"}, "auth", "auth", "password"},
		"choice by space":    {[]string{"tab", "tab", "space", "space"}, "auth", "auth", "oauth"},
		"choice is no text":  {[]string{"tab", "tab", "x"}, "auth", "auth", "token"},
		"toggle":             {[]string{"shift+tab", "space"}, "comments", "comments", form.On},
		"toggle twice":       {[]string{"shift+tab", "space", "left"}, "comments", "comments", form.Off},
		"secret":             {[]string{"tab", "tab", "tab", "s", "e"}, "token", "token", "se"},
		"secret not touched": {[]string{"tab"}, "url", "token", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := integration()
			press(f, test.keys...)
			if f.Focused() != test.focus || f.Value(test.field) != test.want || f.Values()[test.field] != test.want {
				t.Errorf("focus %q, %s = %q, want %q, %q", f.Focused(), test.field, f.Value(test.field), test.focus, test.want)
			}
		})
	}
}

func TestPasteIsPlainAndCapped(t *testing.T) {
	f := integration()
	f.SetValue("name", "")
	f.Update(tea.PasteMsg{Content: " \x1b]52;c;aGk=\x07a\nb\u202e\t" + strings.Repeat("x", 100) + "\n"})
	if got, want := f.Value("name"), "a b "+strings.Repeat("x", 36); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	f.Focus("url")
	f.Update(tea.ClipboardMsg{Content: "acme\n"})
	if got := f.Value("url"); got != "acme" {
		t.Errorf("from the clipboard: %q", got)
	}
	f.Focus("active")
	f.Update(tea.PasteMsg{Content: "x"})
	if got := f.Value("active"); got != form.On {
		t.Errorf("pasted into a switch: %q", got)
	}
}

func TestDirty(t *testing.T) {
	f := integration()
	if f.Dirty() {
		t.Fatal("a new form is dirty")
	}
	press(f, "x")
	if !f.Dirty() || !f.Changed("name") || f.Changed("url") {
		t.Fatal("typing did not make the form dirty")
	}
	press(f, "backspace")
	if f.Dirty() {
		t.Fatal("taking it back did not make the form clean")
	}
	f.Focus("token")
	press(f, "s")
	f.SetValue("active", form.Off)
	if !f.Changed("token") || !f.Changed("active") {
		t.Fatal("a secret or a switch did not change")
	}
	f.Saved()
	if f.Dirty() || f.Value("token") != "" || f.Value("active") != form.Off {
		t.Fatalf("after saving: dirty %v, %v", f.Dirty(), f.Values())
	}
}

func TestSecretIsNeverDrawn(t *testing.T) {
	f := form.New(form.Field{Name: "password", Label: "Password", Kind: form.Secret, Set: true, Value: "hunter1"})
	th := theme.New(theme.Options{Dark: true})
	if got := screen(f.Draw(th, 60, 2)); !strings.Contains(got, "set, unchanged") || strings.Contains(got, "hunter") {
		t.Errorf("before typing:\n%s", got)
	}
	f.Update(tea.PasteMsg{Content: "hunter2"})
	got := screen(f.Draw(th, 60, 2))
	if !strings.Contains(got, "•••••••") || strings.Contains(got, "hunter2") || strings.Contains(got, "unchanged") {
		t.Errorf("after typing:\n%s", got)
	}
	if f.Value("password") != "hunter2" {
		t.Errorf("value is %q", f.Value("password"))
	}
}

func TestErrorGoesWithTheMistake(t *testing.T) {
	f := integration()
	shown := func() bool {
		return strings.Contains(screen(f.Draw(theme.New(theme.Options{}), 80, 20)), "! wrong")
	}
	for name, mend := range map[string]func(){
		"name":   func() { press(f, "x") },
		"auth":   func() { press(f, "right") },
		"active": func() { press(f, "space") },
		"token":  func() { f.ClearErrors() },
	} {
		if !f.SetError(name, "wrong") || !shown() {
			t.Errorf("%s: the error is not shown", name)
		}
		f.Focus(name)
		if mend(); shown() {
			t.Errorf("%s: the error stays", name)
		}
	}
	if f.SetError("no such field", "wrong") {
		t.Error("an unknown field took an error")
	}
}

func TestHidden(t *testing.T) {
	f := integration()
	f.Focus("token")
	f.SetHidden("token", true)
	if f.Focused() != "view" || f.Focus("token") || f.SetError("token", "wrong") {
		t.Errorf("a hidden field is in use; focus on %q", f.Focused())
	}
	if got := screen(f.Draw(theme.New(theme.Options{}), 80, 20)); strings.Contains(got, "unchanged") {
		t.Errorf("a hidden field is drawn:\n%s", got)
	}
	press(f, "up")
	if f.Focused() != "auth" {
		t.Errorf("up went to %q", f.Focused())
	}
	f.SetHidden("token", false)
	if !f.Focus("token") {
		t.Error("the field did not come back")
	}
}

func TestNothingToFocus(t *testing.T) {
	f := form.New(form.Field{Name: "a", Hidden: true}, form.Field{Name: "b", Hidden: true})
	press(f, "tab", "x")
	if got := f.Focused(); got != "" {
		t.Errorf("focus on %q", got)
	}
	f.SetHidden("a", false)
	if !f.Focus("a") || f.Focused() != "a" {
		t.Errorf("focus on %q", f.Focused())
	}
}

func TestBlur(t *testing.T) {
	f := integration()
	f.Focus("view")
	f.Blur()
	f.SetHidden("token", true)
	press(f, "x", "tab")
	lines, cursor := f.Draw(theme.New(theme.Options{}), 80, 3)
	if f.Focused() != "" || f.Dirty() || cursor != nil || len(lines) != 3 {
		t.Errorf("focus on %q, dirty %v, cursor %v", f.Focused(), f.Dirty(), cursor)
	}
	if f.Focus("view"); f.Focused() != "view" {
		t.Error("the focus did not come back")
	}
}

func TestClick(t *testing.T) {
	f := integration()
	lines, _ := f.Draw(theme.New(theme.Options{}), 80, 12)
	at := func(needle string) (x, y int) {
		for y, line := range lines {
			if before, _, ok := strings.Cut(ansi.Strip(line), needle); ok {
				return text.Width(before), y
			}
		}
		t.Fatalf("no %q on the screen", needle)
		return 0, 0
	}
	f.Click(at("password"))
	if f.Focused() != "auth" || f.Value("auth") != "password" {
		t.Errorf("option: %q, %q", f.Focused(), f.Value("auth"))
	}
	f.Click(at("on "))
	if f.Focused() != "active" || f.Value("active") != form.Off {
		t.Errorf("switch: %q, %q", f.Focused(), f.Value("active"))
	}
	f.Click(at("Active"))
	if f.Value("active") != form.Off {
		t.Error("a click on its label switched it")
	}
	f.Click(at("EU"))
	press(f, "x")
	if got := f.Value("name"); got != "Support xEU" {
		t.Errorf("text: %q", got)
	}
	if f.Click(5, 99) || f.Click(5, -1) || f.Focused() != "name" {
		t.Error("a click outside did something")
	}
}

func TestCursorFollowsWideText(t *testing.T) {
	f := form.New(form.Field{Name: "a", Label: "A"})
	f.SetValue("a", strings.Repeat("日本", 30)+"e\u0301")
	th := theme.New(theme.Options{})
	for range 70 {
		lines, cursor := f.Draw(th, 40, 1)
		if cursor == nil || cursor.X < 5 || cursor.X >= 40 || text.Width(ansi.Strip(lines[0])) != 40 {
			t.Fatalf("cursor %v in %q", cursor, lines[0])
		}
		press(f, "left")
	}
	_, cursor := f.Draw(th, 40, 1)
	if cursor.X != 5 {
		t.Errorf("at the start the cursor is in column %d", cursor.X)
	}
}

// printable leaves out what no message holds when it comes to a form.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// Every frame is exactly as large as asked, whatever was typed and wherever the
// focus is.
func TestFramesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := integration()
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			switch key := rapid.SampledFrom([]string{"tab", "up", "left", "right", "space", "paste", "error"}).Draw(t, "key"); key {
			case "paste":
				f.Update(tea.PasteMsg{Content: rapid.OneOf(rapid.String(), rapid.Just("⚠️👩‍👩‍👧 नमस्ते 日本")).Draw(t, "text")})
			case "error":
				f.SetError(f.Focused(), printable(rapid.StringN(0, 90, -1).Draw(t, "error")))
			default:
				press(f, key)
			}
		}
		width, height := rapid.IntRange(0, 130).Draw(t, "width"), rapid.IntRange(0, 20).Draw(t, "height")
		lines, cursor := f.Draw(theme.New(theme.Options{ASCII: rapid.Bool().Draw(t, "ascii")}), width, height)
		if len(lines) != height {
			t.Fatalf("%d lines, want %d", len(lines), height)
		}
		for _, line := range lines {
			if text.Width(ansi.Strip(line)) != width {
				t.Fatalf("%q is not %d wide", line, width)
			}
		}
		if cursor != nil && (cursor.X < 0 || cursor.X >= width || cursor.Y < 0 || cursor.Y >= height) && width > 0 {
			t.Fatalf("cursor %v in %d×%d", cursor, width, height)
		}
		f.Click(rapid.IntRange(-1, width).Draw(t, "x"), rapid.IntRange(-1, height).Draw(t, "y"))
	})
}

// The head of a text says more than its tail; the focused one shows its cursor.
func TestUnfocusedTextShowsItsHead(t *testing.T) {
	f := form.New(
		form.Field{Name: "a", Label: "A", Value: "head " + strings.Repeat("x", 80) + " tail"},
		form.Field{Name: "b", Label: "B", Value: "other"},
	)
	th := theme.New(theme.Options{})
	if got := screen(f.Draw(th, 40, 4)); !strings.Contains(got, "tail") || strings.Contains(got, "head") {
		t.Errorf("with the focus:\n%s", got)
	}
	f.Focus("b")
	if got := screen(f.Draw(th, 40, 4)); !strings.Contains(got, "head") || strings.Contains(got, "tail") {
		t.Errorf("without the focus:\n%s", got)
	}
	f.Focus("b")
	f.Update(tea.PasteMsg{Content: "one\r\n\ttwo\nthree\n"})
	if got := f.Value("b"); got != "otherone two three" {
		t.Errorf("many lines became %q", got)
	}
}

// A text is completed to a value that is known, at its end only, and by a key or a click;
// what was typed is taken as it is where nobody asks for more.
func TestTextIsCompleted(t *testing.T) {
	people := func(value string) *form.Form {
		f := form.New(form.Field{Name: "owners", Label: "Owners", Value: value, Several: true, Help: "with commas"}, form.Field{Name: "other", Label: "Other"})
		f.SetKnown("owners", []string{"Ada Lovelace", "Ben Okafor", "Benedict", "Grace, of the navy", "Eve\x1b[31m"})
		return f
	}
	th := theme.New(theme.Options{})
	for typed, want := range map[string]string{
		"ad": "Ada Lovelace", "love": "Ada Lovelace", "be": "Ben Okafor", "bene": "Benedict", "Ada Lovelace, be": "Ada Lovelace, Ben Okafor",
		"Ada Lovelace,ad": "Ada Lovelace,ad", "grace": "grace", "ben okafor": "ben okafor", "": "", "x": "x", "ev": "Eve",
	} {
		f := people(typed)
		shown := screen(f.Draw(th, 60, 4))
		if offers := strings.Contains(shown, "→ "); offers != (want != typed) || offers == strings.Contains(shown, "with commas") {
			t.Errorf("%q: offered %v:\n%s", typed, offers, shown)
		}
		if press(f, "right"); f.Value("owners") != want {
			t.Errorf("%q became %q, want %q", typed, f.Value("owners"), want)
		}
		f = people(typed)
		if press(f, "tab"); f.Value("owners") != typed {
			t.Errorf("leaving the field made %q of %q", f.Value("owners"), typed)
		}
	}
	f := people("ad")
	if press(f, "left", "right"); f.Value("owners") != "ad" {
		t.Errorf("moving the cursor made %q", f.Value("owners"))
	}
	f.Draw(th, 60, 4)
	if f.Click(14, 1); f.Value("owners") != "Ada Lovelace" {
		t.Errorf("a click made %q", f.Value("owners"))
	}
	if got := form.Values(" Ada,, Ben ,"); len(got) != 2 || got[0] != "Ada" || got[1] != "Ben" {
		t.Errorf("several are %q", got)
	}
}
