package story

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
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
	fieldFollowers   = "followers"
)

// EditField asks to edit a field of the story where it stands; its name is the one
// that the tracker's errors use.
type EditField struct{ Name string }

// IsIntent marks an intent.
func (EditField) IsIntent() {}

// storyFacts are a story's short fields. One that is empty says so, since it
// can be filled in.
func storyFacts(st tracker.Story, project tracker.Project, parts tracker.Parts) []document.StopRun {
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
	if follow := followers(parts); follow != "" {
		facts = append(facts, field(fieldFollowers, follow, ""))
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

// fields asks for the new value of a story's short field, in the way that suits the
// field, and saves it.
type fields struct {
	*host
	// latest is the story as it was read last.
	latest func() tracker.Story
}

// edit asks for a field's new value. The estimate is asked for by its action.
func (f *fields) edit(name string) tea.Cmd {
	st := f.latest()
	switch name {
	case fieldType:
		return f.chooseType()
	case fieldOwners:
		return f.pick("Owners", st.Owners, false, person.Same, f.people(), func(names []string) tracker.StoryEdit { return tracker.StoryEdit{Owners: &names} })
	case fieldRequester:
		return f.pick("Requester", []string{st.Requester}, true, person.Same, f.people(), func(names []string) tracker.StoryEdit { return tracker.StoryEdit{Requester: &names[0]} })
	case fieldLabels:
		return f.pick("Labels", st.Labels, false, strings.EqualFold, f.labels(), func(names []string) tracker.StoryEdit { return tracker.StoryEdit{Labels: &names} })
	case fieldDeadline:
		return f.askDeadline()
	}
	return nil
}

func (f *fields) askDeadline() tea.Cmd {
	st, value := f.latest(), ""
	if st.Deadline != nil {
		value = st.Deadline.Format(time.DateOnly)
	}
	label := fmt.Sprintf("Deadline of %s, such as 2026-12-24; empty for none", st.ID)
	return f.Open(dialog.NewPrompt(f.Host, label, value, func(answer string) tea.Cmd {
		day, err := tracker.ParseDeadline(answer)
		if err != nil {
			return f.Fail(err)
		}
		return f.save(st, tracker.StoryEdit{Deadline: &day})
	}), pane.Line)
}

// save saves what was chosen of a story as the user saw it then.
func (f *fields) save(base tracker.Story, e tracker.StoryEdit) tea.Cmd {
	e.Base = &base
	service := f.Service
	return command.ChangeNamed(f.Commands, func(ctx context.Context) pane.Done {
		_, err := service.Stories.Edit(ctx, []tracker.StoryID{base.ID}, e)
		return pane.Done{Said: fmt.Sprintf("%s saved", base.ID), Err: err, What: command.Outcome{Story: base.ID}}
	})
}

func (f *fields) chooseType() tea.Cmd {
	types, st := tracker.StoryTypes(), f.latest()
	rows := make([]dialog.Choice, len(types))
	for i, t := range types {
		rows[i] = dialog.Choice{Text: string(t), Current: t == st.Type}
	}
	return f.Open(dialog.NewChooser(f.Host, fmt.Sprintf("Type of %s", st.ID), rows, func(i int) tea.Cmd {
		return f.save(st, tracker.StoryEdit{Type: &types[i]})
	}), pane.Overlay)
}

// pick opens the picker of a field that has names; same tells which are one.
func (f *fields) pick(
	of string, names []string, single bool, same func(a, b string) bool, read func(context.Context) ([]string, error), edit func(names []string) tracker.StoryEdit,
) tea.Cmd {
	st := f.latest()
	p := dialog.NewPicker(f.Host, fmt.Sprintf("%s of %s", of, st.ID), names, read, func(names []string) tea.Cmd { return f.save(st, edit(names)) })
	p.Single, p.Same = single, same
	return f.Open(p, pane.Overlay)
}

func (f *fields) people() func(context.Context) ([]string, error) {
	service, project := f.Service, f.latest().ProjectID
	return func(ctx context.Context) ([]string, error) {
		people, _, err := service.Stories.Names(ctx, project)
		return people, err
	}
}

func (f *fields) labels() func(context.Context) ([]string, error) {
	service, project := f.Service, f.latest().ProjectID
	return func(ctx context.Context) ([]string, error) {
		_, labels, err := service.Stories.Names(ctx, project)
		return labels, err
	}
}
