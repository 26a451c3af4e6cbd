package setting

import (
	"slices"
	"strings"
)

// The names of settings. What else is to be said of one stands in its record in
// [All]; those that use cases read are named in tracker.
const (
	// Theme is one of the [Colours].
	Theme = "theme"
	// Glyphs chooses the characters of signs and borders.
	Glyphs = "glyphs"
	// Mouse is "off" when the mouse belongs to the terminal.
	Mouse = "mouse"
	// Motion is "on" when nothing may move by itself.
	Motion = "reduced_motion"
	// Linked is "hidden" when tickets that have a story are not shown.
	Linked = "board_linked"
	// Parts are the parts of the board that are shown, such as
	// "tickets backlog done".
	Parts = "board_parts"
	// Search is what the board's search looks for.
	Search = "board_search"
	// Shares are the widths of the board's parts in proportion to each
	// other, such as "tickets=50 backlog=40".
	Shares = "board_shares"
	// Preview says when the selected row is previewed.
	Preview = "board_preview"
)

// EnvReducedMotion is the variable that stands for [Motion].
const EnvReducedMotion = "STORYDESK_REDUCED_MOTION"

// When is a setting's value while something holds, empty otherwise.
func When(holds bool, value string) string {
	if holds {
		return value
	}
	return ""
}

// FromEnviron is the value of a variable among NAME=value.
func FromEnviron(environ []string, name string) string {
	for _, e := range slices.Backward(environ) {
		if value, ok := strings.CutPrefix(e, name+"="); ok {
			return value
		}
	}
	return ""
}
