package board

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/board/reading"
	"storydesk/ui/intent"
)

// reader reads what the board shows, again when it may have changed. One reading is
// under way at a time; what changes meanwhile is read after it.
type reader struct {
	*host
	columns *columns.Columns
	panel   *panel
	// generation distinguishes this project's readings from an earlier one's.
	generation int
	// loaded is true once something was read, reading while a reading is under
	// way; pending is what has to be read after it.
	loaded, reading bool
	pending         tracker.Hint
	// velocity is the one that the viewer tries out, 0 for none.
	velocity int
	// covered is how many of the user's changes the stories show.
	covered int
}

// boardRead brings what the board shows, as far as it was asked for.
type boardRead struct {
	reading.Result
	request    reading.Request
	generation int
	// begun is when it began: a number that grows with all that is asked for.
	begun int
	// changes is how many of the user's changes it covers, 0 where it has no stories.
	changes int
	err     error
}

// read reads what may have changed.
func (r *reader) read(kinds tracker.Hint) tea.Cmd {
	r.pending |= kinds
	if r.reading || r.pending == 0 {
		return nil
	}
	r.reading = true
	kinds, r.pending = r.pending, 0
	service := r.Service.Board
	begins := boardRead{
		request: reading.Request{
			Kinds: kinds, Project: r.Project.ID, Panel: r.panel.id, Order: tracker.TicketOrder(r.Config.Sort[string(intent.PaneTickets)]), Parts: r.columns.ToRead(),
			ToAnswer: r.columns.View.Shows(intent.PaneAnswer), Epics: r.columns.View.Shows(intent.PaneEpics), Demand: r.columns.Demand, Velocity: r.velocity,
		},
		generation: r.generation, begun: r.Next(),
	}
	if kinds.Has(tracker.HintStories) {
		_, begins.changes = r.StoryChanges()
	}
	return r.Do(func(ctx context.Context) tea.Msg {
		msg := begins
		msg.Result, msg.err = reading.Read(ctx, service, msg.request)
		return msg
	})
}

// readAdded reads the stories of parts that were not shown before.
func (r *reader) readAdded(before []intent.PaneName) tea.Cmd {
	if !r.columns.AddsOptional(before) {
		return nil
	}
	return r.read(tracker.HintStories)
}

// tryVelocity plans with another velocity, 0 for the project's own.
func (r *reader) tryVelocity(velocity int) tea.Cmd {
	r.velocity = velocity
	return r.read(tracker.HintStories)
}

// ended notes that a reading has ended, and reports whether it is of this project.
func (r *reader) ended(msg boardRead) bool {
	if msg.generation != r.generation {
		return false
	}
	r.reading = false
	if msg.err == nil {
		r.loaded = true
		r.cover(msg.changes)
	}
	return true
}

// cover notes that the stories show so many of the user's changes.
func (r *reader) cover(changes int) { r.covered = max(r.covered, changes) }

// awaitsStories reports whether the stories do not show all of the user's changes yet.
func (r *reader) awaitsStories() bool {
	asked, _ := r.StoryChanges()
	return r.covered < asked
}

// settled reports whether everything that was asked for has been read.
func (r *reader) settled() bool { return r.loaded && !r.reading && r.pending == 0 }
