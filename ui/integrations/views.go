package integrations

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// viewsRead brings the views that the user of a form can see.
type viewsRead struct {
	// run is the generation of the question.
	run   int
	views []tracker.View
	err   error
}

// askViews reads the views that the user Filled in can see.
func (p *Form) askViews() tea.Cmd {
	p.asked = p.Next()
	run, service, d := p.asked, p.Service, p.Filled()
	p.form.ClearErrors()
	return tea.Batch(p.Say("Loading views…"), p.Do(func(ctx context.Context) tea.Msg {
		ctx, stop := context.WithTimeout(ctx, trialTime)
		defer stop()
		views, err := service.Accounts.Views(ctx, d)
		return viewsRead{run: run, views: views, err: err}
	}))
}

// chooseView offers the views that were read, and fills in the one chosen.
func (p *Form) chooseView(msg viewsRead) tea.Cmd {
	if msg.run != p.asked || p.Top() != pane.Pane(p) {
		return nil
	}
	if msg.err != nil {
		if !p.showError(msg.err) {
			return p.Fail(msg.err)
		}
		return nil
	}
	if len(msg.views) == 0 {
		return p.Refuse("This user cannot see any view. Ask an administrator to share one in Zendesk")
	}
	now, _ := p.Service.Accounts.CheckIntegration(p.Filled())
	rows := make([]dialog.Choice, len(msg.views))
	for i, v := range msg.views {
		rows[i] = dialog.Choice{Text: draw.Line(v.Title), Note: strconv.FormatInt(int64(v.ID), 10), Current: v.ID == now.ViewID}
	}
	return p.Open(dialog.NewChooser(p.Host, "Which view?", rows, func(i int) tea.Cmd {
		p.form.SetValue(present.FieldView, rows[i].Note)
		p.form.Focus(present.FieldView)
		p.explain()
		return p.draft.Typed()
	}), pane.Overlay)
}
