package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/keymap"
)

func TestEditsChangeOneValueAndNoOtherByte(t *testing.T) {
	for _, test := range []struct{ name, before, after string }{
		{"replace", "# a\n[settings] # b\n  theme = 'dark'   # c\nmouse='on'\n", "# a\n[settings] # b\n  theme = \"x\"   # c\nmouse='on'\n"},
		{"add to a table", "[settings]\nmouse = \"on\" # m\n\n# k\n[keys]\n", "[settings]\nmouse = \"on\" # m\ntheme = \"x\"\n\n# k\n[keys]\n"},
		{"add to an empty table", "[settings]\n# c\n[keys]", "[settings]\ntheme = \"x\"\n# c\n[keys]"},
		{"add a table", "grace = \"4s\" # g", "grace = \"4s\" # g\n\n[settings]\ntheme = \"x\"\n"},
		{"empty file", "", "[settings]\ntheme = \"x\"\n"},
		{"dotted", "settings.mouse = \"on\"\n[keys]\n", "settings.mouse = \"on\"\nsettings.theme = \"x\"\n[keys]\n"},
		{"inline", "settings = { theme = \"dark\", mouse = \"on\" } # s\n", "settings = { theme = \"x\", mouse = \"on\" } # s\n"},
		{"lines of Windows", "[settings]\r\n# c\r\n", "[settings]\r\ntheme = \"x\"\r\n# c\r\n"},
		{"no line at the end", "[settings]", "[settings]\ntheme = \"x\"\n"},
		{"byte order mark", "\ufeff[settings]\ntheme = \"dark\"\n", "\ufeff[settings]\ntheme = \"x\"\n"},
		{"list over lines", "[settings]\ntheme = \"\"\"\ndark\"\"\" # c\n", "[settings]\ntheme = \"x\" # c\n"},
	} {
		after, err := set([]byte(test.before), settings, "theme", `"x"`)
		if err != nil || string(after) != test.after {
			t.Errorf("%s: %q, %v", test.name, after, err)
		}
	}
	if _, err := set([]byte("settings = { mouse = \"on\" }\n"), settings, "theme", `"x"`); err == nil || !strings.Contains(err.Error(), "edit the file") {
		t.Errorf("a table in braces: %v", err)
	}
	if _, err := set([]byte("[settings\n"), settings, "theme", `"x"`); err == nil {
		t.Error("a broken file is changed")
	}
	after, err := remove([]byte("[settings]\ntheme = \"x\" # why\nmouse = \"on\"\n"), settings, "theme")
	if err != nil || string(after) != "[settings]\n# why\nmouse = \"on\"\n" {
		t.Errorf("%q, %v", after, err)
	}
}

func TestFirstChoiceCarriesOthersOver(t *testing.T) {
	f := &File{Path: filepath.Join(t.TempDir(), "new", "config.toml"), Vocabulary: words()}
	if err := f.Choose("theme", "", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Path); !os.IsNotExist(err) {
		t.Errorf("restoring a default makes a file: %v", err)
	}
	remembered := map[string]string{"mouse": "off", "theme": "dark", keymap.Setting: `{"everywhere/undo":["f2"]}`, "board_parts": "tickets"}
	if err := f.Choose("theme", "light", remembered); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"theme": "light", "mouse": "off", keymap.Setting: `{"everywhere/undo":["f2"]}`, "board_parts": "", "glyphs": ""} {
		if got, chosen := f.Choice(name); got != want || chosen != (want != "") {
			t.Errorf("%s is %q, %v; want %q", name, got, chosen, want)
		}
	}
	info, err := os.Stat(f.Path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := f.Begin(nil); tracker.CodeOf(err) != tracker.CodeConflict || !strings.Contains(err.Error(), "move it away first") {
		t.Errorf("a file is overwritten: %v", err)
	}
	if err := f.Choose(keymap.Setting, `{"everywhere/redo":["f3"]}`, nil); err != nil {
		t.Fatal(err)
	}
	if got, _ := f.Choice(keymap.Setting); got != `{"everywhere/redo":["f3"]}` {
		t.Errorf("keys are %s", got)
	}
}

func TestLinkedFileStaysLinked(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "dotfiles.toml"), filepath.Join(folder, "config.toml")
	if err := os.WriteFile(file, []byte("# mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	f := &File{Path: link}
	if err := f.Choose("theme", "light", nil); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != "# mine\n\n[settings]\ntheme = \"light\"\n" {
		t.Errorf("%q, %v", text, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link was replaced: %v, %v", info.Mode(), err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 2 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestConcurrentEditIsNotOverwritten(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "config.toml")
	if err := os.WriteFile(path, []byte("# by the editor\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, before := range [][]byte{[]byte("# as it was read\n"), nil} {
		err := replace(path, before, []byte("# ours\n"))
		if tracker.CodeOf(err) != tracker.CodeConflict {
			t.Errorf("%v", err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "# by the editor\n" {
		t.Errorf("%q, %v", text, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestBrokenFileIsNotChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte("[settings\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := (&File{Path: path}).Choose("theme", "light", nil)
	if err == nil || !strings.Contains(err.Error(), path+":1:") {
		t.Errorf("%v", err)
	}
}

// FuzzConfig reads any text, and changes what can be read.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("grace = \"4s\"\n[settings]\ntheme = \"dark\" # c\n[keys]\nundo = [\"x\"]\n[themes.a]\naccent = 1\n"), "light")
	f.Add([]byte("[[commands]]\nkey = \"f5\"\nwhere = \"story\"\ncommand = [\"git\", \"{{.Story.ID}}\"]\n[templates]\nbug = \"{{.Ticket.ID}}\"\n"), "a\"\\\n")
	f.Add([]byte("commands = [{ key = \"f5\" }, {}]\nsettings = { theme = \"x\" }\ncolumns.tickets = [1, [2], { a = 3 }]\n"), "")
	f.Add([]byte("[commands]\n[commands.a.b]\n[[themes]]\n[[themes.a]]\n"), "x")
	f.Add(Initial(words(), nil, nil), "y")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		_, problems := Read("f", data, words())
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" {
				t.Fatalf("%+v", p)
			}
		}
		if len(data) > maxSize {
			return
		}
		after, err := set(data, settings, "theme", quote(text))
		if err != nil {
			return
		}
		tree, problem := parse(after)
		if problem != nil {
			t.Fatal(problem)
		}
		if e, found := tree.lookup(settings, "theme"); !found || e.text != strings.ToValidUTF8(text, "\ufffd") {
			t.Fatalf("%q became %q", text, e.text)
		}
		again, err := set(after, settings, "theme", quote(text))
		if err != nil || !bytes.Equal(again, after) {
			t.Fatalf("the same value again: %v\n%s\n%s", err, after, again)
		}
	})
}
