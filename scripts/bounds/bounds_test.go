package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const house = `package house

type Room struct {
	Width, Height int
	Name          string
}

func (r *Room) Area() int {
	return r.Width * r.Height
}

type List[T any] struct{ items []T }

func (l List[T]) Len() int { return len(l.items) }

type Door interface {
	Open()
	Close()
}
`

func TestMeasure(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write(t, root, "ui/house/house.go", house)
	write(t, root, "ui/house/house_test.go", "package house\n\nfunc broken(")
	write(t, root, "main_test.go", "package main\n")
	write(t, root, "ui/house/testdata/data.go", "not Go")
	write(t, root, "scripts/tool/main.go", "package main\n")
	write(t, root, ".hidden/hidden.go", "package hidden\n")

	sizes, err := measure(root)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]int)
	for _, s := range sizes {
		got[s.key()] = s.n
	}
	want := map[string]int{
		"file ui/house/house.go":               19,
		"package ui/house":                     19,
		"fields ui/house.Room":                 3,
		"fields ui/house.List":                 1,
		"methods ui/house.Room":                1,
		"methods ui/house.List":                1,
		"interface ui/house.Door":              2,
		"function ui/house/house.go:Room.Area": 3,
		"function ui/house/house.go:List.Len":  1,
		"tests .":                              1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sizes (-want +got):\n%s", diff)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	limits := map[kind]int{linesOfFile: 10}
	for _, test := range []struct {
		name    string
		n       int
		allowed map[string]int
		want    string
	}{
		{"within the limit", 10, nil, ""},
		{"above the limit", 11, nil, "file a.go has 11, and the limit is 10: split it"},
		{"as large as its exception", 12, map[string]int{"file a.go": 12}, ""},
		{"above its exception", 13, map[string]int{"file a.go": 12}, "file a.go has 13, and its exception allows 12: split it"},
		{"below its exception", 11, map[string]int{"file a.go": 12}, "file a.go has shrunk to 11: lower its exception from 12"},
		{"exception not needed", 9, map[string]int{"file a.go": 12}, "file a.go has 9, within the limit of 10: remove its exception"},
		{"exception of nothing", 9, map[string]int{"file b.go": 12}, "file b.go does not exist: remove its exception"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(check([]size{{kind: linesOfFile, name: "a.go", n: test.n}}, limits, test.allowed), "\n")
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestExceptions(t *testing.T) {
	t.Parallel()
	got, err := parseExceptions("# why\n\nfile a.go 12 # because\n")
	if want := map[string]int{"file a.go": 12}; err != nil || !cmp.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, text := range []string{"file a.go", "file a.go twelve"} {
		if _, err := parseExceptions(text); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
	if _, err := parseExceptions(exceptions); err != nil {
		t.Errorf("the exceptions of the program: %v", err)
	}
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
