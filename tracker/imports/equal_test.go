package imports_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/jsonlines"
)

// drawn makes up what a project holds.
type drawn struct {
	*rapid.T
	w       tracker.Writer
	number  int
	project tracker.Project
	stories []tracker.Story
	// put saves the content of an attachment.
	put func(content string) (tracker.StoryFile, error)
}

func (d drawn) text(of string) string {
	return rapid.SampledFrom([]string{
		"Log in", "=1+1", `He said "no", twice`, "Two\nlines", "ärger 日本語 👩‍👩‍👧", "see #12 and https://acme.zendesk.com/agent/tickets/5", "'=x", "a, b; c\td", " led by spaces",
	}).Draw(d.T, of)
}

func (d drawn) person(of string) string {
	return rapid.SampledFrom([]string{"Ada Berg", "José Lind", "Bo Ek", "Cy Ott - Lund"}).Draw(d.T, of)
}

func (d drawn) yes(of string) bool { return rapid.Bool().Draw(d.T, of) }

// moment is a time since 2024, by the millisecond as the store has it.
func (d drawn) moment(of string) time.Time {
	return time.UnixMilli(rapid.Int64Range(1_704_067_200_001, 1_760_000_000_000).Draw(d.T, of)).UTC()
}

func (d drawn) settings() tracker.Project {
	p := tracker.NewProject(fmt.Sprintf("Drawn %d", d.number))
	p.PointScale = rapid.SampledFrom([][]float64{{0, 1, 2, 3}, {0, 0.5, 1, 8}}).Draw(d.T, "scale")
	p.EstimateAll, p.Manual = d.yes("estimate all"), d.yes("manual")
	p.IterationWeeks, p.WeekStart = rapid.IntRange(1, 4).Draw(d.T, "weeks"), time.Weekday(rapid.IntRange(0, 6).Draw(d.T, "first day"))
	p.TimeZone = rapid.SampledFrom([]string{"UTC", "Pacific/Auckland", "America/Los_Angeles"}).Draw(d.T, "zone")
	p.InitialVelocity, p.VelocityAveragedOver = rapid.IntRange(1, 40).Draw(d.T, "velocity"), rapid.IntRange(1, 4).Draw(d.T, "averaged")
	p.StartDate, p.DoneShown = time.Date(2024, 1, rapid.IntRange(1, 28).Draw(d.T, "start"), 0, 0, 0, 0, time.UTC), rapid.IntRange(1, 50).Draw(d.T, "shown")
	for n := range rapid.IntRange(0, 3).Draw(d.T, "overrides") {
		p.Overrides = append(p.Overrides, tracker.IterationOverride{
			Number: 3*n + 1, Weeks: rapid.IntRange(1, 4).Draw(d.T, "weeks of one"), Strength: rapid.IntRange(0, 200).Draw(d.T, "strength"),
		})
	}
	return p
}

func (d drawn) story(rank int64) tracker.Story {
	st := tracker.Story{
		ProjectID: d.project.ID, Name: fmt.Sprintf("%d %s", rank, d.text("name")), Description: d.text("description"), Rank: rank * tracker.RankStep,
		Type: rapid.SampledFrom(tracker.StoryTypes()).Draw(d.T, "type"), State: rapid.SampledFrom(tracker.States()).Draw(d.T, "state"),
		Requester: d.person("requester"), CreatedAt: d.moment("created"), UpdatedAt: d.moment("updated"),
	}
	if d.yes("owned") {
		st.Owners = tracker.CleanNames([]string{d.person("owner"), d.person("other owner")})
	}
	if d.yes("labelled") {
		st.Labels = []string{"csv", "web"}
	}
	if st.Type == tracker.Release && d.yes("due") {
		st.Deadline = new(time.Date(2025, 2, 3, 0, 0, 0, 0, time.UTC))
	}
	if tracker.Estimatable(st.Type, d.project) && d.yes("estimated") {
		st.Estimate = new(rapid.SampledFrom(d.project.PointScale).Draw(d.T, "points"))
	}
	if st.State == tracker.Accepted {
		st.AcceptedAt = new(d.moment("accepted").Add(time.Duration(rank))) // no two at once
		*st.AcceptedAt = st.AcceptedAt.Truncate(time.Millisecond)
	}
	for range rapid.IntRange(0, 2).Draw(d.T, "tasks") {
		st.Tasks = append(st.Tasks, tracker.Task{Text: d.text("task"), Done: d.yes("done"), CreatedAt: d.moment("task added")})
	}
	return st
}

// hang adds what hangs on a story.
func (d drawn) hang(st tracker.Story) (err error) {
	do := func(more error) {
		if err == nil {
			err = more
		}
	}
	var files []tracker.StoryFile
	for range rapid.IntRange(0, 3).Draw(d.T, "attachments") {
		f, err := d.file()
		do(err)
		f.StoryID = st.ID
		do(d.w.SaveFile(&f))
		files = append(files, f)
	}
	for range rapid.IntRange(0, 2).Draw(d.T, "comments") {
		c := tracker.Comment{StoryID: st.ID, Author: d.person("author"), Text: d.text("comment"), CreatedAt: d.moment("said")}
		do(d.w.AddComment(&c))
		for _, f := range files {
			if d.yes("carried") {
				do(d.w.CarryFile(c.ID, f.ID))
			}
		}
	}
	for range rapid.IntRange(0, 2).Draw(d.T, "blockers") {
		b := tracker.Blocker{StoryID: st.ID, Text: d.text("blocker"), Author: d.person("blocked by"), CreatedAt: d.moment("blocked")}
		if other := rapid.SampledFrom(d.stories).Draw(d.T, "blocking"); d.yes("by a story") && other.ID != st.ID {
			b.By, b.Text = other.ID, other.ID.String()
		}
		if d.yes("resolved") {
			b.ResolvedAt = d.moment("resolved at")
		}
		do(d.w.SaveBlocker(&b))
	}
	for range rapid.IntRange(0, 2).Draw(d.T, "reviews") {
		do(d.w.SaveReview(&tracker.Review{
			StoryID: st.ID, Type: rapid.SampledFrom([]string{"Test", "Code", "Legal"}).Draw(d.T, "review"), Reviewer: d.person("reviewer"),
			Status: rapid.SampledFrom(tracker.ReviewStatuses()).Draw(d.T, "status"), CreatedAt: d.moment("asked"), UpdatedAt: d.moment("reviewed"),
		}))
	}
	if d.yes("followed") {
		do(d.w.SaveFollowers(st.ID, []string{d.person("follower")}))
	}
	if d.yes("with a past") {
		do(d.w.AddActivity(&tracker.Activity{
			StoryID: st.ID, Actor: d.person("actor"), Verb: "edited", At: d.moment("edited"), Changes: []tracker.FieldChange{{Field: "name", Old: "Old", New: d.text("new")}},
		}))
	}
	return err
}

// file makes up an attachment.
func (d drawn) file() (tracker.StoryFile, error) {
	f, err := d.put(d.text("content"))
	f.Name = rapid.SampledFrom([]string{"a.png", "A.png", "..a.png", "日本.txt", "a\x1b[31m"}).Draw(d.T, "file")
	f.Author, f.CreatedAt = d.person("attached by"), d.moment("attached")
	return f, err
}

// epics makes up the project's epics.
func (d drawn) epics() (err error) {
	do := func(more error) {
		if err == nil {
			err = more
		}
	}
	for i := range rapid.IntRange(0, 3).Draw(d.T, "epics") {
		e := tracker.Epic{
			ProjectID: d.project.ID, Name: d.text("epic"), Label: []string{"web", "csv", "login"}[i], Description: d.text("goal"), Position: int64(i + 1),
			CreatedAt: d.moment("epic created"), UpdatedAt: d.moment("epic changed"),
		}
		e.Name = strings.TrimSpace(e.Name)
		do(d.w.SaveEpic(&e))
		for range rapid.IntRange(0, 2).Draw(d.T, "comments of the epic") {
			do(d.w.AddEpicComment(e.ID, &tracker.Comment{Author: d.person("author"), Text: d.text("comment"), CreatedAt: d.moment("said")}))
		}
		for range rapid.IntRange(0, 2).Draw(d.T, "attachments of the epic") {
			f, err := d.file()
			do(err)
			f.EpicID = e.ID
			do(d.w.AddEpicFile(&f))
		}
	}
	return err
}

// project makes up a project.
func (d drawn) make() (tracker.ProjectID, error) {
	d.project = d.settings()
	if err := d.w.AddProject(&d.project); err != nil {
		return 0, err
	}
	for i := range rapid.IntRange(1, 6).Draw(d.T, "stories") {
		st := d.story(int64(i + 1))
		if err := d.w.AddStory(&st); err != nil {
			return 0, err
		}
		d.stories = append(d.stories, st)
	}
	for _, st := range d.stories {
		if err := d.hang(st); err != nil {
			return 0, err
		}
	}
	return d.project.ID, d.epics()
}

// Whatever a project holds comes back from JSON lines: to another project, which is
// equal then but for its name and the numbers of its stories.
func TestAnyProjectComesBackFromJSONLines(t *testing.T) {
	t.Parallel()
	w := world(t)
	made := 0
	contents := map[string]tracker.StoryFile{}
	put := func(content string) (f tracker.StoryFile, err error) {
		if contents[content].Content == "" {
			contents[content], err = w.DB.Files().Put(t.Context(), strings.NewReader(content))
		}
		return contents[content], err
	}
	rapid.Check(t, func(r *rapid.T) {
		made++
		var from, to tracker.ProjectID
		err := w.DB.Write(t.Context(), func(tx tracker.Writer) (err error) {
			if from, err = (drawn{T: r, w: tx, number: made, put: put}).make(); err != nil {
				return err
			}
			empty := tracker.NewProject(fmt.Sprintf("Empty %d", made))
			err = tx.AddProject(&empty)
			to = empty.ID
			return err
		})
		if err != nil {
			r.Fatal(err)
		}
		before := exportLines(r, w, from)
		report, err := w.Engine.Imports.Import(t.Context(), ofStorydesk(r, wholeExport(r, w, from)), transfer.Options{Project: to, Found: func(f transfer.Finding) { r.Error(f) }})
		if err != nil {
			r.Fatal(err, report)
		}
		want, got := recordsOf(r, before), recordsOf(r, exportLines(r, w, to))
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(transfer.Project{}, "Name"), cmpopts.EquateApprox(0, math.SmallestNonzeroFloat64)); diff != "" {
			r.Error(diff)
		}
	})
}

func exportLines(t *rapid.T, w *trackertest.World, project tracker.ProjectID) []byte {
	var out bytes.Buffer
	lines, err := jsonlines.NewWriter(&out)
	if err == nil {
		err = w.Engine.Imports.Export(t.Context(), project, lines.Write)
	}
	if err != nil || lines.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// recordsOf reads records, without what an import adds to the history.
func recordsOf(t *rapid.T, text []byte) (list []transfer.Record) {
	err := jsonlines.OpenFile("", func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }).Read(func(r transfer.Record) error {
		if st := r.Story; st != nil {
			st.At = transfer.Place{}
		}
		if a := r.Activity; a != nil {
			if a.Row = (transfer.Place{}); len(a.Changes) == 0 {
				return nil
			}
		}
		list = append(list, r)
		return nil
	}, func(f transfer.Finding) { t.Error(f) })
	if err != nil {
		t.Fatal(err)
	}
	return list
}
