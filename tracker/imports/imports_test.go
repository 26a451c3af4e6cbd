package imports_test

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/pivotal"
	"storydesk/zendesk/sandbox"
)

func TestMain(m *testing.M) { trackertest.Main(m) }

const header = "Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Comment,Task,Task Status\n"

// export is a small project: two accepted stories, of which the second was accepted
// after midnight in UTC, one in progress, two in the backlog, two in the Icebox.
const export = header +
	"101,Log in,web,1,\"Jan 1, 2024\",\"Jan 14, 2024\",feature,2,accepted,\"Dec 20, 2023\",\"Jan 10, 2024\",,Ada Berg,,,José Lind,\"Done (José Lind - Jan 10, 2024)\",Write it,completed\n" +
	"102,Log out,,1,\"Jan 1, 2024\",\"Jan 14, 2024\",feature,5,accepted,\"Dec 21, 2023\",\"Jan 15, 2024\",,Ada Berg,,,JOSE LIND\n" +
	"103,Export,\"web, csv\",2,\"Jan 15, 2024\",\"Jan 28, 2024\",bug,,started,\"Dec 22, 2023\",,,Ada Berg,\"Two\nlines\",,Ada Berg\n" +
	"104,Import,,2,\"Jan 15, 2024\",\"Jan 28, 2024\",feature,3,unstarted,\"Dec 23, 2023\"\n" +
	"105,Beta,,2,\"Jan 15, 2024\",\"Jan 28, 2024\",release,,unstarted,\"Dec 23, 2023\",,\"Feb 1, 2024\"\n" +
	"106,Dark mode,,,,,feature,,unscheduled,\"Dec 24, 2023\"\n" +
	"107,Light mode,,,,,feature,1,unscheduled,\"Dec 24, 2023\"\n"

// world is an installation with an empty project.
func world(t *testing.T) *trackertest.World {
	t.Helper()
	return trackertest.NewOf(t, sandbox.Options{})
}

func table(text string) *pivotal.Export {
	return pivotal.OpenCSV("export.csv", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
}

// bring imports a table and returns the report and what was found.
func bring(t *testing.T, w *trackertest.World, text string, change func(*transfer.Options)) (transfer.Report, []string, []transfer.Change) {
	t.Helper()
	var found []string
	var changed []transfer.Change
	o := transfer.Options{
		Project: w.In.ProjectID, Found: func(f transfer.Finding) { found = append(found, f.String()) },
		Changed: func(c transfer.Change) { changed = append(changed, c) },
	}
	if change != nil {
		change(&o)
	}
	report, err := w.Engine.Imports.Import(t.Context(), table(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return report, found, changed
}

// stories lists the project's stories in the board's order.
func stories(t *testing.T, w *trackertest.World) []tracker.Story {
	t.Helper()
	var list []tracker.Story
	err := w.DB.Read(t.Context(), func(r tracker.Reader) (err error) {
		list, err = r.Stories(w.In.ProjectID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func names(list []tracker.Story) (names []string) {
	for _, st := range list {
		names = append(names, st.Name)
	}
	return names
}

func TestAnEmptyProjectTakesOverAnExport(t *testing.T) {
	t.Parallel()
	w := world(t)
	report, found, _ := bring(t, w, export, nil)
	if len(found) > 0 {
		t.Error(found)
	}
	want := map[transfer.Kind]transfer.Count{
		transfer.Stories: {Read: 7, Added: 7}, transfer.Comments: {Read: 1, Added: 1}, transfer.Tasks: {Read: 1, Added: 1},
	}
	if diff := cmp.Diff(want, report.Counts, cmpopts.IgnoreMapEntries(func(_ transfer.Kind, c transfer.Count) bool { return c == transfer.Count{} })); diff != "" {
		t.Error(diff)
	}
	wantSettled := []tracker.FieldChange{
		{Field: "point scale", Old: "0,1,2,3", New: "0,1,2,3,5"}, {Field: "weeks in an iteration", Old: "1", New: "2"},
		{Field: "first day of iteration 1", New: "2024-01-01"},
	}
	if diff := cmp.Diff(wantSettled, report.Settled, cmpopts.IgnoreFields(tracker.FieldChange{}, "Old")); diff != "" {
		t.Error(diff)
	}
	list := stories(t, w)
	if diff := cmp.Diff([]string{"Log in", "Log out", "Export", "Import", "Beta", "Dark mode", "Light mode"}, names(list)); diff != "" {
		t.Error(diff)
	}
	first := w.Whole(list[0].ID)
	created := time.Date(2023, 12, 20, 12, 0, 0, 0, time.UTC)
	wantFirst := tracker.Story{
		Name: "Log in", Type: tracker.Feature, State: tracker.Accepted, Estimate: new(2.0), Requester: "Ada Berg", Owners: []string{"José Lind"},
		Labels: []string{"web"}, AcceptedAt: new(time.Date(2024, 1, 10, 12, 0, 0, 0, time.UTC)), CreatedAt: created, Version: 1,
		Tasks: []tracker.Task{{Text: "Write it", Done: true, CreatedAt: created}}, ProjectID: w.In.ProjectID,
	}
	if diff := cmp.Diff(wantFirst, first.Story, cmpopts.IgnoreFields(tracker.Story{}, "ID", "UpdatedAt", "Rank", "Column", "Position"), cmpopts.IgnoreFields(tracker.Task{}, "ID")); diff != "" {
		t.Error(diff)
	}
	if c := first.Comments; len(c) != 1 || c[0].Text != "Done" || c[0].Author != "José Lind" || !c[0].CreatedAt.Equal(time.Date(2024, 1, 10, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("the comments are %+v", c)
	}
	// One person, written in two ways.
	if got := list[1].Owners; len(got) != 1 || got[0] != "José Lind" {
		t.Errorf("the second story is owned by %q", got)
	}
	// Its own iteration is believed, not the day in UTC.
	if at := *list[1].AcceptedAt; at.Format(time.DateTime) != "2024-01-14 23:59:00" {
		t.Errorf("the second story was accepted at %s", at)
	}
	if n := plan.NewCalendar(report.Project).Number(*list[1].AcceptedAt); n != 1 {
		t.Errorf("it counts to iteration %d", n)
	}
	if d := list[4].Deadline; d == nil || d.Format(time.DateOnly) != "2024-02-01" {
		t.Errorf("the release is due at %v", d)
	}
}

func TestADryRunChangesNothing(t *testing.T) {
	t.Parallel()
	w := world(t)
	dry, _, _ := bring(t, w, export, func(o *transfer.Options) { o.DryRun = true })
	if n := len(stories(t, w)); n > 0 {
		t.Errorf("a dry run made %d stories", n)
	}
	report, _, _ := bring(t, w, export, nil)
	if diff := cmp.Diff(dry, report, cmpopts.IgnoreFields(transfer.Report{}, "Project")); diff != "" {
		t.Errorf("the import did something else than the dry run said: %s", diff)
	}
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, export, nil)
	before := stories(t, w)
	report, found, changed := bring(t, w, export, nil)
	if len(found)+len(changed)+len(report.Settled) > 0 {
		t.Error(found, changed, report.Settled)
	}
	if c := report.Counts[transfer.Stories]; c != (transfer.Count{Read: 7, Same: 7}) {
		t.Errorf("the stories are %+v", c)
	}
	if diff := cmp.Diff(before, stories(t, w)); diff != "" {
		t.Error(diff)
	}
	if d := w.Whole(before[0].ID); len(d.Comments) != 1 || len(d.Activities) != 1 {
		t.Errorf("it has %d comments and %d activities", len(d.Comments), len(d.Activities))
	}
}

func TestANewerExportUpdatesAndSaysWhat(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, export, nil)
	list := stories(t, w)
	// Somebody works here meanwhile.
	name := "Import of files"
	if _, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{list[3].ID}, tracker.StoryEdit{Name: &name}); err != nil {
		t.Fatal(err)
	}
	newer := strings.NewReplacer(
		"103,Export,\"web, csv\"", "103,Export all,web",
		"104,Import,", "104,Import CSV,",
		"Done (José Lind - Jan 10, 2024)\"", "Done (José Lind - Jan 10, 2024)\"",
		"106,Dark", "108,First of all,,,,,chore,,unscheduled,\"Dec 25, 2023\"\n109,Second,,,,,chore,,unscheduled,\"Dec 25, 2023\"\n106,Dark",
		"107,Light", "110,Between,,,,,chore,,unscheduled,\"Dec 25, 2023\"\n107,Light",
		"105,Beta,,2,\"Jan 15, 2024\",\"Jan 28, 2024\",release,,unstarted", "105,Beta,,2,\"Jan 15, 2024\",\"Jan 28, 2024\",release,,accepted",
	).Replace(export)
	report, found, changed := bring(t, w, newer, nil)
	if c := report.Counts[transfer.Stories]; c != (transfer.Count{Read: 10, Added: 3, Changed: 2, Same: 5}) {
		t.Errorf("the stories are %+v", c)
	}
	wantFound := []string{
		fmt.Sprintf("export.csv:6:1: name: it was changed here and in the file; what %s has here stays", list[3].ID),
	}
	if diff := cmp.Diff(wantFound, found); diff != "" {
		t.Error(diff)
	}
	wantChanged := []transfer.Change{
		{Story: list[2].ID, Name: "Export", Fields: []tracker.FieldChange{{Field: "name", Old: "Export", New: "Export all"}, {Field: "labels", Old: "web, csv", New: "web"}}},
		{Story: list[4].ID, Name: "Beta", Fields: []tracker.FieldChange{{Field: "state", Old: "unstarted", New: "accepted"}}},
	}
	if diff := cmp.Diff(wantChanged, changed); diff != "" {
		t.Error(diff)
	}
	want := []string{"Log in", "Log out", "Beta", "Export all", "Import of files", "First of all", "Second", "Dark mode", "Between", "Light mode"}
	if diff := cmp.Diff(want, names(stories(t, w))); diff != "" {
		t.Error(diff)
	}
	// The conflict was told of once.
	if _, found, changed = bring(t, w, newer, nil); len(found)+len(changed) > 0 {
		t.Error(found, changed)
	}
}

func TestBlockersReviewsAndFollowersComeAlong(t *testing.T) {
	t.Parallel()
	w := world(t)
	const text = "Id,Title,Type,Current State,Blocker,Blocker Status,Blocker,Blocker Status,Review Type,Reviewer,Review Status\n" +
		"1,Waits,feature,unstarted,#2,unresolved,the lawyers,resolved,Code,Ada,in_review\n2,Awaited,feature,started,77,unresolved\n"
	for range 2 { // the second time they are there already
		_, found, _ := bring(t, w, text, nil)
		want := []string{"export.csv:3:1: blocker: no story here has the number 77; it stays a text"}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Error(diff)
		}
	}
	var got []transfer.Story
	for _, r := range records(t, w, w.In.ProjectID) {
		if r.Story != nil {
			got = append(got, *r.Story)
		}
	}
	want := []transfer.Story{
		{Name: "Awaited", Blockers: []transfer.Blocker{{Text: "77"}}},
		{
			Name: "Waits", Blockers: []transfer.Blocker{{Text: "#2", Story: 2}, {Text: "the lawyers", Resolved: true}},
			Reviews: []transfer.Review{{Type: "Code", Reviewer: "Ada", Status: "in_review"}},
		},
	}
	if diff := cmp.Diff(want, got, cmp.FilterPath(func(p cmp.Path) bool {
		return len(p) == 3 && p.Index(2).String() != ".Name" && p.Index(2).String() != ".Blockers" && p.Index(2).String() != ".Reviews"
	}, cmp.Ignore()), cmpopts.IgnoreTypes(time.Time{}), cmpopts.IgnoreFields(transfer.Blocker{}, "Author")); diff != "" {
		t.Error(diff)
	}
	report, _, _ := bring(t, w, strings.NewReplacer("in_review", "pass", "#2,unresolved", "#2,resolved").Replace(text), nil)
	if c := report.Counts[transfer.Reviews]; c != (transfer.Count{Read: 1, Changed: 1}) {
		t.Errorf("the reviews are %+v", c)
	}
	if c := report.Counts[transfer.Blockers]; c != (transfer.Count{Read: 3, Changed: 1, Same: 2}) {
		t.Errorf("the blockers are %+v", c)
	}
}

func TestTrackersNumbersFindTheirStories(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, export, nil)
	list, err := w.Engine.Stories.Stories(t.Context(), w.In.ProjectID, tracker.StoryFilter{Search: "id:104"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Import"}, names(list)); diff != "" {
		t.Error(diff)
	}
	board, err := w.Engine.Stories.Columns(t.Context(), w.In.ProjectID)
	if err != nil {
		t.Fatal(err)
	}
	q, err := w.Engine.Stories.ParseQuery(search.Stories, "id:104")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, c := range board.Backlog {
		if q.Matches(search.Card(&c)) {
			found = append(found, c.Name)
		}
	}
	if diff := cmp.Diff([]string{"Import"}, found); diff != "" {
		t.Error(diff)
	}
}

func TestADeletedStoryStaysDeleted(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, export, nil)
	list := stories(t, w)
	if err := w.DB.Write(t.Context(), func(tx tracker.Writer) error { return tx.DeleteStory(list[6].ID, time.Now()) }); err != nil {
		t.Fatal(err)
	}
	report, found, _ := bring(t, w, export, nil)
	if c := report.Counts[transfer.Stories]; c != (transfer.Count{Read: 7, Same: 6, Left: 1}) || len(found) != 1 {
		t.Errorf("the stories are %+v, found %q", c, found)
	}
	if n := len(stories(t, w)); n != 6 {
		t.Errorf("there are %d stories", n)
	}
}

func TestAFileThatBreaksOffLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	w := world(t)
	_, err := w.Engine.Imports.Import(t.Context(), table(export+"108,\"Never ends"), transfer.Options{Project: w.In.ProjectID})
	if tracker.CodeOf(err) != tracker.CodeInvalid || !strings.HasPrefix(err.Error(), "export.csv:10:") {
		t.Errorf("got %v", err)
	}
	if n := len(stories(t, w)); n > 0 {
		t.Errorf("there are %d stories", n)
	}
	bring(t, w, export, nil)
}

// A file that changes between the two readings, as one that is still being written. It
// is so large that its records are not kept.
func TestAFileThatBreaksOffInTheSecondReadingLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	w := world(t)
	opened := 0
	export := export
	for i := range 3 {
		export += fmt.Sprintf("%d,Long,,,,,chore,,unscheduled,,,,,%s\n", 111+i, strings.Repeat("x", 12<<20))
	}
	e := pivotal.OpenCSV("export.csv", func() (io.ReadCloser, error) {
		if opened++; opened == 2 {
			return io.NopCloser(strings.NewReader(export + "108,\"Never ends")), nil
		}
		return io.NopCloser(strings.NewReader(export)), nil
	})
	before, err := w.Engine.Projects.Project(t.Context(), w.In.Project)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Imports.Import(t.Context(), e, transfer.Options{Project: w.In.ProjectID}); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("got %v", err)
	}
	after, err := w.Engine.Projects.Project(t.Context(), w.In.Project)
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if n := len(stories(t, w)); opened != 2 || n > 0 {
		t.Errorf("it was opened %d times, and there are %d stories", opened, n)
	}
}

// Others wait with their changes while an import writes, so it does not read then.
func TestAFileIsReadOnce(t *testing.T) {
	t.Parallel()
	w := world(t)
	opened := 0
	e := pivotal.OpenCSV("export.csv", func() (io.ReadCloser, error) {
		opened++
		return io.NopCloser(strings.NewReader(export)), nil
	})
	report, err := w.Engine.Imports.Import(t.Context(), e, transfer.Options{Project: w.In.ProjectID})
	if err != nil || report.Counts[transfer.Stories].Added != 7 || opened != 1 {
		t.Errorf("it was opened %d times: %+v, %v", opened, report.Counts, err)
	}
}

func TestPeopleAreMatched(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, header+"1,Here,,,,,feature,,unscheduled,,,,Zoë Ölmann\n", nil)
	report, _, _ := bring(t, w, header+"2,Other,,,,,feature,,unscheduled,,,,zoe  olmann,,,Bob\n3,More,,,,,feature,,unscheduled,,,,Ada,,,Kim\n", func(o *transfer.Options) {
		o.People = map[string]string{"bob": "Robert Lind"}
	})
	want := []transfer.Person{
		{Name: "Ada", Here: "Ada"}, {Name: "Bob", Here: "Robert Lind"}, {Name: "Kim", Here: "Kim", New: true}, {Name: "zoe  olmann", Here: "Zoë Ölmann"},
	}
	if diff := cmp.Diff(want, report.People); diff != "" {
		t.Error(diff)
	}
	if st := stories(t, w)[0]; st.Requester != "Zoë Ölmann" || len(st.Owners) != 1 || st.Owners[0] != "Robert Lind" {
		t.Errorf("it is %q's, owned by %q", st.Requester, st.Owners)
	}
}

// What the user answers leads to the people on the list, in whatever letters it is written.
func TestTheAnswerLeadsToThePeopleOnTheList(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, header+"1,Here,,,,,feature,,unscheduled,,,,José Lind\n", nil)
	report, _, _ := bring(t, w, header+"2,Other,,,,,feature,,unscheduled,,,,jlind,,,kim\n3,More,,,,,feature,,unscheduled,,,,Ada,,,KIM B\n", func(o *transfer.Options) {
		o.People = map[string]string{"jlind": "jose lind", "kim": "Kim Berg", "KIM B": "kim berg"}
	})
	want := []transfer.Person{
		{Name: "Ada", Here: "Ada"}, {Name: "KIM B", Here: "Kim Berg"}, {Name: "jlind", Here: "José Lind"}, {Name: "kim", Here: "Kim Berg"},
	}
	if diff := cmp.Diff(want, report.People); diff != "" {
		t.Error(diff)
	}
	list := stories(t, w)
	if st := list[0]; st.Requester != "José Lind" || !slices.Equal(st.Owners, []string{"Kim Berg"}) {
		t.Errorf("it is %q's, owned by %q", st.Requester, st.Owners)
	}
	// The next import needs no answer.
	report, _, _ = bring(t, w, header+"4,Later,,,,,feature,,unscheduled,,,,jlind,,,kim\n", nil)
	want = []transfer.Person{{Name: "jlind", Here: "José Lind"}, {Name: "kim", Here: "Kim Berg"}}
	if diff := cmp.Diff(want, report.People); diff != "" {
		t.Error(diff)
	}
}

// No delivery is made by an import, whatever it links and changes, while a courier runs.
func TestAnImportSendsNothing(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	ticket := w.Ticket(tracker.TicketNew)
	linked := header + fmt.Sprintf("201,Linked,,,,,feature,1,unscheduled,\"Dec 20, 2023\",,,Ada,%s/agent/tickets/%d\n", w.URL, ticket)
	_, other := w.Open(0)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- other.Run(ctx) }()
	bring(t, w, linked, nil)
	list := stories(t, w)
	if len(list) != 1 || len(list[0].Tickets) != 1 || list[0].Tickets[0].Ticket.ID != ticket {
		t.Fatalf("the stories are %+v", list)
	}
	// The state changes and a comment comes, which by hand would be sent to the ticket.
	newer := strings.Replace(linked, "unscheduled", "started", 1)
	newer = strings.TrimSuffix(newer, "\n") + ",,,\"A comment (Ada - Jan 2, 2024)\"\n"
	bring(t, w, newer, nil)
	if st := stories(t, w)[0]; st.State != tracker.Started {
		t.Fatalf("the story is %s", st.State)
	}
	// What is sent by hand afterwards arrives alone.
	w.Comment(list[0], "By hand")
	if sent := w.Deliver(list[0]); len(sent) != 1 || !strings.Contains(sent[0].Text, "By hand") {
		t.Errorf("the deliveries are %+v", sent)
	}
	w.Once(ticket, "By hand")
	if status := w.Status(ticket); status != string(tracker.TicketNew) {
		t.Errorf("the ticket became %s", status)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestDescriptionsAreLinkedWhenTheirIntegrationComes(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	ticket := w.Ticket(tracker.TicketNew)
	host := strings.TrimPrefix(w.URL, "http://")
	bring(t, w, header+fmt.Sprintf("1,A,,,,,feature,,unscheduled,,,,,see http://%s/requests/%d and https://other.zendesk.com/tickets/5\n", host, ticket)+"2,B\n", nil)
	list := stories(t, w)
	if n := len(list[0].Tickets); n != 1 || len(list[1].Tickets) > 0 {
		t.Fatalf("it has %d tickets", n)
	}
	err := w.DB.Write(t.Context(), func(tx tracker.Writer) error { return tx.RemoveLink(list[0].ID, list[0].Tickets[0].Ticket) })
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} {
		if made, err := w.Engine.Imports.Relink(t.Context(), w.In.ProjectID); err != nil || made != want {
			t.Errorf("made %d links, want %d: %v", made, want, err)
		}
	}
	if got := stories(t, w)[0].Tickets; len(got) != 1 || got[0].Ticket.ID != ticket {
		t.Errorf("the tickets are %+v", got)
	}
}
