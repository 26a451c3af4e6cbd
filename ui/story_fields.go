package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
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

// IsIntent marks an intent.
func (editField) IsIntent() {}

// writeHead writes the story's name and, below it, its other fields.
func (p *storyPane) writeHead(w *document.Writer) {
	st := p.detail.Story
	glyph, role := present.TypeGlyph(st.Type)
	mark := []draw.Run{{Role: role, Text: w.Theme.Glyph(glyph) + " "}}
	if p.editing(editField{present.FieldName}) {
		w.Leave(mark, 1)
	} else {
		first := len(w.Lines)
		w.Paragraph(mark, theme.Text|theme.Bold, draw.Line(st.Name))
		w.LinkFrom(first, editField{present.FieldName})
	}
	w.Row(storyFacts(st, p.detail.Project))
	if p.written.kept != "" {
		w.Line([]draw.Run{{Role: theme.Warning, Text: "Unsaved text from the editor · " + p.keys.Key(keymap.ScopeItem, intent.ActWrite) + " continues it"}})
	}
}

// storyFacts are a story's short fields. One that is empty says so, since it
// can be filled in.
func storyFacts(st tracker.Story, project tracker.Project) []document.StopRun {
	field := func(name, value, none string) document.StopRun {
		if value == "" {
			return document.StopRun{Run: draw.Run{Role: theme.Muted, Text: none}, Want: editField{name}}
		}
		return document.StopRun{Run: draw.Run{Role: theme.Muted, Text: value}, Want: editField{name}}
	}
	facts := []document.StopRun{field(fieldType, string(st.Type), "no type")}
	if tracker.Estimatable(st.Type, project) || st.Estimate != nil {
		facts = append(facts, field(fieldEstimate, present.PointsOf(st), "no points"))
	}
	facts = append(facts,
		field(fieldOwners, present.Named("owner", strings.Join(st.Owners, ", ")), "no owner"),
		field(fieldRequester, present.Named("requested by", st.Requester), "no requester"),
		field(fieldLabels, present.Named("labels", strings.Join(st.Labels, ", ")), "no labels"))
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
		return p.perform(intent.ActEstimate)
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
func (p *storyPane) perform(id intent.ActionID) tea.Cmd {
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
