package theme

// colour is 0xRRGGBB, own, one of the sixteen, or one of 256 that is indexed.
type colour int32

const (
	// own is the terminal's own colour.
	own colour = -1
	// The sixteen that every terminal has, by their SGR parameters as text.
	red          colour = -31
	green        colour = -32
	blue         colour = -34
	magenta      colour = -35
	grey         colour = -90
	brightRed    colour = -91
	brightGreen  colour = -92
	brightYellow colour = -93
	brightBlue   colour = -94
)

// index is the SGR parameter of one of the sixteen colours.
func (c colour) index() (int, bool) { return -int(c), c < own }

type palette struct {
	text   [roles]colour
	ground [grounds]colour
}

func paletteFor(o Options) palette {
	p := builtIn(o)
	if o.Own != nil && !o.Sixteen {
		p = o.Own.over(p, o.Indexed)
	}
	return p
}

// builtIn is one of the program's palettes.
func builtIn(o Options) palette {
	switch {
	case o.Sixteen && o.Dark:
		return sixteen(brightBlue, brightGreen, brightYellow, brightRed)
	case o.Sixteen:
		return sixteen(blue, green, magenta, red) // yellow is too light there
	case o.Indexed:
		return of256(o)
	case o.HighContrast && o.Dark:
		return highContrastDark()
	case o.HighContrast:
		return highContrastLight()
	case o.Dark:
		return dark()
	default:
		return light()
	}
}

func dark() palette {
	return palette{
		text: [roles]colour{
			Text: own, Muted: 0x99a1af, Faint: 0x626e84, Accent: 0x7aa2f7,
			Success: 0x7fd88f, Warning: 0xffb648, Danger: 0xff6b5a,
			StatusNew: 0xffb648, StatusOpen: 0xd9a08f, StatusPending: 0x4ea8ff, StatusHold: 0xa9b1bd, StatusSolved: 0x99a1af,
			Feature: 0xf2c94c, Bug: 0xff6b5a, Chore: 0x99a1af, Release: 0x7aa2f7,
			Private: 0xf2c94c,
		},
		ground: [grounds]colour{Plain: own, Selected: 0x26304a, Tinted: 0x17332a, Dimmed: own},
	}
}

func light() palette {
	return palette{
		text: [roles]colour{
			Text: own, Muted: 0x5b6472, Faint: 0x7c8698, Accent: 0x2456c8,
			Success: 0x15692c, Warning: 0x8a5a00, Danger: 0xb3261e,
			StatusNew: 0x8a5a00, StatusOpen: 0x85514a, StatusPending: 0x0b62b8, StatusHold: 0x3d4654, StatusSolved: 0x5b6472,
			Feature: 0x765a00, Bug: 0xb3261e, Chore: 0x5b6472, Release: 0x2456c8,
			Private: 0x765a00,
		},
		ground: [grounds]colour{Plain: own, Selected: 0xdbe6ff, Tinted: 0xdff3e3, Dimmed: own},
	}
}

func highContrastDark() palette {
	return palette{
		text: [roles]colour{
			Text: 0xffffff, Muted: 0xe0e4ea, Faint: 0xb4bdcb, Accent: 0xb4cdff,
			Success: 0xb0f5b8, Warning: 0xffd98a, Danger: 0xffb3aa,
			StatusNew: 0xffd98a, StatusOpen: 0xf3d3cc, StatusPending: 0xaed8ff, StatusHold: 0xdde2ea, StatusSolved: 0xe0e4ea,
			Feature: 0xffe691, Bug: 0xffb3aa, Chore: 0xe0e4ea, Release: 0xb4cdff,
			Private: 0xffe691,
		},
		ground: [grounds]colour{Plain: own, Selected: 0x1c3270, Tinted: 0x0c3a20, Dimmed: own},
	}
}

func highContrastLight() palette {
	return palette{
		text: [roles]colour{
			Text: 0x000000, Muted: 0x2b323c, Faint: 0x4f5866, Accent: 0x10308a,
			Success: 0x0a451a, Warning: 0x563700, Danger: 0x850c0c,
			StatusNew: 0x563700, StatusOpen: 0x5c2f29, StatusPending: 0x073b70, StatusHold: 0x232a34, StatusSolved: 0x2b323c,
			Feature: 0x4a3800, Bug: 0x850c0c, Chore: 0x2b323c, Release: 0x10308a,
			Private: 0x4a3800,
		},
		ground: [grounds]colour{Plain: own, Selected: 0xcfdfff, Tinted: 0xd2f0d8, Dimmed: own},
	}
}

// sixteen is a palette of colours that every terminal has.
func sixteen(accent, success, warning, danger colour) palette {
	return palette{
		text: [roles]colour{
			Text: own, Muted: own, Faint: grey, Accent: accent,
			Success: success, Warning: warning, Danger: danger,
			StatusNew: warning, StatusOpen: own, StatusPending: accent, StatusHold: own, StatusSolved: own,
			Feature: warning, Bug: danger, Chore: own, Release: accent,
			Private: warning,
		},
		ground: [grounds]colour{Plain: own, Selected: own, Tinted: own, Dimmed: own},
	}
}
