package theme

// indexed marks one of the 256 colours that xterm has: sixteen that users choose,
// a cube of 6×6×6 and 24 greys.
// https://invisible-island.net/xterm/xterm.faq.html#color_by_number
const indexed colour = 1 << 24

// of256 returns a palette of numbered colours. The nearest ones to the palettes
// of 24 bits lose too much: a dark blue ground would become teal, and two roles
// the same. Greys and blues are chosen so that all text can be read on them.
func of256(o Options) palette {
	p := light256()
	switch {
	case o.HighContrast && o.Dark:
		p = highContrastDark256()
	case o.HighContrast:
		p = highContrastLight256()
	case o.Dark:
		p = dark256()
	}
	for i, c := range p.text {
		p.text[i] = numbered(c)
	}
	for i, c := range p.ground {
		p.ground[i] = numbered(c)
	}
	return p
}

func numbered(c colour) colour {
	if c == own {
		return own
	}
	return indexed | c
}

func dark256() palette {
	return palette{
		text: [roles]colour{
			Text: own, Muted: 247, Faint: 243, Accent: 111,
			Success: 114, Warning: 215, Danger: 203,
			StatusNew: 215, StatusOpen: 180, StatusPending: 75, StatusHold: 250, StatusSolved: 247,
			Feature: 221, Bug: 203, Chore: 247, Release: 111,
			Private: 221,
		},
		ground: [grounds]colour{Plain: own, Selected: 18, Tinted: 235, Dimmed: own},
	}
}

func light256() palette {
	return palette{
		text: [roles]colour{
			Text: own, Muted: 241, Faint: 244, Accent: 26,
			Success: 22, Warning: 94, Danger: 124,
			StatusNew: 94, StatusOpen: 52, StatusPending: 25, StatusHold: 238, StatusSolved: 241,
			Feature: 58, Bug: 124, Chore: 241, Release: 26,
			Private: 58,
		},
		ground: [grounds]colour{Plain: own, Selected: 254, Tinted: 194, Dimmed: own},
	}
}

func highContrastDark256() palette {
	return palette{
		text: [roles]colour{
			Text: 231, Muted: 254, Faint: 250, Accent: 153,
			Success: 157, Warning: 222, Danger: 217,
			StatusNew: 222, StatusOpen: 217, StatusPending: 117, StatusHold: 253, StatusSolved: 254,
			Feature: 228, Bug: 217, Chore: 254, Release: 153,
			Private: 228,
		},
		ground: [grounds]colour{Plain: own, Selected: 18, Tinted: 235, Dimmed: own},
	}
}

func highContrastLight256() palette {
	return palette{
		text: [roles]colour{
			Text: 16, Muted: 236, Faint: 240, Accent: 18,
			Success: 22, Warning: 52, Danger: 88,
			StatusNew: 52, StatusOpen: 88, StatusPending: 17, StatusHold: 235, StatusSolved: 236,
			Feature: 52, Bug: 88, Chore: 236, Release: 18,
			Private: 52,
		},
		ground: [grounds]colour{Plain: own, Selected: 195, Tinted: 194, Dimmed: own},
	}
}
