package theme

import (
	"fmt"
	"hash/fnv"
	"math"
)

// Own are colours that a user chose in place of those of a palette. Terminals of
// sixteen colours or none tell roles as they always do.
type Own struct {
	text      [roles]colour
	ground    [grounds]colour
	hasText   [roles]bool
	hasGround [grounds]bool
	version   uint64
}

// NewOwn makes a user's colours of those chosen for the names of [Names].
func NewOwn(chosen map[string]Colour) *Own {
	o := &Own{}
	hash := fnv.New64a()
	for _, n := range Names() {
		c, ok := chosen[n.Name]
		if !ok {
			continue
		}
		if n.IsGround {
			o.ground[n.Ground], o.hasGround[n.Ground] = c, true
		} else {
			o.text[n.Role], o.hasText[n.Role] = c, true
		}
		_, _ = hash.Write(fmt.Appendf(nil, "%s=%d ", n.Name, c))
	}
	o.version = hash.Sum64()
	return o
}

// over is a palette with the user's colours in it.
func (o *Own) over(p palette, numberedOnly bool) palette {
	pick := func(c colour) colour {
		if numberedOnly && c >= 0 && c < indexed {
			return nearest(c)
		}
		return c
	}
	for role, has := range o.hasText {
		if has {
			p.text[role] = pick(o.text[role])
		}
	}
	for ground, has := range o.hasGround {
		if has {
			p.ground[ground] = pick(o.ground[ground])
		}
	}
	return p
}

// nearest is the numbered colour nearest to one of 24 bits: of the cube and of the greys.
func nearest(c colour) colour {
	best, distance := indexed, math.MaxInt
	for n := 16; n < 256; n++ {
		r, g, b := components(indexed | colour(n))
		cr, cg, cb := components(c)
		if d := (r-cr)*(r-cr) + (g-cg)*(g-cg) + (b-cb)*(b-cb); d < distance {
			best, distance = indexed|colour(n), d
		}
	}
	return best
}

// components are the red, green and blue of a colour of 24 bits or of a numbered one
// from 16 on: those below are what the user makes of them.
func components(c colour) (r, g, b int) {
	if c < indexed {
		return int(c >> 16 & 0xff), int(c >> 8 & 0xff), int(c & 0xff)
	}
	n := int(c - indexed)
	if n >= 232 {
		grey := 8 + 10*(n-232)
		return grey, grey, grey
	}
	level := func(i int) int {
		if i == 0 {
			return 0
		}
		return 55 + 40*i
	}
	n -= 16
	return level(n / 36), level(n / 6 % 6), level(n % 6)
}

// leastContrast is what letters need to be recognised at all; WCAG 2.2 asks for 3 where
// they are large and 4.5 where not.
const leastContrast = 2

// Unreadable returns the names of chosen colours that cannot be read on the usual
// background of a dark or a light terminal, or on the ground of the selected row. What
// the terminal's own colours are nobody knows.
func Unreadable(o Options, chosen map[string]Colour) []string {
	p := NewOwn(chosen).over(paletteFor(o), false)
	background := colour(0xffffff)
	if o.Dark {
		background = 0
	}
	var names []string
	for _, n := range Names() {
		c := p.text[n.Role]
		if n.IsGround || n.Role == Faint || !certain(c) {
			continue
		}
		_, own := chosen[n.Name]
		_, selected := chosen["selected"]
		switch {
		case own && contrast(c, background) < leastContrast:
			names = append(names, n.Name)
		case (own || selected) && certain(p.ground[Selected]) && contrast(c, p.ground[Selected]) < leastContrast:
			names = append(names, n.Name)
		}
	}
	return names
}

// certain reports whether it is known how a colour looks.
func certain(c colour) bool { return c >= 0 && (c < indexed || c >= indexed+16) }

// contrast is that of WCAG 2.2.
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func contrast(a, b colour) float64 {
	light, dark := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (light + 0.05) / (dark + 0.05)
}

func luminance(c colour) float64 {
	linear := func(v int) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b := components(c)
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
