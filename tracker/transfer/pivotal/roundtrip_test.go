package pivotal

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive/archivetest"
)

// written writes records as a table.
func written(t interface{ Fatal(args ...any) }, records []transfer.Record) string {
	var shape Shape
	for _, r := range records {
		shape.Add(r)
	}
	var out bytes.Buffer
	w, err := NewWriter(&out, shape)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		err = first(err, w.Write(r))
	}
	if err := first(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestARoundTripKeepsEveryField writes stories and epics of all kinds and reads them
// again: every field that Tracker's format has comes back as it was.
func TestARoundTripKeepsEveryField(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.Custom(drawRecords).Draw(t, "records")
		text := written(t, records)
		var again []transfer.Record
		err := table(text).Read(func(r transfer.Record) error {
			again = append(again, r)
			return nil
		}, func(f transfer.Finding) { t.Errorf("%s", f) })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(records, again, ignorePlaces()); diff != "" {
			t.Errorf("%s\n%s", diff, text)
		}
	})
}

func TestFormulasAreGuarded(t *testing.T) {
	t.Parallel()
	text := written(t, []transfer.Record{{Story: &transfer.Story{
		Name: `=HYPERLINK("http://x")`, Type: tracker.Feature, State: tracker.Unstarted, Description: "=1", Owners: []string{"=2"},
		Comments: []transfer.Comment{{Text: "=3"}}, Tasks: []transfer.Task{{Text: "=4"}}, Requester: "'=5",
	}}})
	for cell := range strings.SplitSeq(text, ",") {
		if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, `"=`) {
			t.Errorf("%q is a formula", cell)
		}
	}
}

func drawRecords(t *rapid.T) []transfer.Record {
	var records []transfer.Record
	for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
		if id := int64(i + 1); rapid.Bool().Draw(t, "epic") {
			records = append(records, transfer.Record{Epic: &transfer.Epic{
				ID: id, Name: name(t), Label: word(t), Description: texts().Draw(t, "description"), CreatedAt: days(t), URL: "https://x.test/1",
				Comments: several(t, comment),
			}})
		} else {
			records = append(records, transfer.Record{Story: drawStory(t, id)})
		}
	}
	return records
}

func drawStory(t *rapid.T, id int64) *transfer.Story {
	s := &transfer.Story{
		ID: id, Name: name(t), Description: texts().Draw(t, "description"),
		Type: rapid.SampledFrom(tracker.StoryTypes()).Draw(t, "type"), State: rapid.SampledFrom(tracker.States()).Draw(t, "state"),
		Priority: rapid.SampledFrom(append(priorities(), "")).Draw(t, "priority"), Labels: several(t, label), Requester: word(t),
		Owners: several(t, filled), CreatedAt: days(t), AcceptedAt: days(t), Deadline: days(t),
		Blockers: several(t, func(t *rapid.T) transfer.Blocker {
			return transfer.Blocker{Text: "wait for " + texts().Draw(t, "blocker"), Resolved: rapid.Bool().Draw(t, "resolved")}
		}),
		Comments: several(t, comment),
		Tasks: several(t, func(t *rapid.T) transfer.Task {
			return transfer.Task{Text: "do " + texts().Draw(t, "task"), Done: rapid.Bool().Draw(t, "done")}
		}),
		Reviews: several(t, func(t *rapid.T) transfer.Review {
			return transfer.Review{Type: word(t), Reviewer: word(t), Status: rapid.SampledFrom([]string{"unstarted", "in_review", "pass", "revise"}).Draw(t, "status")}
		}),
		PullRequests: several(t, filled), Branches: several(t, filled),
	}
	if rapid.Bool().Draw(t, "estimated") {
		s.Estimate = points(rapid.SampledFrom([]float64{0, 0.5, 1, 3, 100}).Draw(t, "points"))
	}
	if rapid.Bool().Draw(t, "planned") {
		start := days(t)
		s.Iteration = &transfer.Iteration{Number: rapid.IntRange(1, 999).Draw(t, "iteration"), Start: start}
		if !start.IsZero() {
			s.Iteration.End = start.AddDate(0, 0, 6)
		}
	}
	return s
}

// several draws up to three of something, nil for none.
func several[T any](t *rapid.T, draw func(*rapid.T) T) []T {
	var list []T
	for range rapid.IntRange(0, 3).Draw(t, "count") {
		list = append(list, draw(t))
	}
	return list
}

// texts are what people write, with all that a table could take amiss. Tables do not
// tell CRLF from LF.
func texts() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{"a", "Käse", " ", "\n", "\r", ",", `"`, "=", "'", "(", ")", " - ", "\t", ";", "😀", "-1", "#5", "\u2028", "\\."})
	return rapid.Map(rapid.SliceOfN(piece, 0, 8), func(pieces []string) string {
		return strings.ReplaceAll(strings.Join(pieces, ""), "\r\n", "\r \n")
	})
}

// word is a text without blanks around it, filled one that is not empty.
func word(t *rapid.T) string { return strings.TrimSpace(texts().Draw(t, "word")) }

func filled(t *rapid.T) string { return strings.TrimSpace("x" + texts().Draw(t, "word")) }

// name is a text with something to see.
func name(t *rapid.T) string { return texts().Draw(t, "before") + "x" + texts().Draw(t, "after") }

// label is a text without a comma; a dot in its place keeps CR and LF apart.
func label(t *rapid.T) string { return strings.ReplaceAll(filled(t), ",", ".") }

// comment is one by somebody on a day, or neither. Names have their parentheses in pairs.
func comment(t *rapid.T) transfer.Comment {
	c := transfer.Comment{Text: texts().Draw(t, "text")}
	if rapid.Bool().Draw(t, "signed") {
		c.Author, c.At = rapid.SampledFrom([]string{"Ada", "Bo (QA) Lind", "Cy - Ott", ""}).Draw(t, "author"), date(2020, 1, 1).AddDate(0, 0, rapid.IntRange(0, 999).Draw(t, "day"))
	} else {
		c.Text = "x" + c.Text
	}
	return c
}

func days(t *rapid.T) time.Time {
	if rapid.Bool().Draw(t, "none") {
		return time.Time{}
	}
	return date(1990, 1, 1).AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, "day"))
}

func FuzzTable(f *testing.F) {
	f.Add(stories)
	f.Add("Id,Story,Note\n7,\"A\r\nB\",x (y - Jan 2, 2020)")
	f.Add("\xff\xfeI\x00d\x00")
	f.Add("Title;Task;Task Status\n'=A;T;completed\n")
	f.Fuzz(func(t *testing.T, text string) {
		var records []transfer.Record
		err := table(text).Read(func(r transfer.Record) error {
			records = append(records, r)
			return nil
		}, func(f transfer.Finding) {
			if f.File == "" || f.Message == "" {
				t.Errorf("%+v has no place or no sentence", f)
			}
		})
		if err != nil && (tracker.CodeOf(err) != tracker.CodeInvalid || !strings.HasPrefix(err.Error(), "export.csv")) {
			t.Errorf("%v is no sentence with a place", err)
		}
		// What was read can be written and read again.
		var again []transfer.Record
		err = table(written(t, records)).Read(func(r transfer.Record) error {
			again = append(again, r)
			return nil
		}, func(transfer.Finding) {})
		if err != nil || len(again) != len(records) {
			t.Errorf("%d records became %d, %v", len(records), len(again), err)
		}
	})
}

func FuzzZIP(f *testing.F) {
	f.Add(archivetest.ZIP(f, exportFiles(""), nil))
	f.Add(archivetest.ZIP(f, exportFiles("top/"), nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := openZIP(data)
		if err == nil {
			err = e.Read(func(transfer.Record) error { return nil }, func(transfer.Finding) {})
		}
		if err != nil && tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%v is no sentence", err)
		}
	})
}

// repeated is a table of many rows that is made while it is read.
type repeated struct {
	rest     []byte
	row      func(i int) string
	at, rows int
}

// Read implements io.Reader.
func (r *repeated) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.at == r.rows {
			return 0, io.EOF
		}
		r.at++
		r.rest = []byte(r.row(r.at))
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func BenchmarkRead100000Rows(b *testing.B) {
	const header = "Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Priority,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Owned By,Blocker,Blocker Status,Comment,Comment,Task,Task Status\n"
	tail := ",Shown to everybody,\"web, login\",3,\"Aug 9, 2010\",\"Aug 15, 2010\",feature,2,p1 - High,accepted,\"Aug 4, 2010\",\"Aug 10, 2010\",,Ada Berg,\"" +
		strings.Repeat("As a customer I want it. ", 20) + "\",https://www.pivotaltracker.com/story/show/1,Bo Lind,Cy Ott,#12,resolved,\"Good (Ada Berg - Aug 11, 2010)\",,Write it,completed\n"
	b.ReportAllocs()
	for b.Loop() {
		in := &repeated{rest: []byte(header), rows: 100000, row: func(i int) string { return strconv.Itoa(i) + tail }}
		e := OpenCSV("export.csv", func() (io.ReadCloser, error) { return io.NopCloser(in), nil })
		stories := 0
		err := e.Read(func(transfer.Record) error {
			stories++
			return nil
		}, func(f transfer.Finding) { b.Fatal(f) })
		if err != nil || stories != 100000 {
			b.Fatal(stories, err)
		}
	}
}
