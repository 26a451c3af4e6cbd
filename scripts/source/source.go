// Package source reads the program's own source for the scripts that check it.
//
// Invariants:
//   - Tests, scripts, test data and hidden folders are no part of the program.
package source

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
)

// File is a Go file of the program. Name is its path with slashes, relative to
// the program's folder; Set has the positions in Tree.
type File struct {
	Name string
	Tree *ast.File
	Set  *token.FileSet
}

// Line returns the line of a position in the file.
func (f File) Line(at token.Pos) int { return f.Set.Position(at).Line }

// Walk calls visit with every Go file of the program in root, in the order of
// their names. It fails with the first file that cannot be read.
func Walk(root string, visit func(File)) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case entry.IsDir() && foreign(name):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		visit(File{name, tree, set})
		return nil
	})
}

// foreign reports whether a folder holds no part of the program.
func foreign(name string) bool {
	base := filepath.Base(name)
	return name == "scripts" || base == "testdata" || name != "." && strings.HasPrefix(base, ".")
}
