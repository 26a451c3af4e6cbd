package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// pkg is a package of the program.
type pkg struct {
	// name is its path below the module, "main" for the root.
	name string
	// is says what it is, in a sentence.
	is string
	// imports are the names of the program's packages that it imports.
	imports []string
}

// list returns the packages of the program in the first of some folders that holds
// its go.mod, without tests and scripts.
func list(folders ...string) ([]pkg, error) {
	var failed error
	for _, folder := range folders {
		if matches, err := filepath.Glob(filepath.Join(folder, "go.mod")); err != nil || len(matches) == 0 {
			continue
		}
		cmd := exec.Command("go", "list", "-json=ImportPath,Doc,Imports,Module", "./...") //nolint:noctx // the script does nothing else
		cmd.Dir = folder
		var said bytes.Buffer
		cmd.Stderr = &said
		out, err := cmd.Output()
		if err != nil {
			failed = fmt.Errorf("go list: %w: %s", err, said.String())
			continue
		}
		return decode(bytes.NewReader(out))
	}
	return nil, cmpErr(failed, errors.New("no go.mod was found: run it in the folder of the program"))
}

func cmpErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

func decode(r io.Reader) ([]pkg, error) {
	var all []pkg
	for d := json.NewDecoder(r); ; {
		var p struct {
			ImportPath, Doc string
			Imports         []string
			Module          struct{ Path string }
		}
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("reading the answer of go list: %w", err)
		}
		module := p.Module.Path
		name := nameOf(module, p.ImportPath)
		if area(name) == "scripts" || area(name) == "tests" || strings.HasSuffix(name, "test") {
			continue
		}
		one := pkg{name: name, is: sentence(p.Doc)}
		for _, path := range p.Imports {
			if path == module || strings.HasPrefix(path, module+"/") {
				one.imports = append(one.imports, nameOf(module, path))
			}
		}
		all = append(all, one)
	}
}

// nameOf is a package's path below its module's.
func nameOf(module, path string) string {
	if path == module {
		return "main"
	}
	return strings.TrimPrefix(path, module+"/")
}

// area is the top-level folder of a package; the command line is an area of its own.
func area(name string) string {
	if name == "ui/cli" || strings.HasPrefix(name, "ui/cli/") {
		return "ui/cli"
	}
	first, _, _ := strings.Cut(name, "/")
	return first
}

// sentence is a synopsis without the words "Package x", which the table says.
func sentence(doc string) string {
	words := strings.Fields(doc)
	if len(words) > 2 && words[0] == "Package" {
		words = words[2:]
	}
	if len(words) > 1 && words[0] == "is" {
		words = words[1:]
	}
	return strings.TrimSuffix(strings.Join(words, " "), ".")
}

// direct are the imports of a package that no other of its imports has already.
func direct(p pkg, byName map[string]pkg) []string {
	var kept []string
	for _, name := range p.imports {
		through := slices.ContainsFunc(p.imports, func(other string) bool { return other != name && reaches(other, name, byName) })
		if !through {
			kept = append(kept, name)
		}
	}
	slices.Sort(kept)
	return kept
}

func reaches(from, to string, byName map[string]pkg) bool {
	return slices.ContainsFunc(byName[from].imports, func(next string) bool { return next == to || reaches(next, to, byName) })
}

// height is the longest way down from a package.
func height(name string, byName map[string]pkg) int {
	h := 0
	for _, next := range byName[name].imports {
		h = max(h, 1+height(next, byName))
	}
	return h
}
