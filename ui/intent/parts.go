package intent

import "storydesk/tracker"

// PartOf is the part of the board that shows a column.
func PartOf(c tracker.Column) PaneName {
	if c == tracker.Icebox {
		return PaneIcebox
	}
	return PaneBacklog
}

// The board's parts.
const (
	PaneTickets PaneName = "tickets"
	// PanePreview is the preview of the selected row. It is never focused.
	PanePreview PaneName = "preview"
	PaneBacklog PaneName = "backlog"
	PaneIcebox  PaneName = "icebox"
	PaneDone    PaneName = "done"
	PaneMine    PaneName = "mine"
	PaneSearch  PaneName = "search"
	PaneAnswer  PaneName = "answer"
	PaneDemand  PaneName = "demand"
	PaneEpics   PaneName = "epics"
)
