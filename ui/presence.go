package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/story"
)

// attendant tells others which story the user has open, and follows what they have open. It
// does nothing where nobody shares the database.
type attendant struct {
	*host
	// told is what others were told last, telling is true while they are told.
	told    attendance
	telling bool
}

// attendance is the story that the user has open, 0 for none, and whether they write on it.
type attendance struct {
	story   tracker.StoryID
	writing bool
}

// attendanceTold reports that others were told, or could not be.
type attendanceTold attendance

// follow tells others what the user has open by now, one thing after the other.
func (a *attendant) follow() tea.Cmd {
	service, now := a.Service.Presence, a.now()
	if service == nil || a.telling || now == a.told {
		return nil
	}
	a.telling = true
	return a.Do(func(ctx context.Context) tea.Msg {
		_ = service.Attend(ctx, now.story, now.writing) // that the server is lost is told anyway
		return attendanceTold(now)
	})
}

// now is the topmost story that is open.
func (a *attendant) now() (now attendance) {
	for _, l := range a.Layers {
		if p, ok := l.Pane.(*story.Pane); ok {
			now.story, now.writing = story.Attended(p)
		}
	}
	return now
}

// ended notes what others were told. The store tells it again by itself where that failed.
func (a *attendant) ended(msg attendanceTold) { a.telling, a.told = false, attendance(msg) }

// heard takes what others have open, and returns what else may have changed.
func (a *attendant) heard(hint tracker.Hint) tracker.Hint {
	if hint.Has(tracker.HintPresence) && a.Service.Presence != nil {
		a.Others = a.Service.Presence.Others()
		a.OthersVersion++
	}
	return hint &^ tracker.HintPresence
}
