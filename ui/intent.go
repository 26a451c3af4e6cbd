package ui

import "storydesk/tracker"

// intent is what the user wants, as a plain value. Keys, the mouse, the palette
// and tests all make intents; panes alone say what comes of them.
type intent interface{ isIntent() }

// act asks for an action of the table on whatever is selected.
type act struct{ id actionID }

// selectRow asks to focus the part of a pane and to select its row with a key:
// the row's identity, never its index.
type selectRow struct {
	part paneName
	key  any
}

// actOn asks to select a row and then for an action on it.
type actOn struct {
	row selectRow
	id  actionID
}

// scroll asks to move a part of a pane by rows, down when positive, without
// selecting anything else.
type scroll struct {
	part paneName
	rows int
}

// focusPart asks to focus a part of a pane.
type focusPart struct{ part paneName }

// estimateAs asks to select a story's row and to give the story points.
type estimateAs struct {
	row    selectRow
	points float64
}

// openTicket and openStory ask for the detail of a ticket or a story.
type (
	openTicket struct {
		integration tracker.IntegrationID
		id          tracker.TicketID
	}
	openStory struct{ id tracker.StoryID }
)

// grab asks to pick a row up, to be dropped elsewhere: by the mouse, which drags
// it, or by keys.
type grab struct {
	row     selectRow
	dragged bool
	// alone leaves the marked rows where they are.
	alone bool
}

// along tells whether marked rows are picked up with the row, which is one of
// them or not. The mouse takes them along only when it takes hold of one.
func (g grab) along(marked bool) bool { return !g.alone && (marked || !g.dragged) }

// aim asks to show the drop line where a row is, or at the end of the part when
// the row has no key. The zero value takes the line away.
type aim struct {
	row selectRow
	// edge is -1 at the upper edge of the part, 1 at the lower.
	edge int
	// tab is true over the name of a part that is not shown.
	tab bool
}

// drop asks to put down what was picked up where the drop line is.
type drop struct{}

// clickAt hands a click to a pane that finds what is there by itself, such as
// a form: x and y are relative to the region's corner.
type clickAt struct {
	part paneName
	x, y int
}

// divide asks to move the divider at the right of a part to a column of the
// screen; divided says that it stays there.
type (
	divide struct {
		part paneName
		x    int
	}
	divided struct{}
)

func (act) isIntent()        {}
func (selectRow) isIntent()  {}
func (actOn) isIntent()      {}
func (estimateAs) isIntent() {}
func (openTicket) isIntent() {}
func (openStory) isIntent()  {}
func (scroll) isIntent()     {}
func (focusPart) isIntent()  {}
func (grab) isIntent()       {}
func (aim) isIntent()        {}
func (drop) isIntent()       {}
func (divide) isIntent()     {}
func (divided) isIntent()    {}
func (clickAt) isIntent()    {}

// paneName names a part of a screen that can be focused or scrolled.
type paneName string
