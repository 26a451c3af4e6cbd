package pivotal

import (
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// table is an export that is a CSV alone.
func table(text string) *Export {
	return OpenCSV("export.csv", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
}

// readAll reads an export whole.
func readAll(t testing.TB, e *Export) (records []transfer.Record, findings []string) {
	t.Helper()
	err := e.Read(func(r transfer.Record) error {
		records = append(records, r)
		return nil
	}, func(f transfer.Finding) { findings = append(findings, f.String()) })
	if err != nil {
		t.Fatal(err)
	}
	return records, findings
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func points(n float64) *float64 { return &n }

func ignorePlaces() cmp.Option {
	return cmpopts.IgnoreTypes(transfer.Place{})
}

func TestEveryGenerationOfHeadersIsRead(t *testing.T) {
	want := transfer.Story{
		ID: 4459994, Name: "Log in with one click", Labels: []string{"login", "web"}, Type: tracker.Feature, Estimate: points(2),
		State: tracker.Accepted, CreatedAt: date(2010, 8, 4), AcceptedAt: date(2010, 8, 10), Requester: "Ada Berg", Owners: []string{"Bo Lind"},
		Description: "As a customer\nI want it quick", URL: "https://www.pivotaltracker.com/story/show/4459994",
		Iteration: &transfer.Iteration{Number: 3, Start: date(2010, 8, 9), End: date(2010, 8, 15)},
		Comments:  []transfer.Comment{{Text: "Looks good", Author: "Ada Berg", At: date(2010, 8, 11)}},
	}
	withTask := want
	withTask.Tasks = []transfer.Task{{Text: "Write it", Done: true}, {Text: "Try it"}}
	withBlocker := withTask
	withBlocker.Blockers = []transfer.Blocker{{Text: "#4459990", Story: 4459990, Resolved: true}, {Text: "4459991", Story: 4459991}}
	withAll := withBlocker
	withAll.Priority, withAll.Owners = "p1 - High", []string{"Bo Lind", "Cy Ott"}
	withAll.Reviews = []transfer.Review{{Type: "Code", Reviewer: "Cy Ott", Status: "pass"}, {Type: "Security", Status: "unstarted"}}
	withAll.PullRequests, withAll.Branches = []string{"https://github.com/acme/app/pull/7"}, []string{"4459994-login"}

	const description = "\"As a customer\nI want it quick\""
	const url = "https://www.pivotaltracker.com/story/show/4459994"
	for name, c := range map[string]struct {
		text string
		want transfer.Story
	}{
		"until 2012": {
			"Id,Story,Labels,Iteration,Iteration Start,Iteration End,Story Type,Estimate,Current State,Created at,Accepted at,Deadline,Requested By,Owned By,Description,URL,Note\n" +
				"4459994,Log in with one click,\"login, web\",3,\"Aug 9, 2010\",\"Aug 15, 2010\",feature,2,accepted,\"Aug 4, 2010\",\"Aug 10, 2010\",,Ada Berg,Bo Lind," +
				description + "," + url + ",\"Looks good (Ada Berg - Aug 11, 2010)\"\n", want,
		},
		"2013": {
			"Id,Story,Labels,Iteration,Iteration Start,Iteration End,Story Type,Estimate,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Comment,Task,Task Status,Task,Task Status\n" +
				"4459994,Log in with one click,\"login, web\",3,\"Aug 9, 2010\",\"Aug 15, 2010\",feature,2,accepted,\"Aug 4, 2010\",\"Aug 10, 2010\",,Ada Berg," +
				description + "," + url + ",Bo Lind,\"Looks good (Ada Berg - Aug 11, 2010)\",Write it,completed,Try it,not completed\n", withTask,
		},
		"2014 to 2017": {
			"Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Owned By,Comment,Task,Task Status,Task,Task Status\n" +
				"4459994,Log in with one click,\"login, web\",3,\"Aug 9, 2010\",\"Aug 15, 2010\",feature,2,accepted,\"Aug 4, 2010\",\"Aug 10, 2010\",,Ada Berg," +
				description + "," + url + ",Bo Lind,,\"Looks good (Ada Berg - Aug 11, 2010)\",Write it,completed,Try it,not completed\n", withTask,
		},
		"with blockers": {
			"Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Blocker,Blocker Status,Blocker,Blocker Status,Comment,Task,Task Status,Task,Task Status\n" +
				"4459994,Log in with one click,\"login, web\",3,\"Aug 9, 2010\",\"Aug 15, 2010\",feature,2,accepted,\"Aug 4, 2010\",\"Aug 10, 2010\",,Ada Berg," +
				description + "," + url + ",Bo Lind,#4459990,resolved,4459991,unresolved,\"Looks good (Ada Berg - Aug 11, 2010)\",Write it,completed,Try it,not completed\n", withBlocker,
		},
		"the last": {
			"\ufeffId,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Priority,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Owned By,Blocker,Blocker Status,Blocker,Blocker Status,Comment,Task,Task Status,Task,Task Status,Review Type,Reviewer,Review Status,Review Type,Reviewer,Review Status,Pull Request,Git Branch\r\n" +
				"4459994,Log in with one click,\"login, web\",3,\"Aug 9, 2010\",\"Aug 15, 2010\",feature,2,p1 - High,accepted,\"Aug 4, 2010\",\"Aug 10, 2010\",,Ada Berg," +
				description + "," + url + ",Bo Lind,Cy Ott,#4459990,resolved,4459991,blocked,\"Looks good (Ada Berg - Aug 11, 2010)\",Write it,completed,Try it,not completed," +
				"Code,Cy Ott,pass,Security,,unstarted,https://github.com/acme/app/pull/7,4459994-login\r\n", withAll,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			records, findings := readAll(t, table(c.text))
			if diff := cmp.Diff([]transfer.Record{{Story: &c.want}}, records, ignorePlaces()); diff != "" {
				t.Error(diff)
			}
			if len(findings) > 0 {
				t.Error(findings)
			}
		})
	}
}

func TestEpicsReleasesAndRaggedRows(t *testing.T) {
	t.Parallel()
	records, findings := readAll(t, table(
		"Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Priority,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Comment,Pull Request\n"+
			"31,Checkout,checkout,,,,epic,,,,\"Jan 2, 2024\",,,,Pay in one step,https://www.pivotaltracker.com/epic/show/31,,\" (Ada Berg - Jan 3, 2024)\"\n"+
			"32,Beta,\"\",,,,release,,none,unstarted,\"Jan 2, 2024\",,\"Mar 1, 2024\",Ada Berg\n"+
			"33,Bare\n"))
	want := []transfer.Record{
		{Epic: &transfer.Epic{
			ID: 31, Name: "Checkout", Label: "checkout", Description: "Pay in one step", CreatedAt: date(2024, 1, 2),
			URL: "https://www.pivotaltracker.com/epic/show/31", Comments: []transfer.Comment{{Author: "Ada Berg", At: date(2024, 1, 3)}},
		}},
		{Story: &transfer.Story{
			ID: 32, Name: "Beta", Type: tracker.Release, State: tracker.Unstarted, Priority: "none", CreatedAt: date(2024, 1, 2),
			Deadline: date(2024, 3, 1), Requester: "Ada Berg",
		}},
		{Story: &transfer.Story{ID: 33, Name: "Bare", Type: tracker.Feature, State: tracker.Unscheduled}},
	}
	if diff := cmp.Diff(want, records, ignorePlaces()); diff != "" {
		t.Error(diff)
	}
	if len(findings) > 0 {
		t.Error(findings)
	}
}

func TestWhatCannotBePlacedIsToldWithItsPlace(t *testing.T) {
	t.Parallel()
	const header = "Id,Title,Type,Estimate,Current State,Created at,Title,Mood,Owned By,Task,Task Status,Iteration,Iteration Start,Priority,Blocker,Blocker Status\n"
	for name, c := range map[string]struct{ row, want string }{
		"a row without a name":         {"7,,feature\n", "export.csv:2:3: Title: the row has no name; it is left out"},
		"a day that no calendar has":   {"7,A,feature,,,\"Feb 30, 2020\"\n", "export.csv:2:15: Created at: \"Feb 30, 2020\" is not a day; it is left out"},
		"no number of points":          {"7,A,feature,many\n", "export.csv:2:13: Estimate: \"many\" is not a number of points; the story has no estimate"},
		"no type":                      {"7,A,saga\n", "export.csv:2:5: Type: \"saga\" is not a type of stories; the story becomes a feature"},
		"no state":                     {"7,A,bug,,asleep\n", "export.csv:2:10: Current State: \"asleep\" is not a state; the story becomes unscheduled"},
		"no number":                    {"x7,A\n", "export.csv:2:1: Id: \"x7\" is not a number of a story; it gets a new one"},
		"a cell of a second column":    {"7,A,,,,,B\n", "export.csv:2:9: Title: \"B\" is left out with its column"},
		"a cell of an unknown column":  {"7,A,,,,,,glad\n", "export.csv:2:10: Mood: \"glad\" is left out with its column"},
		"a cell beyond the header":     {"7,A,,,,,,,,,,,,,,,extra\n", "export.csv:2:19: \"extra\" stands in no column; it is left out"},
		"a status without its task":    {"7,A,,,,,,,,,completed\n", "export.csv:2:13: Task Status: \"completed\" stands beside no text; it is left out"},
		"no status of a task":          {"7,A,,,,,,,,T,perhaps\n", "export.csv:2:14: Task Status: \"perhaps\" is not a status of a task; it counts as not completed"},
		"no number of an iteration":    {"7,A,,,,,,,,,,soon\n", "export.csv:2:14: Iteration: \"soon\" is not the number of an iteration; it is left out"},
		"days without their iteration": {"7,A,,,,,,,,,,,\"Jan 2, 2020\"\n", "export.csv:2:15: Iteration Start: the row has the days of an iteration, but not its number; they are left out"},
		"no priority":                  {"7,A,,,,,,,,,,,,p9\n", "export.csv:2:16: Priority: \"p9\" is not a priority; it is left out"},
		"no status of a blocker":       {"7,A,,,,,,,,,,,,,wait,maybe\n", "export.csv:2:22: Blocker Status: \"maybe\" is not a status of a blocker; it counts as unresolved"},
		"a number that stands twice":   {"7,A\n7,B\n", "export.csv:3:1: Id: 7 stands in line 2 already; this row is left out"},
		"a cell that epics lack":       {"7,A,epic,,started\n", "export.csv:2:11: Current State: an epic has none; \"started\" is left out"},
		"NULs":                         {"7,A\x00B\n", "export.csv:2:3: NUL characters in the cell were left out"},
		"Latin-1":                      {"7,Caf\xe9\n", "export.csv:2:6: the text is not UTF-8 here; such bytes are read as Windows-1252 (Latin-1)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, findings := readAll(t, table(header+c.row))
			want := []string{
				"export.csv:1:49: Title: the column stands there twice; this one is left out",
				"export.csv:1:55: Mood: no column of stories is called so; what it holds is left out",
				c.want,
			}
			if diff := cmp.Diff(want, findings, cmpopts.SortSlices(strings.Compare)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatCannotBeReadIsRefusedWithItsPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"nothing":             {"", "export.csv: the file is empty"},
		"another table":       {"name,age\nAda,7\n", "export.csv:1:1: it is no export of Tracker: the first line names no column Title or Story"},
		"text behind a quote": {"Id,Title\n7,\"A\" B\n", "export.csv:2:5: a quote is followed by text, or missing; quotes within a cell have to be doubled"},
		"a quote in a cell":   {"Id,Title\n7,A \"B\"\n", "export.csv:2:5: a quote stands inside a cell that does not begin with one. Put the cell in quotes and double those within"},
		"a quote that does not end": {
			"Id,Title\n7,A\n8,\"B\n9,C\n",
			"export.csv:4:5: a quote is followed by text, or missing. The row begins in line 3; quotes within a cell have to be doubled",
		},
		"old line ends": {"Id,Title\r7,A\r", "export.csv:1:4: lines end with CR alone, as on old Macintosh computers. Save the file with LF or CRLF line ends"},
		"a huge cell": {
			"Id,Title\n7,A\n8,\"" + strings.Repeat("long ", 4<<20),
			"export.csv:2: a row is longer than 16 MB; most likely the quote at the end of a cell is missing",
		},
		"a huge row": {"Id,Title\n" + strings.Repeat(",", 30000), "export.csv:2:1: the row has 30001 cells, more than a table can have (20000)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := table(c.text).Read(func(transfer.Record) error { return nil }, func(transfer.Finding) {})
			if err == nil || err.Error() != c.want || tracker.CodeOf(err) != tracker.CodeInvalid {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestOtherEncodingsAreRead(t *testing.T) {
	t.Parallel()
	const text = "Id,Title\n7,Käse — 😀\n"
	utf16 := func(little bool, mark string) string {
		var b strings.Builder
		for _, r := range mark + text {
			units := []uint16{uint16(r)}
			if r > 0xffff {
				r -= 0x10000
				units = []uint16{uint16(0xd800 + r>>10), uint16(0xdc00 + r&0x3ff)}
			}
			for _, u := range units {
				if little {
					b.WriteString(string([]byte{byte(u), byte(u >> 8)}))
				} else {
					b.WriteString(string([]byte{byte(u >> 8), byte(u)}))
				}
			}
		}
		return b.String()
	}
	for name, in := range map[string]string{
		"UTF-8": text, "UTF-8 with a mark": "\ufeff" + text,
		"UTF-16 little": utf16(true, "\ufeff"), "UTF-16 big": utf16(false, "\ufeff"),
		"UTF-16 little without a mark": utf16(true, ""), "UTF-16 big without a mark": utf16(false, ""),
		"semicolons": strings.ReplaceAll(text, ",", ";"), "tabs": strings.ReplaceAll(text, ",", "\t"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			records, findings := readAll(t, table(in))
			if len(records) != 1 || records[0].Story.Name != "Käse — 😀" || len(findings) > 0 {
				t.Errorf("got %+v, %q", records, findings)
			}
		})
	}
}

func TestCommentsAreTakenApart(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]transfer.Comment{
		"Hello (Ada Berg - Jan 2, 2020)":                      {Text: "Hello", Author: "Ada Berg", At: date(2020, 1, 2)},
		" (Ada Berg - Jan 2, 2020)":                           {Author: "Ada Berg", At: date(2020, 1, 2)},
		"Two\nlines (in all) (Ada Berg - Jan 2, 2020)":        {Text: "Two\nlines (in all)", Author: "Ada Berg", At: date(2020, 1, 2)},
		"Hello (Ada (QA) Berg - Jan 2, 2020)":                 {Text: "Hello", Author: "Ada (QA) Berg", At: date(2020, 1, 2)},
		"Hello (Ada - Berg - Jan 2, 2020)":                    {Text: "Hello", Author: "Ada - Berg", At: date(2020, 1, 2)},
		"Hello :) (Ada Berg - Jan 2, 2020)":                   {Text: "Hello :)", Author: "Ada Berg", At: date(2020, 1, 2)},
		"Nobody said this":                                    {Text: "Nobody said this"},
		"Not a date (Ada Berg - soon)":                        {Text: "Not a date (Ada Berg - soon)"},
		"\tIndented (Ada Berg - Dec 31, 1999)":                {Text: "\tIndented", Author: "Ada Berg", At: date(1999, 12, 31)},
		"(Bo - Jan 1, 2020) quoted (Ada Berg - Feb 29, 2020)": {Text: "(Bo - Jan 1, 2020) quoted", Author: "Ada Berg", At: date(2020, 2, 29)},
	} {
		text, author, at := splitComment(cell)
		if got := (transfer.Comment{Text: text, Author: author, At: at}); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %+v, want %+v", cell, got, want)
		}
	}
}

func TestATableFromElsewhereIsReadByItsMapping(t *testing.T) {
	t.Parallel()
	const text = "Key,Summary,Points,Tags,Status,Assignee,type\nA-1,Dark mode,3,\"ui, web\",started,Ada,bug\n"
	open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	records, findings := readAll(t, OpenTable("other.csv", Mapping{
		FieldName: "summary", FieldEstimate: "Points", FieldLabels: "Tags", FieldState: "Status", FieldOwner: "Assignee",
	}, open))
	want := []transfer.Record{{Story: &transfer.Story{
		Name: "Dark mode", Estimate: points(3), Labels: []string{"ui", "web"}, State: tracker.Started, Owners: []string{"Ada"}, Type: tracker.Bug,
	}}}
	if diff := cmp.Diff(want, records, ignorePlaces()); diff != "" {
		t.Error(diff)
	}
	wantFound := []string{
		"other.csv:1:1: Key: no column of stories is called so; what it holds is left out",
		"other.csv:2:1: Key: \"A-1\" is left out with its column",
	}
	if diff := cmp.Diff(wantFound, findings); diff != "" {
		t.Error(diff)
	}
	for mapping, want := range map[*Mapping]string{
		{}:                      `other.csv:1:1: the first line names no column "name". Say which one holds the stories' names`,
		{FieldName: "Headline"}: `other.csv:1:1: the first line names no column "Headline" for the name`,
	} {
		err := OpenTable("other.csv", *mapping, open).Read(func(transfer.Record) error { return nil }, func(transfer.Finding) {})
		if err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}
