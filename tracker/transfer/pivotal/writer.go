package pivotal

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// Shape is how often the repeated columns stand in a table: as often as the story with
// the most of them needs. It has to be known before the first row.
type Shape struct{ owners, blockers, comments, tasks, reviews, pulls, branches int }

// Add makes room for a record.
func (s *Shape) Add(r transfer.Record) {
	if r.Epic != nil {
		s.comments = max(s.comments, len(r.Epic.Comments))
	}
	if st := r.Story; st != nil {
		s.owners, s.blockers = max(s.owners, len(st.Owners)), max(s.blockers, len(st.Blockers))
		s.comments, s.tasks = max(s.comments, len(st.Comments)), max(s.tasks, len(st.Tasks))
		s.reviews, s.pulls, s.branches = max(s.reviews, len(st.Reviews)), max(s.pulls, len(st.PullRequests)), max(s.branches, len(st.Branches))
	}
}

// Writer writes a table as Tracker's last exports were.
type Writer struct {
	out   *bufio.Writer
	shape Shape
	cells []string
	// crowded is true once a record had more than the shape has room for.
	crowded bool
}

// NewWriter writes the header. Records that the shape has no room for are refused.
func NewWriter(out io.Writer, shape Shape) (*Writer, error) {
	shape.owners = max(shape.owners, 1) // Tracker's header always had one
	w := &Writer{out: bufio.NewWriterSize(out, 64<<10), shape: shape}
	w.cells = append(w.cells, "Id", "Title", "Labels", "Iteration", "Iteration Start", "Iteration End", "Type", "Estimate", "Priority",
		"Current State", "Created at", "Accepted at", "Deadline", "Requested By", "Description", "URL")
	repeat := func(n int, headings ...string) {
		for range n {
			w.cells = append(w.cells, headings...)
		}
	}
	repeat(shape.owners, "Owned By")
	repeat(shape.blockers, "Blocker", "Blocker Status")
	repeat(shape.comments, "Comment")
	repeat(shape.tasks, "Task", "Task Status")
	repeat(shape.reviews, "Review Type", "Reviewer", "Review Status")
	repeat(shape.pulls, "Pull Request")
	repeat(shape.branches, "Git Branch")
	return w, w.flushRow()
}

// Write adds the row of a story or an epic; other records have none.
func (w *Writer) Write(r transfer.Record) error {
	switch {
	case r.Story != nil:
		w.story(r.Story)
	case r.Epic != nil:
		w.epic(r.Epic)
	default:
		return nil
	}
	if w.crowded {
		return tracker.Errorf(tracker.CodeConflict, "the project changed while it was written. Try again")
	}
	return w.flushRow()
}

// Close writes what is buffered.
func (w *Writer) Close() error { return w.out.Flush() }

func (w *Writer) story(s *transfer.Story) {
	w.plain(number(s.ID))
	w.text(s.Name, strings.Join(s.Labels, ", "))
	if i := s.Iteration; i != nil {
		w.plain(strconv.Itoa(i.Number), day(i.Start), day(i.End))
	} else {
		w.plain("", "", "")
	}
	estimate := ""
	if s.Estimate != nil {
		estimate = tracker.FormatPoints(*s.Estimate)
	}
	w.plain(string(s.Type), estimate, s.Priority, string(s.State), day(s.CreatedAt), day(s.AcceptedAt), day(s.Deadline))
	w.text(s.Requester, s.Description)
	w.plain(s.URL)
	w.padded(w.shape.owners, 1, len(s.Owners), func(i int) { w.text(s.Owners[i]) })
	w.padded(w.shape.blockers, 2, len(s.Blockers), func(i int) {
		w.text(s.Blockers[i].Text)
		w.plain(either(s.Blockers[i].Resolved, "resolved", "unresolved"))
	})
	w.comments(s.Comments)
	w.padded(w.shape.tasks, 2, len(s.Tasks), func(i int) {
		w.text(s.Tasks[i].Text)
		w.plain(either(s.Tasks[i].Done, "completed", "not completed"))
	})
	w.padded(w.shape.reviews, 3, len(s.Reviews), func(i int) {
		w.text(s.Reviews[i].Type, s.Reviews[i].Reviewer)
		w.plain(s.Reviews[i].Status)
	})
	w.padded(w.shape.pulls, 1, len(s.PullRequests), func(i int) { w.text(s.PullRequests[i]) })
	w.padded(w.shape.branches, 1, len(s.Branches), func(i int) { w.text(s.Branches[i]) })
}

func (w *Writer) epic(e *transfer.Epic) {
	w.plain(number(e.ID))
	w.text(e.Name, e.Label)
	w.plain("", "", "", epicType, "", "", "", day(e.CreatedAt), "", "", "")
	w.text(e.Description)
	w.plain(e.URL)
	w.padded(w.shape.owners, 1, 0, nil)
	w.padded(w.shape.blockers, 2, 0, nil)
	w.comments(e.Comments)
}

func (w *Writer) comments(list []transfer.Comment) {
	w.padded(w.shape.comments, 1, len(list), func(i int) { w.text(joinComment(list[i].Text, list[i].Author, list[i].At)) })
}

// padded writes the cells of a repeated column, of width cells each, and empty ones
// for those that are missing.
func (w *Writer) padded(room, width, have int, write func(int)) {
	w.crowded = w.crowded || have > room
	for i := range min(room, have) {
		write(i)
	}
	for range max(room-have, 0) * width {
		w.cells = append(w.cells, "")
	}
}

// plain adds cells of our own making, text those that people wrote.
func (w *Writer) plain(cells ...string) { w.cells = append(w.cells, cells...) }

func (w *Writer) text(cells ...string) {
	for _, cell := range cells {
		w.cells = append(w.cells, guard(cell))
	}
}

// flushRow writes the cells as RFC 4180 says, with LF as Tracker did.
func (w *Writer) flushRow() error {
	for i, cell := range w.cells {
		if i > 0 {
			_ = w.out.WriteByte(',') // the writer keeps its error for the end
		}
		if cell == "" || !strings.ContainsAny(cell, ",;\t\"\r\n") && cell == strings.TrimSpace(cell) {
			_, _ = w.out.WriteString(cell)
			continue
		}
		_ = w.out.WriteByte('"')
		_, _ = w.out.WriteString(strings.ReplaceAll(cell, `"`, `""`))
		_ = w.out.WriteByte('"')
	}
	w.cells = w.cells[:0]
	return w.out.WriteByte('\n')
}

// WriteHistory writes the table of a history, newest first as Tracker did: the caller
// gives it in that order.
func WriteHistory(out io.Writer, list []transfer.Activity) error {
	w := &Writer{out: bufio.NewWriterSize(out, 64<<10), cells: historyHeadings()}
	if err := w.flushRow(); err != nil {
		return err
	}
	for _, a := range list {
		w.plain(number(a.Of), a.Type)
		w.text(a.Message, a.By)
		w.plain(a.At.UTC().Format(time.RFC3339))
		if err := w.flushRow(); err != nil {
			return err
		}
	}
	return w.Close()
}

func number(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(dateForm)
}

func either(yes bool, word, other string) string {
	if yes {
		return word
	}
	return other
}
