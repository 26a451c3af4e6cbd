package theme

import (
	"fmt"
	"strconv"
	"strings"
)

// Named is a role or a ground with the name by which users choose its colour.
type Named struct {
	Name string
	// Role is the text's, where IsGround is false.
	Role     Role
	Ground   Ground
	IsGround bool
}

// Names lists all roles and grounds that have a colour.
func Names() []Named {
	return []Named{
		{Name: "text", Role: Text}, {Name: "muted", Role: Muted}, {Name: "faint", Role: Faint}, {Name: "accent", Role: Accent},
		{Name: "success", Role: Success}, {Name: "warning", Role: Warning}, {Name: "danger", Role: Danger},
		{Name: "status-new", Role: StatusNew}, {Name: "status-open", Role: StatusOpen}, {Name: "status-pending", Role: StatusPending},
		{Name: "status-hold", Role: StatusHold}, {Name: "status-solved", Role: StatusSolved},
		{Name: "feature", Role: Feature}, {Name: "bug", Role: Bug}, {Name: "chore", Role: Chore}, {Name: "release", Role: Release},
		{Name: "private", Role: Private},
		{Name: "selected", Ground: Selected, IsGround: true}, {Name: "tinted", Ground: Tinted, IsGround: true},
	}
}

// Colour is a colour that a user chose.
type Colour = colour

// ParseColour reads #rrggbb, #rgb, the number of one of 256 colours, or default
// for the terminal's own.
func ParseColour(text string) (Colour, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "default" {
		return own, nil
	}
	digits, hex := strings.CutPrefix(text, "#")
	if hex && len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	if hex && len(digits) == 6 {
		if n, err := strconv.ParseUint(digits, 16, 24); err == nil {
			return colour(n), nil
		}
	}
	if n, err := strconv.ParseUint(text, 10, 8); err == nil && !hex {
		return indexed | colour(n), nil
	}
	return own, fmt.Errorf("%q is not a colour: use #rrggbb such as #7aa2f7, a number from 0 to 255, or default", text)
}
