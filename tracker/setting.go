package tracker

import (
	"strings"
	"time"
)

// The names of the service's own settings.
const (
	// SettingUser remembers the acting user's name.
	SettingUser = "user"
	// SettingViewBudget replaces ViewBudget, such as "90s".
	SettingViewBudget = "view_budget"
	// SettingQuietWindow replaces DefaultQuietWindow, such as "120s".
	SettingQuietWindow = "quiet_window"
)

// ParseUser reads the acting user's name; CodeInvalid, field "user", for an
// empty one.
func ParseUser(text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" {
		return "", Invalid(SettingUser, "enter your name for stories and private comments")
	}
	return text, nil
}

// ParseViewBudget reads a view budget; CodeInvalid, field "view_budget".
func ParseViewBudget(text string) (time.Duration, error) {
	d, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil || d <= 0 {
		return 0, Invalid(SettingViewBudget, "%q is not a view budget: give a duration such as 60s or 5m", text)
	}
	return d, nil
}

// DefaultQuietWindow covers the longest time for which a request that was given
// up on may still be running in Zendesk.
const DefaultQuietWindow = 120 * time.Second

// DefaultGrace is the time in which a private comment can be undone on the board.
const DefaultGrace = 4 * time.Second

// ParseQuietWindow reads a quiet window; CodeInvalid, field "quiet_window".
func ParseQuietWindow(text string) (time.Duration, error) {
	d, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil || d < 0 {
		return 0, Invalid(SettingQuietWindow, "%q is not a quiet window: give a duration such as 120s, or 0", text)
	}
	return d, nil
}
