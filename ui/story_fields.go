package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

// The fields of a story, by the names that the tracker's errors use.
const (
	fieldType        = "type"
	fieldEstimate    = "estimate"
	fieldOwners      = "owners"
	fieldRequester   = "requester"
	fieldLabels      = "labels"
	fieldDeadline    = "deadline"
	fieldDescription = "description"
)

// editField asks to edit a field of the story where it stands.
type editField struct{ name string }

func (editField) isIntent() {}

// writeHead writes the story's name and, below it, its other fields.
func (p *storyPane) writeHead(w *docWriter) {
	st := p.detail.Story
	glyph, role := typeGlyph(st.Type)
	mark := []run{{role, w.theme.Glyph(glyph) + " "}}
	if p.editing(editField{fieldName}) {
		w.leave(mark, 1)
	} else {
		first := len(w.lines)
		w.paragraph(mark, theme.Text|theme.Bold, line(st.Name))
		w.linkFrom(first, editField{fieldName})
	}
	w.row(storyFacts(st, p.detail.Project))
	if p.written.kept != "" {
		w.line([]run{{theme.Warning, "Unsaved text from the editor · " + p.keys.key(scopeItem, actWrite) + " continues it"}})
	}
}

// storyFacts are a story's short fields. One that is empty says so, since it
// can be filled in.
func storyFacts(st tracker.Story, project tracker.Project) []stopRun {
	field := func(name, value, none string) stopRun {
		if value == "" {
			return stopRun{run{theme.Muted, none}, editField{name}}
		}
		return stopRun{run{theme.Muted, value}, editField{name}}
	}
	facts := []stopRun{field(fieldType, string(st.Type), "no type")}
	if tracker.Estimatable(st.Type, project) || st.Estimate != nil {
		facts = append(facts, field(fieldEstimate, pointsOf(st), "no points"))
	}
	facts = append(facts,
		field(fieldOwners, named("owner", strings.Join(st.Owners, ", ")), "no owner"),
		field(fieldRequester, named("requested by", st.Requester), "no requester"),
		field(fieldLabels, named("labels", strings.Join(st.Labels, ", ")), "no labels"))
	if st.Type == tracker.Release {
		facts = append(facts, field(fieldDeadline, dueOn(st.Deadline), "no deadline"))
	}
	return facts
}

// dueOn says on which day a release is due, empty without a deadline.
func dueOn(t *time.Time) string {
	if t == nil {
		return ""
	}
	return "due " + t.Format("2 Jan 2006")
}

// editFact asks for a short field's new value in the way that suits the field.
func (p *storyPane) editFact(name string) tea.Cmd {
	st := p.detail.Story
	switch name {
	case fieldType:
		return p.chooseType()
	case fieldEstimate:
		return p.perform(actEstimate)
	case fieldOwners, fieldRequester, fieldLabels:
		return p.chooseNames(name)
	case fieldDeadline:
		value := ""
		if st.Deadline != nil {
			value = st.Deadline.Format(time.DateOnly)
		}
		label := fmt.Sprintf("Deadline of %s, such as 2026-12-24; empty for none", p.id)
		return p.open(newPrompt(p.shell, label, value, p.saveDeadline), placeLine)
	}
	return nil
}

// perform does an action, or says why it cannot be done now.
func (p *storyPane) perform(id actionID) tea.Cmd {
	if reason := p.Disabled(id); reason != "" {
		return p.refuse(reason)
	}
	cmd, _ := p.act(id)
	return cmd
}

func (p *storyPane) saveDeadline(answer string) tea.Cmd {
	day, err := tracker.ParseDeadline(answer)
	if err != nil {
		return p.fail(err)
	}
	return p.saveFields(tracker.StoryEdit{Deadline: &day})
}

// saveFields saves what was chosen.
func (p *storyPane) saveFields(e tracker.StoryEdit) tea.Cmd {
	base := p.detail.Story
	e.ID, e.Base = p.id, &base
	service := p.service
	return p.changeNamed(func(ctx context.Context) done {
		_, err := service.Stories.EditStory(ctx, e)
		return done{said: fmt.Sprintf("%s saved", e.ID), err: err, story: e.ID}
	})
}

func (p *storyPane) chooseType() tea.Cmd {
	types := tracker.StoryTypes()
	rows := make([]choice, len(types))
	for i, t := range types {
		rows[i] = choice{text: string(t), current: t == p.detail.Story.Type}
	}
	return p.open(newChooser(p.shell, fmt.Sprintf("Type of %s", p.id), rows, func(i int) tea.Cmd {
		return p.saveFields(tracker.StoryEdit{Type: &types[i]})
	}), placeOverlay)
}

// chooseNames opens the picker of a field.
func (p *storyPane) chooseNames(field string) tea.Cmd {
	st := p.detail.Story
	switch field {
	case fieldOwners:
		return p.open(newPicker(p.shell, fmt.Sprintf("Owners of %s", p.id), st.Owners, p.readPeople(), func(names []string) tea.Cmd {
			return p.saveFields(tracker.StoryEdit{Owners: &names})
		}), placeOverlay)
	case fieldLabels:
		return p.open(newPicker(p.shell, fmt.Sprintf("Labels of %s", p.id), st.Labels, p.readLabels(), func(names []string) tea.Cmd {
			return p.saveFields(tracker.StoryEdit{Labels: &names})
		}), placeOverlay)
	}
	one := newPicker(p.shell, fmt.Sprintf("Requester of %s", p.id), []string{st.Requester}, p.readPeople(), func(names []string) tea.Cmd {
		return p.saveFields(tracker.StoryEdit{Requester: &names[0]})
	})
	one.single = true
	return p.open(one, placeOverlay)
}

func (p *storyPane) readPeople() func(context.Context) ([]string, error) {
	service, project := p.service, p.detail.Story.ProjectID
	return func(ctx context.Context) ([]string, error) {
		people, _, err := service.Stories.Names(ctx, project)
		return people, err
	}
}

func (p *storyPane) readLabels() func(context.Context) ([]string, error) {
	service, project := p.service, p.detail.Story.ProjectID
	return func(ctx context.Context) ([]string, error) {
		_, labels, err := service.Stories.Names(ctx, project)
		return labels, err
	}
}
