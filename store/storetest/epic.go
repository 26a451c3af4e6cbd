package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func testEpics(t *testing.T, s *suite) {
	p, other := s.project("p"), s.project("other")
	list := func(of tracker.ProjectID) []tracker.Epic {
		return get(s, func(r tracker.Reader) ([]tracker.Epic, error) { return r.Epics(of) })
	}
	// An importer writes what was made long ago.
	pay := tracker.Epic{ProjectID: p.ID, Name: "Pay in one \x1b[31mstep", Label: "checkout", Description: "two\nlines", Position: 2, CreatedAt: at(-time.Hour), UpdatedAt: at(0)}
	search := tracker.Epic{ProjectID: p.ID, Name: "Search", Label: "search", Position: 1, CreatedAt: at(0), UpdatedAt: at(0)}
	elsewhere := tracker.Epic{ProjectID: other.ID, Name: "Search", Label: "search", Position: 1, CreatedAt: at(0), UpdatedAt: at(0)}
	for _, e := range []*tracker.Epic{&pay, &search, &elsewhere} {
		s.write(func(w tracker.Writer) error { return w.SaveEpic(e) })
	}
	if pay.ID == 0 || pay.ID == search.ID {
		t.Fatalf("new epics have the ids %d and %d", pay.ID, search.ID)
	}
	same(t, "epics", list(p.ID), []tracker.Epic{search, pay})
	same(t, "epics of another project", list(other.ID), []tracker.Epic{elsewhere})

	taken := tracker.Epic{ProjectID: p.ID, Name: "Find", Label: "search", CreatedAt: at(0), UpdatedAt: at(0)}
	s.refused(tracker.CodeInvalid, "label", func(w tracker.Writer) error { return w.SaveEpic(&taken) })
	search.Name, search.Description, search.Position, search.UpdatedAt = "Find", "again", 3, at(time.Hour)
	s.write(func(w tracker.Writer) error { return w.SaveEpic(&search) })
	same(t, "a changed epic", list(p.ID), []tracker.Epic{pay, search})

	comment := tracker.Comment{Author: "Ada", Text: "When?", CreatedAt: at(0)}
	s.write(func(w tracker.Writer) error { return w.AddEpicComment(pay.ID, &comment) })
	comments := func() []tracker.Comment {
		return get(s, func(r tracker.Reader) ([]tracker.Comment, error) { return r.EpicComments(pay.ID) })
	}
	same(t, "comments", comments(), []tracker.Comment{comment})
	files := func() []tracker.StoryFile {
		return get(s, func(r tracker.Reader) ([]tracker.StoryFile, error) { return r.EpicFiles(pay.ID) })
	}
	plan := tracker.StoryFile{EpicID: pay.ID, Name: "plan \x1b[31m.pdf", Size: 1 << 40, Content: "c9", Sum: "s9", Author: "Ada", CreatedAt: at(0)}
	s.write(func(w tracker.Writer) error { return w.AddEpicFile(&plan) })
	same(t, "attachments", files(), []tracker.StoryFile{plan})
	s.write(func(w tracker.Writer) error {
		left, err := w.ForgetFiles(at(0))
		same(t, "contents", left, []string{"c9"})
		return err
	})

	s.write(func(w tracker.Writer) error { return w.RemoveEpic(pay.ID) })
	same(t, "after a removal", list(p.ID), []tracker.Epic{search})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveEpic(pay.ID) })
	again := tracker.Epic{ProjectID: p.ID, Name: "Pay", Label: "checkout", Position: 4, CreatedAt: at(0), UpdatedAt: at(0)}
	s.write(func(w tracker.Writer) error { return w.SaveEpic(&again) })
	if again.ID == pay.ID {
		t.Error("a new epic has the number of one that was removed")
	}
	s.refused(tracker.CodeInvalid, "label", func(w tracker.Writer) error { return w.SaveEpic(&pay) })
	s.write(func(w tracker.Writer) error { return w.RemoveEpic(again.ID) })
	s.write(func(w tracker.Writer) error { return w.SaveEpic(&pay) })
	same(t, "one that came back", list(p.ID), []tracker.Epic{pay, search})
	same(t, "its comments", comments(), []tracker.Comment{comment})
	same(t, "its attachments", files(), []tracker.StoryFile{plan})
}
