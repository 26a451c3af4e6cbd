package imports_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/transfer"
)

const withEpics = "Id,Title,Labels,Type,Current State,Created at,Description,Comment,Comment,Priority,Pull Request,Pull Request,Git Branch\n" +
	"11,Login,login,epic,,\"Dec 1, 2023\",Everybody can log in,\"First (Ada - Dec 2, 2023)\",\"Second (José Lind - Dec 3, 2023)\"\n" +
	"12,Reports,\"\",epic,,\"Dec 2, 2023\"\n" +
	"13,Export,csv,epic,,\"Dec 3, 2023\",,\"Soon (Ada - Dec 4, 2023)\"\n" +
	"101,Log in,\"login, web\",feature,unstarted,\"Dec 20, 2023\",,,,p1 - High,https://github.com/acme/app/pull/1,https://github.com/acme/app/pull/2,log-in\n" +
	"102,Log out,login,feature,unstarted,\"Dec 20, 2023\",,,,none,,,log-out\n"

// epicsOf reads the project's epics.
func epicsOf(t *testing.T, w *trackertest.World) (list []tracker.Epic) {
	t.Helper()
	err := w.DB.Read(t.Context(), func(r tracker.Reader) (err error) {
		list, err = r.Epics(w.In.ProjectID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func epicNames(list []tracker.Epic) (names []string) {
	for _, e := range list {
		names = append(names, e.Name+": "+e.Label)
	}
	return names
}

func TestEpicsComeAlong(t *testing.T) {
	t.Parallel()
	w := world(t)
	dry, _, _ := bring(t, w, withEpics, func(o *transfer.Options) { o.DryRun = true })
	report, found, _ := bring(t, w, withEpics, nil)
	if diff := cmp.Diff([]string{`export.csv:3:1: labels: the epic has no label; it gets "reports"`}, found); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(dry.Counts, report.Counts); diff != "" {
		t.Errorf("the import did something else than the dry run said: %s", diff)
	}
	want := map[transfer.Kind]transfer.Count{
		transfer.Stories: {Read: 2, Added: 2}, transfer.Epics: {Read: 3, Added: 3}, transfer.Comments: {Read: 3, Added: 3},
		transfer.PullRequests: {Read: 2, Added: 2}, transfer.Branches: {Read: 2, Added: 2},
	}
	if diff := cmp.Diff(want, report.Counts, cmpopts.IgnoreMapEntries(func(_ transfer.Kind, c transfer.Count) bool { return c == transfer.Count{} })); diff != "" {
		t.Error(diff)
	}
	list := epicsOf(t, w)
	if diff := cmp.Diff([]string{"Login: login", "Reports: reports", "Export: csv"}, epicNames(list)); diff != "" {
		t.Error(diff)
	}
	if list[0].Description != "Everybody can log in" || list[0].CreatedAt.Format("2006-01-02") != "2023-12-01" {
		t.Errorf("the first epic is %+v", list[0])
	}
	var talk []tracker.Comment
	var brought tracker.Brought
	first := stories(t, w)[0].ID
	err := w.DB.Read(t.Context(), func(r tracker.Reader) (err error) {
		if talk, err = r.EpicComments(list[0].ID); err != nil {
			return err
		}
		brought, err = r.Brought(first)
		return err
	})
	if err != nil || len(talk) != 2 || talk[0].Text != "First" || talk[1].Author != "José Lind" {
		t.Errorf("its comments are %+v, %v", talk, err)
	}
	wantBrought := tracker.Brought{Priority: "p1 - High", PullRequests: []string{"https://github.com/acme/app/pull/1", "https://github.com/acme/app/pull/2"}, Branches: []string{"log-in"}}
	if diff := cmp.Diff(wantBrought, brought); diff != "" {
		t.Error(diff)
	}
	again, _, changed := bring(t, w, withEpics, nil)
	if c := again.Counts[transfer.Epics]; c != (transfer.Count{Read: 3, Same: 3}) || len(changed) > 0 {
		t.Errorf("the second import: %+v, %+v", c, changed)
	}
	if c := again.Counts[transfer.PullRequests]; c != (transfer.Count{Read: 2, Same: 2}) {
		t.Errorf("the second import of pull requests: %+v", c)
	}
}

func TestANewerExportChangesEpics(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, withEpics, nil)
	list := epicsOf(t, w)
	// People change an epic here, remove one, and order them anew.
	err := w.DB.Write(t.Context(), func(tx tracker.Writer) error {
		moved, err := epic.Moved(list, list[2].ID, epic.Place{})
		if err != nil {
			return err
		}
		for i := range moved {
			if moved[i].ID == list[0].ID {
				moved[i].Description = "Written here"
			}
			if err := tx.SaveEpic(&moved[i]); err != nil {
				return err
			}
		}
		return tx.RemoveEpic(list[1].ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.NewReplacer(
		"11,Login,", "11,Sign in,", "Everybody can log in", "Written there", "13,Export,csv", "14,Import,import,epic,,\"Dec 4, 2023\"\n13,Export,csv",
		"\"Soon (Ada - Dec 4, 2023)\"", "\"Soon (Ada - Dec 4, 2023)\",\"Now (Ada - Dec 5, 2023)\"",
	).Replace(withEpics)
	report, found, changed := bring(t, w, newer, nil)
	if c := report.Counts[transfer.Epics]; c != (transfer.Count{Read: 4, Added: 1, Changed: 2, Left: 1}) {
		t.Errorf("the epics are %+v", c)
	}
	wantFound := []string{
		`export.csv:3:1: labels: the epic has no label; it gets "reports"`,
		"export.csv:2:1: description: it was changed here and in the file; what E-1 has here stays",
		`export.csv:3:1: the epic "Reports" was deleted here and stays so`,
	}
	if diff := cmp.Diff(wantFound, found, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Error(diff)
	}
	wantChanged := []transfer.Change{
		{Epic: list[0].ID, Name: "Login", Fields: []tracker.FieldChange{{Field: "name", Old: "Login", New: "Sign in"}}},
		{Epic: list[2].ID, Name: "Export", Comments: 1},
	}
	if diff := cmp.Diff(wantChanged, changed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Export: csv", "Sign in: login", "Import: import"}, epicNames(epicsOf(t, w))); diff != "" {
		t.Error(diff)
	}
}

// Tracker's table and JSON lines hold epics, pull requests, branches and the priority.
func TestEpicsGoOutAndComeBack(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, withEpics, nil)
	before := records(t, w, w.In.ProjectID)
	to := another(t, w)
	out := tableOf(t, before)
	_, found, _ := bring(t, w, out, func(o *transfer.Options) { o.Project = to })
	if len(found) > 0 {
		t.Error(found)
	}
	only := func(list []transfer.Record) (kept []transfer.Record) {
		for _, r := range alike(list) {
			if r.Story != nil || r.Epic != nil {
				kept = append(kept, r)
			}
		}
		return kept
	}
	if diff := cmp.Diff(only(before), only(records(t, w, to))); diff != "" {
		t.Error(diff)
	}
}
