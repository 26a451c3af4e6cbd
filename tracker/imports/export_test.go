package imports_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/jsonlines"
	"storydesk/tracker/transfer/pivotal"
)

// records exports the project.
func records(t *testing.T, w *trackertest.World, project tracker.ProjectID) (list []transfer.Record) {
	t.Helper()
	err := w.Engine.Imports.Export(t.Context(), project, func(r transfer.Record) error {
		list = append(list, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// another adds an empty project.
func another(t *testing.T, w *trackertest.World) tracker.ProjectID {
	t.Helper()
	p, err := w.Engine.Projects.AddProject(t.Context(), tracker.NewProject("Another"))
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// alike leaves out what an import does anew: its own entry in the history and when a
// story changed last.
func alike(list []transfer.Record) (same []transfer.Record) {
	for _, r := range list {
		switch {
		case r.Activity != nil && strings.HasSuffix(r.Activity.Message, " imported"):
			continue
		case r.Story != nil:
			st := *r.Story
			st.UpdatedAt = st.CreatedAt
			r.Story = &st
		}
		same = append(same, r)
	}
	return same
}

func TestAnExportAsJSONLinesImportsToAnEqualProject(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	bring(t, w, export, nil)
	made := w.Story(w.Ticket(tracker.TicketNew))
	w.Comment(made, "A comment\nof two lines")
	w.Start(made)
	before := records(t, w, w.In.ProjectID)
	var out bytes.Buffer
	lines, err := jsonlines.NewWriter(&out)
	for _, r := range before {
		if err == nil {
			err = lines.Write(r)
		}
	}
	if err != nil || lines.Close() != nil {
		t.Fatal(err)
	}
	from := jsonlines.OpenFile("acme.jsonl", func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(out.Bytes())), nil })
	complain := func(f transfer.Finding) { t.Error(f) }
	for project, want := range map[tracker.ProjectID]transfer.Count{
		another(t, w): {Read: 8, Added: 8}, w.In.ProjectID: {Read: 8, Same: 8},
	} {
		report, err := w.Engine.Imports.Import(t.Context(), from, transfer.Options{Project: project, Found: complain})
		if err != nil {
			t.Fatal(err)
		}
		if got := report.Counts[transfer.Stories]; got != want {
			t.Errorf("the stories are %+v, want %+v", got, want)
		}
		after := records(t, w, project)
		if diff := cmp.Diff(alike(before), alike(after), cmpopts.IgnoreFields(transfer.Project{}, "Name")); diff != "" {
			t.Error(diff)
		}
	}
}

// tableOf writes records as Tracker's table.
func tableOf(t *testing.T, list []transfer.Record) string {
	t.Helper()
	var shape pivotal.Shape
	for _, r := range list {
		shape.Add(r)
	}
	var out strings.Builder
	table, err := pivotal.NewWriter(&out, shape)
	for _, r := range list {
		if err == nil {
			err = table.Write(r)
		}
	}
	if err != nil || table.Close() != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAnExportAsTableImportsToTheSameStories(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, export, nil)
	before := records(t, w, w.In.ProjectID)
	out := tableOf(t, before)
	to := another(t, w)
	bring(t, w, out, func(o *transfer.Options) { o.Project = to })
	after := records(t, w, to)
	onlyStories := func(list []transfer.Record) (stories []transfer.Record) {
		for _, r := range alike(list) {
			if r.Story != nil {
				r.Story.AcceptedAt = r.Story.AcceptedAt.Truncate(24 * time.Hour) // a table knows the day
				stories = append(stories, r)
			}
		}
		return stories
	}
	if diff := cmp.Diff(onlyStories(before), onlyStories(after)); diff != "" {
		t.Error(diff)
	}
	report, found, changed := bring(t, w, export, func(o *transfer.Options) { o.Project = to })
	if c := report.Counts[transfer.Stories]; c != (transfer.Count{Read: 7, Same: 7}) {
		t.Errorf("the original export afterwards: %+v, %q, %+v", c, found, changed)
	}
}

// Settings that no project can have are told of, and the others with them left out.
func TestSettingsThatNoProjectCanHave(t *testing.T) {
	t.Parallel()
	w := world(t)
	lines := func(weeks string) transfer.Reader {
		text := `{"format":"storydesk","version":1}` + "\n" + `{"project":{"name":"Acme","point_scale":[0,1],"estimate_all":false,"iteration_weeks":` + weeks +
			`,"week_start":"tuesday","time_zone":"UTC","initial_velocity":9,"velocity_averaged_over":2,"manual_planning":false,"done_shown":5}}` + "\n" +
			`{"story":{"name":"A","type":"feature","state":"unscheduled"}}` + "\n"
		return jsonlines.OpenFile("acme.jsonl", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
	}
	for weeks, want := range map[string]int{"9": 0, "2": 6} {
		var found []string
		report, err := w.Engine.Imports.Import(t.Context(), lines(weeks), transfer.Options{
			Project: w.In.ProjectID, DryRun: true, Found: func(f transfer.Finding) { found = append(found, f.String()) },
		})
		if err != nil || len(report.Settled) != want {
			t.Errorf("with %s weeks it takes over %+v, %v", weeks, report.Settled, err)
		}
		if told := strings.Join(found, "\n") == "acme.jsonl: the project's settings are left out: an iteration lasts 1 to 4 weeks"; told != (want == 0) {
			t.Errorf("with %s weeks it tells %q", weeks, found)
		}
	}
}
