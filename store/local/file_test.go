package local

import (
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

func one(text string) texts {
	changed := newTexts()
	changed.Drafts["k"] = text
	return changed
}

func mustChange(t *testing.T, f *File, text string) {
	t.Helper()
	if err := f.change(one(text)); err != nil {
		t.Error(err)
	}
}

// A program's own changes are never told as another's, at whatever moment it is asked.
func TestOwnChangesAreNotOthers(t *testing.T) {
	f := NewFile(filepath.Join(t.TempDir(), "own.json"))
	mustChange(t, f, "first")
	f.changedElsewhere()
	var changing sync.WaitGroup
	ended := make(chan struct{})
	changing.Go(func() {
		defer close(ended)
		for i := range 100 {
			mustChange(t, f, strconv.Itoa(i))
		}
	})
	for told := false; !told; {
		if f.changedElsewhere() {
			t.Error("a change of its own was told as another's")
			break
		}
		select {
		case <-ended:
			told = true
		default:
		}
	}
	changing.Wait()
}

// Others' changes are told once, also where this program has read them or changed the file itself
// before it is asked.
func TestOthersChangesAreTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.json")
	for name, meanwhile := range map[string]func(*File) error{
		"nothing": func(*File) error { return nil },
		"read":    func(f *File) error { _, err := f.read(); return err },
		"changed": func(f *File) error { return f.change(one("mine")) },
	} {
		f, other := NewFile(path), NewFile(path)
		mustChange(t, f, name)
		f.changedElsewhere()
		mustChange(t, other, "another's")
		if err := meanwhile(f); err != nil {
			t.Fatal(err)
		}
		if !f.changedElsewhere() {
			t.Errorf("%s meanwhile: another's change was not told", name)
		}
		if f.changedElsewhere() {
			t.Errorf("%s meanwhile: another's change was told twice", name)
		}
	}
}
