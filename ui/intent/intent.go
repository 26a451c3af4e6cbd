package intent

import "storydesk/tracker"

// Intent is what the user wants, as a plain value. Keys, the mouse, the palette
// and tests all make intents; panes alone say what comes of them.
type Intent interface{ IsIntent() }

// Act asks for an action of the table on whatever is selected.
type Act struct{ ID ActionID }

// SelectRow asks to focus the part of a pane and to select its row with a key:
// the row's identity, never its index.
type SelectRow struct {
	Part PaneName
	Key  any
}

// ActOn asks to select a row and then for an action on it.
type ActOn struct {
	Row SelectRow
	ID  ActionID
}

// Scroll asks to move a part of a pane by rows, down when positive, without
// selecting anything else.
type Scroll struct {
	Part PaneName
	Rows int
}

// FocusPart asks to focus a part of a pane.
type FocusPart struct{ Part PaneName }

// EstimateAs asks to select a story's row and to give the story points.
type EstimateAs struct {
	Row    SelectRow
	Points float64
}

type (
	// OpenTicket asks for the detail of a ticket.
	OpenTicket struct {
		Integration tracker.IntegrationID
		ID          tracker.TicketID
	}
	// OpenStory asks for the detail of a story, and then for an action there,
	// empty for none.
	OpenStory struct {
		ID   tracker.StoryID
		Then ActionID
	}
	// OpenBeside asks for the detail of the row so many rows below the board's cursor,
	// in place of the one that is open.
	OpenBeside struct{ By int }
	// NewStory asks for the form of a new story that goes to a place.
	NewStory struct{ Place tracker.Place }
	// NewIntegration asks for the form of a new integration.
	NewIntegration struct{}
	// CheckLinks asks for the screen that checks links.
	CheckLinks struct{}
	// Find asks for the screen that searches, with a search.
	Find struct{ Query string }
	// MoveOnBoard asks to go back to the board and to pick a row up there, whatever
	// is marked.
	MoveOnBoard struct{ Row SelectRow }
	// OpenSandbox asks to leave for a sandbox.
	OpenSandbox struct{}
)

// Grab asks to pick a row up, to be dropped elsewhere: by the mouse, which drags
// it, or by keys.
type Grab struct {
	Row     SelectRow
	Dragged bool
	// Alone leaves the marked rows where they are.
	Alone bool
}

// Along reports whether marked rows are picked up with the row, which is one of
// them or not. The mouse takes them along only when it takes hold of one.
func (g Grab) Along(marked bool) bool { return !g.Alone && (marked || !g.Dragged) }

// Aim asks to show the drop line where a row is, or at the end of the part when
// the row has no key. The zero value takes the line away.
type Aim struct {
	Row SelectRow
	// Edge is -1 at the upper edge of the part, 1 at the lower.
	Edge int
	// Tab is true over the name of a part that is not shown.
	Tab bool
}

// Drop asks to put down what was picked up where the drop line is.
type Drop struct{}

// ClickAt hands a click to a pane that finds what is there by itself, such as
// a form: x and y are relative to the region's corner.
type ClickAt struct {
	Part PaneName
	X, Y int
}

type (
	// Divide asks to move the divider at the right of a part to a column of the
	// screen.
	Divide struct {
		Part PaneName
		X    int
	}
	// Divided says that the divider stays there.
	Divided struct{}
)

// IsIntent marks an intent.
func (Act) IsIntent() {}

// IsIntent marks an intent.
func (SelectRow) IsIntent() {}

// IsIntent marks an intent.
func (ActOn) IsIntent() {}

// IsIntent marks an intent.
func (EstimateAs) IsIntent() {}

// IsIntent marks an intent.
func (OpenTicket) IsIntent() {}

// IsIntent marks an intent.
func (OpenStory) IsIntent() {}

// IsIntent marks an intent.
func (OpenBeside) IsIntent() {}

// IsIntent marks an intent.
func (NewStory) IsIntent() {}

// IsIntent marks an intent.
func (NewIntegration) IsIntent() {}

// IsIntent marks an intent.
func (CheckLinks) IsIntent() {}

// IsIntent marks an intent.
func (Find) IsIntent() {}

// IsIntent marks an intent.
func (MoveOnBoard) IsIntent() {}

// IsIntent marks an intent.
func (OpenSandbox) IsIntent() {}

// IsIntent marks an intent.
func (Scroll) IsIntent() {}

// IsIntent marks an intent.
func (FocusPart) IsIntent() {}

// IsIntent marks an intent.
func (Grab) IsIntent() {}

// IsIntent marks an intent.
func (Aim) IsIntent() {}

// IsIntent marks an intent.
func (Drop) IsIntent() {}

// IsIntent marks an intent.
func (Divide) IsIntent() {}

// IsIntent marks an intent.
func (Divided) IsIntent() {}

// IsIntent marks an intent.
func (ClickAt) IsIntent() {}

// PaneName names a part of a screen that can be focused or scrolled.
type PaneName string
