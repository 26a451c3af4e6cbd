package epic

import (
	"fmt"
	"strconv"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/cli/output"
	"storydesk/ui/present"
)

// record is an epic as JSON.
type record struct {
	ID          tracker.EpicID `json:"id"`
	Name        string         `json:"name"`
	Label       string         `json:"label"`
	Description string         `json:"description"`
	// Position is 1-based among the project's epics.
	Position       int                   `json:"position"`
	Stories        int                   `json:"stories"`
	Accepted       int                   `json:"accepted"`
	Unestimated    int                   `json:"unestimated"`
	Points         float64               `json:"points"`
	AcceptedPoints float64               `json:"accepted_points"`
	States         map[tracker.State]int `json:"states"`
	// PlannedFinish is the last day of the iteration of the last planned story.
	PlannedFinish *string    `json:"planned_finish"`
	CompletedAt   *time.Time `json:"completed_at"`
	CreatedAt     *time.Time `json:"created_at"`
	UpdatedAt     *time.Time `json:"updated_at"`
}

// detailRecord is an epic as JSON with all that belongs to it.
type detailRecord struct {
	record
	StoryIDs []tracker.StoryID `json:"story_ids"`
	Comments []commentRecord   `json:"comments"`
	Files    []fileRecord      `json:"attachments"`
}

type fileRecord struct {
	ID   tracker.FileID `json:"id"`
	Name string         `json:"name"`
	Size int64          `json:"size"`
	// Sum is the SHA-256 of the content.
	Sum       string     `json:"sha256"`
	Author    *string    `json:"author"`
	CreatedAt *time.Time `json:"created_at"`
}

func recordFile(f tracker.StoryFile) fileRecord {
	return fileRecord{f.ID, f.Name, f.Size, f.Sum, output.OrNull(f.Author), output.Stamp(f.CreatedAt)}
}

type commentRecord struct {
	ID        tracker.CommentID `json:"id"`
	Author    string            `json:"author"`
	Text      string            `json:"text"`
	CreatedAt *time.Time        `json:"created_at"`
}

// listed is an epic with its place among the others, from 1 on.
type listed struct {
	epic.Figures
	position int
	now      time.Time
}

func recordOf(l listed) record {
	e := l.Epic
	r := record{
		ID: e.ID, Name: e.Name, Label: e.Label, Description: e.Description, Position: l.position,
		Stories: l.Stories, Accepted: l.Accepted, Unestimated: l.Unestimated, Points: l.Points, AcceptedPoints: l.AcceptedPoints,
		States: l.States, CompletedAt: output.Stamp(l.DoneAt), CreatedAt: output.Stamp(e.CreatedAt), UpdatedAt: output.Stamp(e.UpdatedAt),
	}
	if !l.Finish.IsZero() {
		r.PlannedFinish = output.OrNull(l.Finish.Format(time.DateOnly))
	}
	return r
}

func epics() output.Presenter[listed] {
	return output.Presenter[listed]{
		None:    "no epics",
		Record:  func(l listed) any { return recordOf(l) },
		Columns: []string{"ID", "DONE", "STORIES", "POINTS", "FINISH", "LABEL", "NAME"},
		Cells: func(l listed) []string {
			return []string{
				l.Epic.ID.String(), present.Percent(l.Share()), fmt.Sprintf("%d/%d", l.Accepted, l.Stories),
				tracker.FormatPoints(l.AcceptedPoints) + "/" + tracker.FormatPoints(l.Points), l.Ends(l.now), l.Epic.Label, l.Epic.Name,
			}
		},
		Summary: func(l listed) string {
			return fmt.Sprintf("%s: %s (%s), %s, %d accepted", l.Epic.ID, l.Epic.Name, l.Epic.Label, present.StoryCount(l.Stories), l.Accepted)
		},
	}
}

// sheet is an epic in full, for people.
func sheet(l listed, d epic.Detail) output.Sheet {
	s := output.Sheet{Title: l.Epic.ID.String() + " " + l.Epic.Name, Fields: []output.Field{
		{"label", l.Epic.Label}, {"done", present.Percent(l.Share())},
		{"stories", fmt.Sprintf("%d, %d accepted", l.Stories, l.Accepted)},
		{"points", fmt.Sprintf("%s, %s accepted", tracker.FormatPoints(l.Points), tracker.FormatPoints(l.AcceptedPoints))},
		{"finish", l.Ends(l.now)}, {"position", strconv.Itoa(l.position)},
	}}
	s.Sections = append(s.Sections, output.Field{"Description", l.Epic.Description})
	stories, comments, files := "", "", ""
	for _, f := range d.Files {
		files += fmt.Sprintf("%d %s, %s\n", f.ID, f.Name, present.SizeOf(f))
	}
	for _, c := range d.Cards {
		stories += fmt.Sprintf("%-7s %-11s %s\n", c.ID, c.State, c.Name)
	}
	for _, c := range d.Comments {
		comments += fmt.Sprintf("%s · %s\n%s\n\n", c.Author, output.Moment(c.CreatedAt), c.Text)
	}
	s.Sections = append(s.Sections, output.Field{"Stories", stories}, output.Field{"Comments", comments}, output.Field{"Attachments", files})
	return s
}
