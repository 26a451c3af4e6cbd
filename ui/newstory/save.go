package newstory

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// wanted is the story as the form has it.
func (p *Pane) wanted() tracker.NewStory {
	return tracker.NewStory{
		ProjectID: p.Project.ID, Name: strings.TrimSpace(p.form.Value(fieldName)), Type: tracker.StoryType(p.form.Value(fieldType)),
		Owners: form.Values(p.form.Value(fieldOwners)), Labels: form.Values(p.form.Value(fieldLabels)),
		Place: p.goes(), Template: true, Draft: p.draft.Key,
	}
}

// goes is where the story goes: where the cursor was, or to the top of another column.
func (p *Pane) goes() tracker.Place {
	if column := tracker.Column(p.form.Value(fieldColumn)); column != p.place.Column {
		return tracker.Place{Column: column}
	}
	return p.place
}

// save creates the story and closes the form, unless something is wrong with it.
func (p *Pane) save() tea.Cmd {
	p.form.ClearErrors()
	wanted := p.wanted()
	if lost := p.Settings.StoreLost(); lost != nil {
		p.form.SetError(fieldName, dialog.NotSaving(lost)) // what was typed stays
		return nil
	}
	if err := (tracker.Story{Name: wanted.Name, Type: wanted.Type}).Validate(p.Project); err != nil {
		p.showError(err)
		return nil
	}
	p.settled = true
	p.Drafts[p.draft.Key] = pane.TypedText{Text: p.packed()} // until it is there, or for the next try
	closed := p.Close()
	return tea.Batch(closed, p.Dispatch(p.Top(), intent.FocusPart{Part: intent.PartOf(wanted.Place.Column)}), p.create(wanted))
}

// create adds the story.
func (p *Pane) create(wanted tracker.NewStory) tea.Cmd {
	service, place := p.Service, p.place
	return command.ChangeNamed(p.Commands, func(ctx context.Context) pane.Done {
		st, err := service.Stories.AddStory(ctx, wanted)
		if code := tracker.CodeOf(err); wanted.Place.Before != 0 && (code == tracker.CodeRefused || code == tracker.CodeNotFound) {
			// The story that it was to stand above has gone elsewhere.
			wanted.Place = tracker.Place{Column: place.Column}
			st, err = service.Stories.AddStory(ctx, wanted)
		}
		if err != nil {
			return pane.Done{Err: err, Draft: wanted.Draft, What: Again{place}}
		}
		return pane.Done{Said: fmt.Sprintf("Story %s created", st.ID), Draft: wanted.Draft, What: command.Outcome{Story: st.ID, Reveal: true}}
	})
}
