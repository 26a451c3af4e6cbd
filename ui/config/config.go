package config

import (
	"maps"
	"slices"
	"time"

	"storydesk/ui/keymap"
	"storydesk/ui/owncommand"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// Config is what a file says, as far as it is right.
type Config struct {
	// Database is a path, empty for the usual one.
	Database string
	// Refresh is how often views are read, and Grace how long a private comment
	// waits before it is sent; 0 for the default.
	Refresh, Grace time.Duration
	// Settings are the values of settings by their names.
	Settings map[string]string
	// Keys are keys by the full names of actions.
	Keys map[string][]string
	// Themes are the user's own by their names.
	Themes map[string]Theme
	// Columns and Sort are by the names of panes.
	Columns map[string][]string
	Sort    map[string]string
	// Notifications say for each event how it is announced.
	Notifications map[string]string
	// Templates are the descriptions of new stories by type.
	Templates map[string]string
	// Commands are the user's own.
	Commands []owncommand.Command
}

// Theme is a theme of the user's own: colours by the names of roles, in place
// of those of another theme.
type Theme struct {
	Base    string
	Colours map[string]theme.Colour
}

// Vocabulary is what a file is checked against beside the table.
type Vocabulary struct {
	// Keys returns the table of all actions with the default keys.
	Keys func() keymap.Keys
	// LookPath finds a program, as exec.LookPath does; nil looks for none.
	LookPath func(string) (string, error)
}

// Known is a setting with the values that the file adds: the user's own themes.
func (c Config) Known(s setting.Setting) setting.Setting {
	if s.Name == setting.Theme && len(c.Themes) > 0 {
		s.Values = append(slices.Clone(s.Values), slices.Sorted(maps.Keys(c.Themes))...)
	}
	return s
}

func empty() Config {
	return Config{
		Settings: map[string]string{}, Keys: map[string][]string{}, Themes: map[string]Theme{}, Columns: map[string][]string{},
		Sort: map[string]string{}, Notifications: map[string]string{}, Templates: map[string]string{},
	}
}
