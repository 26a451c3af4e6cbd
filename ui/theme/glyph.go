package theme

// Glyph is a sign with a meaning.
type Glyph uint8

// The glyphs.
const (
	// GlyphFeature, GlyphBug, GlyphChore and GlyphRelease are the types of a story.
	GlyphFeature Glyph = iota
	GlyphBug
	GlyphChore
	GlyphRelease
	// GlyphTickets stands before the number of tickets of a story.
	GlyphTickets
	// GlyphDelivered, GlyphWaiting, GlyphParked and GlyphSending are what
	// becomes of a private comment.
	GlyphDelivered
	GlyphWaiting
	GlyphParked
	GlyphSending
	// GlyphBlocked marks a story that waits for something, GlyphBlocks one that others
	// wait for, GlyphReview one with a review that is not done.
	GlyphBlocked
	GlyphBlocks
	GlyphReview
	// GlyphUnread marks an unread reply, GlyphPartial a partial list.
	GlyphUnread
	GlyphPartial
	// GlyphUrgent and GlyphHigh are a ticket's priority where there is no room for a word.
	GlyphUrgent
	GlyphHigh
	// GlyphBreached marks a ticket whose SLA is breached, where the SLA has no column.
	GlyphBreached
	// GlyphMarker stands before the selected row, GlyphMarked in a marked one.
	GlyphMarker
	GlyphMarked
	// GlyphEllipsis ends what was cut.
	GlyphEllipsis
	// GlyphRule is one cell of a rule inside a pane.
	GlyphRule
	// GlyphDrop shows where a dragged row will land.
	GlyphDrop
	// GlyphBar stands left of a private comment.
	GlyphBar
	// GlyphSeparator stands between facts, GlyphDash for a fact that is missing.
	GlyphSeparator
	GlyphDash
	// GlyphChoiceLeft and GlyphChoiceRight enclose the chosen of several.
	GlyphChoiceLeft
	GlyphChoiceRight
	// GlyphOn and GlyphOff are the states of a switch.
	GlyphOn
	GlyphOff
	// GlyphMask stands for a character of a secret.
	GlyphMask
	// GlyphFull and GlyphFree are cells of a progress bar.
	GlyphFull
	GlyphFree

	glyphCount
)

// Glyph returns the sign in the theme's character set.
func (t *Theme) Glyph(g Glyph) string { return t.glyphs[g] }

// Spinner returns the picture of a spinner after some turns, none before the first.
func (t *Theme) Spinner(turns int) string {
	pictures := []rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
	if t.options.ASCII {
		pictures = []rune(`|/-\`)
	}
	if turns == 0 {
		return ""
	}
	return string(pictures[turns%len(pictures)])
}

func glyphs(ascii bool) [glyphCount]string {
	if ascii {
		return [glyphCount]string{
			GlyphFeature: "*", GlyphBug: "o", GlyphChore: "~", GlyphRelease: "!",
			GlyphTickets:   "@",
			GlyphDelivered: "ok", GlyphWaiting: "..", GlyphParked: "!", GlyphSending: "^",
			GlyphBlocked: "X", GlyphBlocks: "<", GlyphReview: "?",
			GlyphUnread: "+", GlyphPartial: "~", GlyphUrgent: "!", GlyphHigh: "^", GlyphBreached: "x",
			GlyphMarker: ">", GlyphMarked: "x", GlyphEllipsis: "~",
			GlyphRule: "-", GlyphDrop: "==>", GlyphBar: "|",
			GlyphSeparator: "-", GlyphDash: "-",
			GlyphChoiceLeft: "<", GlyphChoiceRight: ">", GlyphOn: "[x]", GlyphOff: "[ ]", GlyphMask: "*",
			GlyphFull: "#", GlyphFree: ".",
		}
	}
	return [glyphCount]string{
		GlyphFeature: "★", GlyphBug: "●", GlyphChore: "⚙", GlyphRelease: "⚑",
		GlyphTickets:   "✉",
		GlyphDelivered: "✓", GlyphWaiting: "◷", GlyphParked: "!", GlyphSending: "↑",
		GlyphBlocked: "⊘", GlyphBlocks: "◆", GlyphReview: "◇",
		GlyphUnread: "•", GlyphPartial: "~", GlyphUrgent: "!", GlyphHigh: "↑", GlyphBreached: "×",
		GlyphMarker: "▌", GlyphMarked: "✓", GlyphEllipsis: "…",
		GlyphRule: "─", GlyphDrop: "━━▶", GlyphBar: "▎",
		GlyphSeparator: "·", GlyphDash: "–",
		GlyphChoiceLeft: "‹", GlyphChoiceRight: "›", GlyphOn: "●", GlyphOff: "○", GlyphMask: "•",
		GlyphFull: "█", GlyphFree: "░",
	}
}

// Border is what a pane is framed with. Each part is one cell.
type Border struct {
	TopLeft, TopRight, BottomLeft, BottomRight string
	Horizontal, Vertical                       string
	// Role is the border's colour.
	Role Role
}

// Border returns the frame of a pane; focused panes differ in shape as well as
// in colour.
func (t *Theme) Border(focused bool) Border {
	switch {
	case t.options.ASCII && focused:
		return Border{"#", "#", "#", "#", "=", "#", Accent}
	case t.options.ASCII:
		return Border{"+", "+", "+", "+", "-", "|", Faint}
	case focused:
		return Border{"┏", "┓", "┗", "┛", "━", "┃", Accent}
	default:
		return Border{"╭", "╮", "╰", "╯", "─", "│", Faint}
	}
}
