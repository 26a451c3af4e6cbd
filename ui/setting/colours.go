package setting

// Colours name a palette.
type Colours string

// The palettes.
const (
	// ColoursAuto: dark or light, as the terminal's background is.
	ColoursAuto Colours = "auto"
	// ColoursDark, ColoursLight: for such a background, whatever the terminal says.
	ColoursDark  Colours = "dark"
	ColoursLight Colours = "light"
	// ColoursHighContrast: as ColoursAuto, with stronger colours.
	ColoursHighContrast Colours = "high-contrast"
)
