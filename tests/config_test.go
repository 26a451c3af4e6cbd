package tests

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// configIn writes a config file below a home where the program looks for it.
func configIn(t *testing.T, home, text string) (env []string, file string) {
	t.Helper()
	file = filepath.Join(home, "my.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"STORYDESK_CONFIG=" + file}, file
}

const seeCheck = "config: defaults used for what is wrong, see storydesk config check"

// Whatever is wrong with the config, the board starts, says so, and works.
func TestBoardStartsWithABrokenConfig(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"unknown key":     "grase = \"4s\"\n",
		"wrong type":      "[settings]\ntheme = 3\n",
		"no TOML":         "[settings\n",
		"missing program": "[[commands]]\nkey = \"ctrl+b\"\nname = \"miss\"\nwhere = \"board\"\ncommand = [\"storydesk-no-such-program\"]\n",
		"clashing key":    "[[commands]]\nkey = \"n\"\nwhere = \"board\"\ncommand = [\"sh\"]\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			env, _ := configIn(t, home, text)
			x := startWith(t, env, 120, 30, home)
			x.sees(seeCheck, "create stories without Zendesk")
			x.press("n", "Rotate the keys", "enter")
			x.sees("Rotate the keys", "p points")
			if name == "missing program" {
				x.press("ctrl+b")
				x.sees("“miss” could not be run: there is no program \"storydesk-no-such-program\" on the path")
			}
			x.press("q")
			x.ends()
		})
	}
	for name, make := range map[string]func(path string) error{
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"100 MB": func(path string) error {
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				return err
			}
			return os.Truncate(path, 100<<20)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			path := filepath.Join(home, "my.toml")
			if err := make(path); err != nil {
				t.Fatal(err)
			}
			x := startWith(t, []string{"STORYDESK_CONFIG=" + path}, 120, 30, home)
			x.sees(seeCheck, "create stories without Zendesk")
			x.press("q")
			x.ends()
		})
	}
}

// The screens of settings and keys write the file and leave its comments alone.
func TestTheBoardWritesTheConfigAndKeepsItsComments(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	env, file := configIn(t, home, "# My board\n\n[settings]\n# the office is bright\ntheme = \"light\"  # for now\n\n[keys]\n# easy to reach\n\"everywhere/redo\" = [\"f4\"]\n")
	x := startWith(t, env, 120, 30, home)
	x.sees("create stories without Zendesk")
	x.press("O")
	x.sees("Settings", "light · colours")
	x.press("theme", "enter")
	x.sees("theme: colours")
	x.press("dark", "enter")
	saved := func(want string) {
		t.Helper()
		x.until("the file is saved", func(string) bool {
			text, err := os.ReadFile(file)
			return err == nil && string(text) == want
		})
	}
	want := "# My board\n\n[settings]\n# the office is bright\ntheme = \"dark\"  # for now\n\n[keys]\n# easy to reach\n\"everywhere/redo\" = [\"f4\"]\n"
	saved(want)
	x.loses("theme: colours")
	x.press("ctrl+k")
	x.sees("Keys")
	x.press("undo the last", "enter", "ctrl+b")
	x.sees("undo has ctrl+b now")
	saved(strings.Replace(want, "[\"f4\"]\n", "[\"f4\"]\n\"everywhere/undo\" = [\"ctrl+b\"]\n", 1))
}
