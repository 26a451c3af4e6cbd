package theme

import "strconv"

// Role is what a piece of text is, which decides how it looks. [Bold],
// [Underline] and [Reverse] may be added to it: theme.Accent|theme.Bold.
type Role uint16

// The roles.
const (
	// Text has the terminal's own colour.
	Text Role = iota
	// Muted is for what matters less; Faint for borders and rules, not for words.
	Muted
	Faint
	// Accent marks what has the focus.
	Accent
	Success
	Warning
	Danger
	// The statuses of a ticket have the colours that people know from Zendesk;
	// closed ones look like solved ones.
	StatusNew
	StatusOpen
	StatusPending
	StatusHold
	StatusSolved
	// Feature, Bug, Chore and Release are the types of a story.
	Feature
	Bug
	Chore
	Release
	// Private is a comment that customers do not see.
	Private

	roles
)

// What may be added to a role.
const (
	Bold Role = 1 << (5 + iota)
	Underline
	Reverse

	variants = 1 << 8

	// Match is how the characters that answer a search look.
	Match = Accent | Bold | Underline
)

// Ground is what lies under a row.
type Ground uint8

// The grounds.
const (
	// Plain is the terminal's own background.
	Plain Ground = iota
	// Selected is the row that the cursor is on.
	Selected
	// Tinted is a row that has just moved.
	Tinted
	// Dimmed is the origin of a row that is being moved: every role is faint.
	Dimmed

	grounds
)

// Options choose a look.
type Options struct {
	// Dark is true on a dark background.
	Dark bool
	// NoColor leaves bold, underline and reverse only.
	NoColor bool
	// Sixteen keeps to the colours that every terminal has, and tells grounds by
	// attributes: of a palette's colours the nearest of sixteen would be
	// unreadable on one another.
	Sixteen bool
	// Indexed keeps to the 256 numbered colours.
	Indexed bool
	// HighContrast raises every text to a contrast of at least 7.
	HighContrast bool
	// ASCII draws glyphs and borders without Unicode.
	ASCII bool
	// Own are colours of the user's in place of those of the palette, nil for none.
	Own *Own
}

// Theme is a compiled look. Make one with [New].
type Theme struct {
	options Options
	open    [grounds][variants]string
	glyphs  [glyphCount]string
}

// reset returns to the terminal's defaults.
const reset = "\x1b[m"

// New compiles a look.
func New(o Options) *Theme {
	t := &Theme{options: o, glyphs: glyphs(o.ASCII)}
	colours := paletteFor(o)
	for ground := range grounds {
		for role := range Role(variants) {
			t.open[ground][role] = sgr(o, colours, ground, role)
		}
	}
	return t
}

// Options returns what the theme was made with.
func (t *Theme) Options() Options { return t.options }

// Generation is equal for themes that look the same and differs otherwise. It
// belongs to the key of whatever keeps drawn text.
func (t *Theme) Generation() uint64 {
	var g uint64
	for i, on := range []bool{t.options.Dark, t.options.NoColor, t.options.HighContrast, t.options.ASCII, t.options.Sixteen, t.options.Indexed} {
		if on {
			g |= 1 << i
		}
	}
	if t.options.Own != nil {
		g |= t.options.Own.version << 8
	}
	return g
}

// Style returns what to write before and after text of a role on the plain
// ground. Both are empty where the role looks like the terminal's own text.
func (t *Theme) Style(role Role) (before, after string) {
	before = t.open[Plain][role]
	if before == reset {
		return "", ""
	}
	return before, reset
}

// Paint returns s in the look of a role. Do not paint the result again.
func (t *Theme) Paint(role Role, s string) string {
	before, after := t.Style(role)
	if s == "" || before == "" {
		return s
	}
	return before + s + after
}

// sgr compiles one sequence (ECMA-48, "select graphic rendition").
func sgr(o Options, p palette, ground Ground, role Role) string {
	base := role & (Bold - 1)
	if base >= roles {
		base = Text
	}
	role = role&^(Bold-1) | base
	colour := p.text[base]
	switch {
	case ground == Dimmed:
		colour = p.text[Faint]
	case o.NoColor:
		role = onGround(weighted(role), ground)
	case o.Sixteen:
		role = onGround(role, ground)
		if ground == Selected {
			colour = own
		}
	}
	seq := append(make([]byte, 0, 64), "\x1b[0"...)
	for i, attribute := range [...]string{";1", ";4", ";7"} {
		if role&(Bold<<i) != 0 {
			seq = append(seq, attribute...)
		}
	}
	switch {
	case !o.NoColor:
		seq = appendColour(seq, ";38", colour)
		seq = appendColour(seq, ";48", p.ground[ground])
	case ground == Dimmed:
		seq = append(seq, ";2"...)
	}
	if string(seq) == "\x1b[0" {
		return reset
	}
	return string(append(seq, 'm'))
}

// weighted tells a role by attributes alone.
func weighted(role Role) Role {
	switch role & (Bold - 1) {
	case Accent, Warning, StatusNew, Feature, Bug, Release:
		role |= Bold
	case Danger, Private:
		role |= Bold | Underline
	default:
	}
	return role
}

// onGround tells a ground by attributes alone.
func onGround(role Role, ground Ground) Role {
	switch ground {
	case Selected:
		return role ^ Reverse
	case Tinted:
		return role | Underline
	default:
		return role
	}
}

func appendColour(seq []byte, kind string, c colour) []byte {
	if c == own {
		return seq
	}
	if n, ok := c.index(); ok {
		return strconv.AppendInt(append(seq, ';'), int64(n), 10)
	}
	seq = append(seq, kind...)
	if c >= indexed {
		return strconv.AppendInt(append(seq, ";5;"...), int64(c-indexed), 10)
	}
	seq = append(seq, ";2"...)
	for shift := 16; shift >= 0; shift -= 8 {
		seq = append(seq, ';')
		seq = strconv.AppendInt(seq, int64(c>>shift&0xFF), 10)
	}
	return seq
}
