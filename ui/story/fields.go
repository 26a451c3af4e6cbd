package story

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
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

// EditField asks to edit a field of the story where it stands; its name is the one
// that the tracker's errors use.
type EditField struct{ Name string }

// IsIntent marks an intent.
func (EditField) IsIntent() {}

// writeHead writes the story's name and, below it, its other fields.
func (p *Pane) writeHead(w *document.Writer) {
	st := p.detail.Story
	glyph, role := present.TypeGlyph(st.Type)
	mark := []draw.Run{{Role: role, Text: w.Theme.Glyph(glyph) + " "}}
	if p.editing(EditField{present.FieldName}) {
		w.Leave(mark, 1)
	} else {
		first := len(w.Lines)
		w.Paragraph(mark, theme.Text|theme.Bold, draw.Line(st.Name))
		w.LinkFrom(first, EditField{present.FieldName})
	}
	w.Row(storyFacts(st, p.detail.Project))
	if p.written.Kept != "" {
		w.Line([]draw.Run{{Role: theme.Warning, Text: "Unsaved text from the editor · " + p.Keys.Key(keymap.ScopeItem, intent.ActWrite) + " continues it"}})
	}
}

// storyFacts are a story's short fields. One that is empty says so, since it
// can be filled in.
func storyFacts(st tracker.Story, project tracker.Project) []document.StopRun {
	field := func(name, value, none string) document.StopRun {
		if value == "" {
			return document.StopRun{Run: draw.Run{Role: theme.Muted, Text: none}, Want: EditField{name}}
		}
		return document.StopRun{Run: draw.Run{Role: theme.Muted, Text: value}, Want: EditField{name}}
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
func (p *Pane) editFact(name string) tea.Cmd {
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
		return p.Open(dialog.NewPrompt(p.Host, label, value, p.saveDeadline), pane.Line)
	}
	return nil
}

// perform does an action, or says why it cannot be done now.
func (p *Pane) perform(id intent.ActionID) tea.Cmd {
	if reason := p.Disabled(id); reason != "" {
		return p.Refuse(reason)
	}
	cmd, _ := p.act(id)
	return cmd
}

func (p *Pane) saveDeadline(answer string) tea.Cmd {
	day, err := tracker.ParseDeadline(answer)
	if err != nil {
		return p.Fail(err)
	}
	return p.saveFields(tracker.StoryEdit{Deadline: &day})
}

// saveFields saves what was chosen.
func (p *Pane) saveFields(e tracker.StoryEdit) tea.Cmd {
	base := p.detail.Story
	e.ID, e.Base = p.id, &base
	service := p.Service
	return command.ChangeNamed(p.Host, func(ctx context.Context) pane.Done {
		_, err := service.Stories.EditStory(ctx, e)
		return pane.Done{Said: fmt.Sprintf("%s saved", e.ID), Err: err, What: command.Outcome{Story: e.ID}}
	})
}

func (p *Pane) chooseType() tea.Cmd {
	types := tracker.StoryTypes()
	rows := make([]dialog.Choice, len(types))
	for i, t := range types {
		rows[i] = dialog.Choice{Text: string(t), Current: t == p.detail.Story.Type}
	}
	return p.Open(dialog.NewChooser(p.Host, fmt.Sprintf("Type of %s", p.id), rows, func(i int) tea.Cmd {
		return p.saveFields(tracker.StoryEdit{Type: &types[i]})
	}), pane.Overlay)
}

// chooseNames opens the picker of a field.
func (p *Pane) chooseNames(field string) tea.Cmd {
	st := p.detail.Story
	switch field {
	case fieldOwners:
		return p.Open(dialog.NewPicker(p.Host, fmt.Sprintf("Owners of %s", p.id), st.Owners, p.readPeople(), func(names []string) tea.Cmd {
			return p.saveFields(tracker.StoryEdit{Owners: &names})
		}), pane.Overlay)
	case fieldLabels:
		return p.Open(dialog.NewPicker(p.Host, fmt.Sprintf("Labels of %s", p.id), st.Labels, p.readLabels(), func(names []string) tea.Cmd {
			return p.saveFields(tracker.StoryEdit{Labels: &names})
		}), pane.Overlay)
	}
	one := dialog.NewPicker(p.Host, fmt.Sprintf("Requester of %s", p.id), []string{st.Requester}, p.readPeople(), func(names []string) tea.Cmd {
		return p.saveFields(tracker.StoryEdit{Requester: &names[0]})
	})
	one.Single = true
	return p.Open(one, pane.Overlay)
}

func (p *Pane) readPeople() func(context.Context) ([]string, error) {
	service, project := p.Service, p.detail.Story.ProjectID
	return func(ctx context.Context) ([]string, error) {
		people, _, err := service.Stories.Names(ctx, project)
		return people, err
	}
}

func (p *Pane) readLabels() func(context.Context) ([]string, error) {
	service, project := p.Service, p.detail.Story.ProjectID
	return func(ctx context.Context) ([]string, error) {
		_, labels, err := service.Stories.Names(ctx, project)
		return labels, err
	}
}
