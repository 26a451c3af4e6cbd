package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is linked into the program is named with its licence.
func TestLicencesOfTheProgram(t *testing.T) {
	var out bytes.Buffer
	if err := notices(t.Context(), &out, filepath.Join("..", "..")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\nGo go1.", "\ngithub.com/mattn/go-sqlite3 v1.", "\ncharm.land/bubbletea/v2 v2.", "\ngolang.org/x/text v0.",
		"Copyright 2009 The Go Authors", "Yasuhiro Matsumoto", "public domain",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(out.String(), "pgregory.net/rapid") {
		t.Error("a module is named that only tests use")
	}
}

// A work without a licence may not be passed on, so there is no list without it.
func TestAModuleWithoutALicence(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "license_test.go"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := notice(io.Discard, module{Path: "example.com/m", Version: "v1.0.0", Dir: folder})
	if err == nil || !strings.Contains(err.Error(), "example.com/m v1.0.0 has no licence") {
		t.Errorf("error %v", err)
	}
}
