package ui

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/present"
)

// viewsRead brings the views that the user of a form can see.
type viewsRead struct {
	// run is the generation of the question.
	run   int
	views []tracker.View
	err   error
}

// askViews reads the views that the user filled in can see.
func (p *integrationForm) askViews() tea.Cmd {
	p.asked = p.next()
	run, service, d := p.asked, p.service, p.filled()
	p.form.ClearErrors()
	return tea.Batch(p.say("Loading views…"), p.do(func(ctx context.Context) tea.Msg {
		ctx, stop := context.WithTimeout(ctx, trialTime)
		defer stop()
		views, err := service.Accounts.Views(ctx, d)
		return viewsRead{run: run, views: views, err: err}
	}))
}

// chooseView offers the views that were read, and fills in the one chosen.
func (p *integrationForm) chooseView(msg viewsRead) tea.Cmd {
	if msg.run != p.asked || p.top() != pane(p) {
		return nil
	}
	if msg.err != nil {
		if !p.showError(msg.err) {
			return p.fail(msg.err)
		}
		return nil
	}
	if len(msg.views) == 0 {
		return p.refuse("This user cannot see any view. Ask an administrator to share one in Zendesk")
	}
	now, _ := p.service.Accounts.CheckIntegration(p.filled())
	rows := make([]choice, len(msg.views))
	for i, v := range msg.views {
		rows[i] = choice{text: draw.Line(v.Title), note: strconv.FormatInt(int64(v.ID), 10), current: v.ID == now.ViewID}
	}
	return p.open(newChooser(p.shell, "Which view?", rows, func(i int) tea.Cmd {
		p.form.SetValue(present.FieldView, rows[i].note)
		p.form.Focus(present.FieldView)
		p.explain()
		return p.draft.typed()
	}), placeOverlay)
}
