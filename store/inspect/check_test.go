package inspect

import (
	"errors"
	"testing"

	"storydesk/tracker/verdict"
)

func TestChecks(t *testing.T) {
	t.Parallel()
	whole := facts{path: "/a.db", size: 5 << 20, free: 8 << 30, mode: 0o600, schema: 4, newest: 4}
	for name, test := range map[string]struct {
		change func(*facts)
		check  string
		level  verdict.Level
	}{
		"all is well":   {func(*facts) {}, "", ""},
		"no file yet":   {func(f *facts) { f.missing = true }, "", ""},
		"older":         {func(f *facts) { f.schema = 3 }, "", ""},
		"newer":         {func(f *facts) { f.schema = 5 }, "database", verdict.LevelFailed},
		"unreadable":    {func(f *facts) { f.problem = errors.New("locked") }, "database", verdict.LevelFailed},
		"damaged":       {func(f *facts) { f.damage = []string{"row 7 missing"} }, "content", verdict.LevelFailed},
		"open to all":   {func(f *facts) { f.mode = 0o644 }, "privacy", verdict.LevelWarning},
		"no modes":      {func(f *facts) { f.mode = 0 }, "privacy", verdict.LevelSkipped},
		"a large log":   {func(f *facts) { f.wal = 1 << 30 }, "journal", verdict.LevelWarning},
		"a full disk":   {func(f *facts) { f.free = 3 << 20 }, "room", verdict.LevelWarning},
		"less than two": {func(f *facts) { f.size = 5 << 30 }, "room", verdict.LevelWarning},
		"unknown room":  {func(f *facts) { f.free = -1 }, "room", verdict.LevelSkipped},
	} {
		f := whole
		test.change(&f)
		found := false
		for _, c := range checks(f) {
			switch {
			case c.Name == test.check:
				found = c.Level == test.level
			case c.Level != verdict.LevelOK:
				t.Errorf("%s: %+v", name, c)
			}
		}
		if test.check != "" && !found {
			t.Errorf("%s: %s is not %s: %+v", name, test.check, test.level, checks(f))
		}
	}
}
