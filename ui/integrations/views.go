package integrations

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
)

// viewChoice reads the views that the user of a form can see, and offers them.
type viewChoice struct {
	*host
	// run is the generation of the last question for views.
	run int
}

// viewsRead brings the views that the user of a form can see.
type viewsRead struct {
	// run is the generation of the question.
	run   int
	views []tracker.View
	err   error
}

// ask reads the views that the user of a draft can see.
func (v *viewChoice) ask(d tracker.IntegrationDraft) tea.Cmd {
	v.run = v.Next()
	run, service := v.run, v.Service
	return tea.Batch(v.Say("Loading views…"), v.Do(func(ctx context.Context) tea.Msg {
		ctx, stop := context.WithTimeout(ctx, testTimeout)
		defer stop()
		views, err := service.Accounts.Views(ctx, d)
		return viewsRead{run: run, views: views, err: err}
	}))
}

// offer asks which of the views that were read is wanted; now is the one that is
// chosen already, 0 for none.
func (v *viewChoice) offer(views []tracker.View, now tracker.ViewID, chosen func(tracker.ViewID) tea.Cmd) tea.Cmd {
	if len(views) == 0 {
		return v.Refuse("This user cannot see any view. Ask an administrator to share one in Zendesk")
	}
	rows := make([]dialog.Choice, len(views))
	for i, view := range views {
		rows[i] = dialog.Choice{Text: draw.Line(view.Title), Note: strconv.FormatInt(int64(view.ID), 10), Current: view.ID == now}
	}
	return v.Open(dialog.NewChooser(v.Host, "Which view?", rows, func(i int) tea.Cmd { return chosen(views[i].ID) }), pane.Overlay)
}
