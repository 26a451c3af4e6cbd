package keymap

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
)

// MaxFunctionKey is the last function key there is a name for.
const MaxFunctionKey = 20

// ParseKey reads the name of a key as people write it, and returns it as
// terminals report it; CodeInvalid, field "key".
func ParseKey(text string) (string, error) {
	rest, mods := text, map[string]bool{}
	for {
		mod, after, found := strings.Cut(rest, "+")
		mod = strings.ToLower(mod)
		if !found || after == "" || !slices.Contains(modifiers(), mod) {
			break
		}
		mods[mod], rest = true, after
	}
	base, err := parseBase(text, rest)
	if err != nil {
		return "", err
	}
	if len(mods) == 0 {
		return base, nil
	}
	letter, _ := utf8.DecodeRuneInString(base)
	single := utf8.RuneCountInString(base) == 1
	switch {
	case single && mods["shift"] && len(mods) == 1 && unicode.IsLower(letter):
		return strings.ToUpper(base), nil
	case single && mods["shift"] && len(mods) == 1:
		return "", invalidKey(text, "use the character that shift types, such as ! or A")
	case single && mods["ctrl"] && len(mods) == 1 && strings.Contains("im[", strings.ToLower(base)):
		return "", invalidKey(text, "most terminals cannot tell it from tab, enter or esc")
	case single:
		base = strings.ToLower(base)
	}
	var b strings.Builder
	for _, mod := range modifiers() {
		if mods[mod] {
			b.WriteString(mod + "+")
		}
	}
	return b.String() + base, nil
}

// modifiers are held with a key, in the order of their names.
func modifiers() []string { return []string{"ctrl", "alt", "shift", "meta", "hyper", "super"} }

// parseBase reads the name of a key without what is held with it.
func parseBase(text, name string) (string, error) {
	if r, size := utf8.DecodeRuneInString(name); size == len(name) && size > 0 && r != utf8.RuneError && unicode.IsGraphic(r) && r != ' ' {
		if plaintext.Line(name) == name {
			return name, nil
		}
	}
	lower := strings.ToLower(name)
	if n, err := strconv.Atoi(strings.TrimPrefix(lower, "f")); strings.HasPrefix(lower, "f") && err == nil && n >= 1 && n <= MaxFunctionKey {
		return "f" + strconv.Itoa(n), nil
	}
	switch lower {
	case "enter", "tab", "space", "backspace", "esc", "up", "down", "left", "right", "home", "end", "insert", "delete", "pgup", "pgdown":
		return lower, nil
	case "return":
		return "enter", nil
	case "escape":
		return "esc", nil
	case "pgdn", "pagedown":
		return "pgdown", nil
	case "pageup":
		return "pgup", nil
	case "del":
		return "delete", nil
	case "ins":
		return "insert", nil
	}
	return "", invalidKey(text, "")
}

func invalidKey(text, why string) error {
	if why == "" {
		why = "use a sign such as u or ?, enter, tab, space, backspace, esc, delete, insert, home, end, pgup, pgdown, up, down, left, right, " +
			"f1 to f20, or one of them after ctrl+, alt+ or shift+"
	}
	return tracker.Invalid("key", "%q is not a key: %s", plaintext.Line(text), why)
}

// Types reports whether a key puts text into a field.
func Types(key string) bool { return utf8.RuneCountInString(key) == 1 || key == "space" }

// ShowKey is a key as help writes it.
func ShowKey(key string) string {
	for name, sign := range map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→", "pgdown": "pgdn"} {
		if key == name {
			return sign
		}
	}
	return key
}
