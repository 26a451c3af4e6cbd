package store

import (
	"storydesk/store/query"
	"storydesk/tracker"
)

// importReader reads which stories were imported.
type importReader struct{ of *reader }

// importWriter changes which stories were imported.
type importWriter struct{ *statements }

// Imported implements tracker.Reader.
func (r importReader) Imported(project tracker.ProjectID) ([]tracker.Imported, error) {
	return query.All(r.of.Session, "the imported stories", func(i *tracker.Imported) []any { return []any{&i.Origin, &i.StoryID, &i.Marks} },
		"SELECT origin, story_id, marks FROM imported_story WHERE project_id = ? ORDER BY origin", project)
}

// origins are the numbers that a project's stories were imported with.
func origins(r *reader, project tracker.ProjectID) (map[tracker.StoryID]int64, error) {
	type pair struct {
		story  tracker.StoryID
		origin int64
	}
	list, err := query.All(r.Session, "the imported stories", func(p *pair) []any { return []any{(*int64)(&p.story), &p.origin} },
		"SELECT story_id, origin FROM imported_story WHERE project_id = ?", project)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	found := make(map[tracker.StoryID]int64, len(list))
	for _, p := range list {
		found[p.story] = p.origin
	}
	return found, nil
}

// SaveImported implements tracker.Writer.
func (w importWriter) SaveImported(project tracker.ProjectID, i tracker.Imported) error {
	_, err := w.Exec("remembering where "+storyName(i.StoryID)+" comes from", `
		INSERT INTO imported_story (project_id, origin, story_id, marks) VALUES (?, ?, ?, ?)
		ON CONFLICT (project_id, origin) DO UPDATE SET (story_id, marks) = (excluded.story_id, excluded.marks)`,
		project, i.Origin, i.StoryID, i.Marks)
	return err
}

// ImportedEpics implements tracker.Reader.
func (r importReader) ImportedEpics(project tracker.ProjectID) ([]tracker.ImportedEpic, error) {
	return query.All(r.of.Session, "the imported epics", func(i *tracker.ImportedEpic) []any { return []any{&i.Origin, &i.EpicID, &i.Marks} },
		"SELECT origin, epic_id, marks FROM imported_epic WHERE project_id = ? ORDER BY origin", project)
}

// SaveImportedEpic implements tracker.Writer.
func (w importWriter) SaveImportedEpic(project tracker.ProjectID, i tracker.ImportedEpic) error {
	_, err := w.Exec("remembering where the epic "+i.EpicID.String()+" comes from", `
		INSERT INTO imported_epic (project_id, origin, epic_id, marks) VALUES (?, ?, ?, ?)
		ON CONFLICT (project_id, origin) DO UPDATE SET epic_id = excluded.epic_id, marks = excluded.marks`,
		project, i.Origin, i.EpicID, i.Marks)
	return err
}

// ImportedFiles implements tracker.Reader.
func (r importReader) ImportedFiles(story tracker.StoryID) ([]tracker.ImportedFile, error) {
	return query.All(r.of.Session, "the imported attachments", func(f *tracker.ImportedFile) []any { return []any{&f.Name, &f.Size, &f.Sum} },
		"SELECT name, size, sum FROM imported_file WHERE story_id = ? ORDER BY position", story)
}

// AddImportedFile implements tracker.Writer.
func (w importWriter) AddImportedFile(story tracker.StoryID, f tracker.ImportedFile) error {
	_, err := w.Exec("remembering where an attachment of "+storyName(story)+" comes from", `
		INSERT INTO imported_file (story_id, position, size, sum, name)
		VALUES (?, (SELECT COALESCE(MAX(position), 0) + 1 FROM imported_file WHERE story_id = ?), ?, ?, ?)`, story, story, f.Size, f.Sum, f.Name)
	return err
}

// The kinds of what stories bring along.
const (
	broughtPriority = "priority"
	broughtPull     = "pull request"
	broughtBranch   = "branch"
)

// Brought implements tracker.Reader.
func (r importReader) Brought(story tracker.StoryID) (b tracker.Brought, err error) {
	type row struct{ kind, text string }
	rows, err := query.All(r.of.Session, "what "+storyName(story)+" brought along", func(r *row) []any { return []any{&r.kind, &r.text} },
		"SELECT kind, text FROM story_origin WHERE story_id = ? ORDER BY kind, position", story)
	for _, r := range rows {
		switch r.kind {
		case broughtPriority:
			b.Priority = r.text
		case broughtPull:
			b.PullRequests = append(b.PullRequests, r.text)
		case broughtBranch:
			b.Branches = append(b.Branches, r.text)
		}
	}
	return b, err
}

// SaveBrought implements tracker.Writer.
func (w importWriter) SaveBrought(story tracker.StoryID, b tracker.Brought) error {
	what := "saving what " + storyName(story) + " brought along"
	if _, err := w.Exec(what, "DELETE FROM story_origin WHERE story_id = ?", story); err != nil {
		return err
	}
	lists := map[string][]string{broughtPull: b.PullRequests, broughtBranch: b.Branches}
	if b.Priority != "" {
		lists[broughtPriority] = []string{b.Priority}
	}
	for kind, list := range lists {
		for i, text := range list {
			if _, err := w.Exec(what, "INSERT INTO story_origin (story_id, kind, position, text) VALUES (?, ?, ?, ?)", story, kind, i, text); err != nil {
				return err
			}
		}
	}
	return nil
}
