package newstory

import (
	"storydesk/tracker"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
)

// The fields, by the names that the tracker's errors use.
const (
	fieldName   = "name"
	fieldType   = "type"
	fieldColumn = "column"
	fieldOwners = "owners"
	fieldLabels = "labels"
)

// newForm makes the form of a story that goes into a column.
func newForm(in tracker.Column) *form.Form {
	types := make([]form.Option, 0, len(tracker.StoryTypes()))
	for _, t := range tracker.StoryTypes() {
		types = append(types, form.Option{Value: string(t), Label: string(t)})
	}
	columns := make([]form.Option, 0, 2)
	for _, c := range []tracker.Column{tracker.Backlog, tracker.Icebox} {
		columns = append(columns, form.Option{Value: string(c), Label: layout.Title(intent.PartOf(c))})
	}
	const several = "separate several with commas"
	return form.New(
		form.Field{Name: fieldName, Label: "Name", Limit: tracker.MaxStoryName},
		form.Field{Name: fieldType, Label: "Type", Kind: form.Choice, Options: types},
		form.Field{Name: fieldColumn, Label: "Column", Kind: form.Choice, Options: columns, Value: string(in)},
		form.Field{Name: fieldOwners, Label: "Owners", Help: several, Several: true},
		form.Field{Name: fieldLabels, Label: "Labels", Help: several, Several: true},
	)
}
