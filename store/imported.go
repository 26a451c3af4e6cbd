package store

import "storydesk/tracker"

// importReader reads which stories were imported.
type importReader struct{ of *reader }

// importWriter changes which stories were imported.
type importWriter struct{ *statements }

// Imported implements tracker.Reader.
func (r importReader) Imported(project tracker.ProjectID) ([]tracker.Imported, error) {
	return all(r.of, "the imported stories", func(i *tracker.Imported) []any { return []any{&i.Origin, &i.StoryID, &i.Marks} },
		"SELECT origin, story_id, marks FROM imported_story WHERE project_id = ? ORDER BY origin", project)
}

// origins are the numbers that a project's stories were imported with.
func origins(r *reader, project tracker.ProjectID) (map[tracker.StoryID]int64, error) {
	type pair struct {
		story  tracker.StoryID
		origin int64
	}
	list, err := all(r, "the imported stories", func(p *pair) []any { return []any{(*int64)(&p.story), &p.origin} },
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
	_, err := w.exec("remembering where "+storyName(i.StoryID)+" comes from", `
		INSERT INTO imported_story (project_id, origin, story_id, marks) VALUES (?, ?, ?, ?)
		ON CONFLICT (project_id, origin) DO UPDATE SET (story_id, marks) = (excluded.story_id, excluded.marks)`,
		project, i.Origin, i.StoryID, i.Marks)
	return err
}
