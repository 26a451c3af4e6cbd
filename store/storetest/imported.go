package storetest

import (
	"testing"

	"storydesk/tracker"
)

func testImported(t *testing.T, s *suite) {
	p, other := s.project("p"), s.project("other")
	first, second := s.story(p.ID, tracker.Started, 1), s.story(p.ID, tracker.Started, 2)
	apart := s.story(other.ID, tracker.Started, 1)
	imported := func() []tracker.Imported {
		return get(s, func(r tracker.Reader) ([]tracker.Imported, error) { return r.Imported(p.ID) })
	}
	same(t, "the imported stories of a project without any", imported(), []tracker.Imported(nil))
	a := tracker.Imported{Origin: 144384857, StoryID: first.ID, Marks: []byte{0, 1, 2}}
	b := tracker.Imported{Origin: 7, StoryID: second.ID, Marks: []byte{3}}
	s.write(func(w tracker.Writer) error { return w.SaveImported(p.ID, a) })
	s.write(func(w tracker.Writer) error { return w.SaveImported(p.ID, b) })
	s.write(func(w tracker.Writer) error {
		return w.SaveImported(other.ID, tracker.Imported{Origin: 7, StoryID: apart.ID, Marks: []byte{4}})
	})
	same(t, "the imported stories", imported(), []tracker.Imported{b, a})

	origins := map[tracker.StoryID]int64{}
	for _, c := range get(s, func(r tracker.Reader) ([]tracker.Card, error) { return r.Cards(p.ID) }) {
		origins[c.ID] = c.Origin
	}
	same(t, "the origins on the board", origins, map[tracker.StoryID]int64{first.ID: a.Origin, second.ID: b.Origin})

	a.Marks = []byte{5}
	s.write(func(w tracker.Writer) error { return w.SaveImported(p.ID, a) })
	s.write(func(w tracker.Writer) error { return w.DeleteStory(second.ID, at(0)) })
	same(t, "the imported stories after a second import and a deletion", imported(), []tracker.Imported{b, a})
	s.write(func(w tracker.Writer) error { return w.RemoveStory(second.ID) })
	same(t, "the imported stories after one was removed for good", imported(), []tracker.Imported{a})
}

func testImportedEpics(t *testing.T, s *suite) {
	p := s.project("Acme")
	e := tracker.Epic{ProjectID: p.ID, Name: "Export", Label: "export", CreatedAt: at(0), UpdatedAt: at(0)}
	s.write(func(w tracker.Writer) error { return w.SaveEpic(&e) })
	for _, marks := range [][]byte{{1}, {2, 3}} {
		want := tracker.ImportedEpic{Origin: 5, EpicID: e.ID, Marks: marks}
		s.write(func(w tracker.Writer) error { return w.SaveImportedEpic(p.ID, want) })
		same(t, "the imported epics", get(s, func(r tracker.Reader) ([]tracker.ImportedEpic, error) { return r.ImportedEpics(p.ID) }), []tracker.ImportedEpic{want})
	}
}

func testImportedFiles(t *testing.T, s *suite) {
	p := s.project("Acme")
	st, other := s.story(p.ID, tracker.Started, 1), s.story(p.ID, tracker.Started, 2)
	imported := func(id tracker.StoryID) []tracker.ImportedFile {
		return get(s, func(r tracker.Reader) ([]tracker.ImportedFile, error) { return r.ImportedFiles(id) })
	}
	same(t, "the imported attachments of a story without any", imported(st.ID), []tracker.ImportedFile(nil))
	a, b := tracker.ImportedFile{Name: "a \x1b[31m.png", Size: 1 << 40, Sum: "s1"}, tracker.ImportedFile{Name: "b.png"}
	for _, f := range []tracker.ImportedFile{a, b, a} { // the same one may come twice
		s.write(func(w tracker.Writer) error { return w.AddImportedFile(st.ID, f) })
	}
	same(t, "the imported attachments", imported(st.ID), []tracker.ImportedFile{a, b, a})
	same(t, "those of another story", imported(other.ID), []tracker.ImportedFile(nil))
	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	same(t, "those of a story that was removed for good", imported(st.ID), []tracker.ImportedFile(nil))
}

func testBrought(t *testing.T, s *suite) {
	p := s.project("Acme")
	st := s.story(p.ID, tracker.Started, 1)
	brought := func() tracker.Brought {
		return get(s, func(r tracker.Reader) (tracker.Brought, error) { return r.Brought(st.ID) })
	}
	same(t, "what a story of here brought along", brought(), tracker.Brought{})
	for _, want := range []tracker.Brought{
		{Priority: "p1 - High", PullRequests: []string{"https://github.com/acme/app/pull/2", "https://github.com/acme/app/pull/1"}, Branches: []string{"csv"}},
		{PullRequests: []string{"https://github.com/acme/app/pull/3"}},
		{},
	} {
		s.write(func(w tracker.Writer) error { return w.SaveBrought(st.ID, want) })
		same(t, "what a story brought along", brought(), want)
	}
}
