package text_test

import (
	"strings"
	"testing"

	"storydesk/ui/text"
)

func TestAlign(t *testing.T) {
	for name, c := range map[string]struct {
		in    string
		width int
		want  string
	}{
		"a table":        {"before\nperiod | rows\nMay | 9,412\nafter", 40, "before\nperiod | rows\nMay    | 9,412\nafter"},
		"wide letters":   {"銀行 | x\na | y", 40, "銀行 | x\na    | y"},
		"two tables":     {"a | b\nlong | b\nx | y | z\nxx | yy | zz", 40, "a    | b\nlong | b\nx  | y  | z\nxx | yy | zz"},
		"a single line":  {"one | two", 40, "one | two"},
		"too wide":       {"a | b\nlonger | b", 9, "a | b\nlonger | b"},
		"code":           {"    ls | wc\n    cat x | wc", 40, "    ls | wc\n    cat x | wc"},
		"empty cells":    {"a |  | c\n | bb | c", 40, "a |    | c\n  | bb | c"},
		"nothing at all": {"", 40, ""},
	} {
		if got := strings.Join(text.Align(strings.Split(c.in, "\n"), c.width), "\n"); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}
