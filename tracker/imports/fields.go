package imports

import (
	"encoding/binary"
	"hash/fnv"
	"strings"
	"time"

	"storydesk/tracker"
)

// field is a field of a story that imports compare by itself.
type field struct {
	name string
	text func(tracker.Story) string
	// take gives a story the value that the file has.
	take func(to *tracker.Story, from tracker.Story)
}

// fields lists the fields. Their order is that of the marks in the database: new ones
// go to the end.
func fields() []field {
	return []field{
		{"name", func(s tracker.Story) string { return s.Name }, func(to *tracker.Story, from tracker.Story) { to.Name = from.Name }},
		{"description", func(s tracker.Story) string { return s.Description }, func(to *tracker.Story, from tracker.Story) { to.Description = from.Description }},
		{"type", func(s tracker.Story) string { return string(s.Type) }, func(to *tracker.Story, from tracker.Story) { to.Type = from.Type }},
		{"state", stateText, func(to *tracker.Story, from tracker.Story) { to.State, to.AcceptedAt = from.State, from.AcceptedAt }},
		{"estimate", func(s tracker.Story) string { return pointsText(s.Estimate) }, func(to *tracker.Story, from tracker.Story) { to.Estimate = from.Estimate }},
		{"labels", func(s tracker.Story) string { return strings.Join(s.Labels, "\n") }, func(to *tracker.Story, from tracker.Story) { to.Labels = from.Labels }},
		{"requester", func(s tracker.Story) string { return s.Requester }, func(to *tracker.Story, from tracker.Story) { to.Requester = from.Requester }},
		{"owners", func(s tracker.Story) string { return strings.Join(s.Owners, "\n") }, func(to *tracker.Story, from tracker.Story) { to.Owners = from.Owners }},
		{"deadline", func(s tracker.Story) string { return dayText(s.Deadline) }, func(to *tracker.Story, from tracker.Story) { to.Deadline = from.Deadline }},
		{"tasks", tasksText, takeTasks},
	}
}

// stateText holds the day of acceptance alone: formats that know no more must not
// change the hour.
func stateText(s tracker.Story) string { return string(s.State) + " " + dayText(s.AcceptedAt) }

func pointsText(points *float64) string {
	if points == nil {
		return ""
	}
	return tracker.FormatPoints(*points)
}

func dayText(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func tasksText(s tracker.Story) string {
	var b strings.Builder
	for _, t := range s.Tasks {
		b.WriteString(t.String() + "\x00")
	}
	return b.String()
}

// takeTasks gives a story the file's tasks; those with the same text stay the same task.
func takeTasks(to *tracker.Story, from tracker.Story) {
	byText := map[string][]tracker.Task{}
	for _, t := range to.Tasks {
		byText[t.Text] = append(byText[t.Text], t)
	}
	to.Tasks = nil
	for _, t := range from.Tasks {
		if same := byText[t.Text]; len(same) > 0 {
			t.ID, t.CreatedAt = same[0].ID, same[0].CreatedAt
			byText[t.Text] = same[1:]
		}
		to.Tasks = append(to.Tasks, t)
	}
}

// markSize is the size of one field's mark.
const markSize = 8

// marks tells what a story's fields are, so that a later value can be told from them.
func marks(s tracker.Story) []byte {
	var all []byte
	for _, f := range fields() {
		all = appendMark(all, f.text(s))
	}
	return all
}

func appendMark(all []byte, text string) []byte {
	return binary.BigEndian.AppendUint64(all, mark(text))
}

func mark(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	return h.Sum64()
}

// markOf is one field's mark; ok is false where none was saved.
func markOf(all []byte, field int) (mark uint64, ok bool) {
	if len(all) < (field+1)*markSize {
		return 0, false
	}
	return binary.BigEndian.Uint64(all[field*markSize:]), true
}
