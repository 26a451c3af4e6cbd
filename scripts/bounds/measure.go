package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// kind says what was measured.
type kind string

// What is measured, each with a limit of its own.
const (
	linesOfFile        kind = "file"
	linesOfFunction    kind = "function"
	linesOfPackage     kind = "package"
	methodsOfType      kind = "methods"
	fieldsOfType       kind = "fields"
	methodsOfInterface kind = "interface"
)

// limits are the largest allowed sizes: lines for files, functions and
// packages, counts for the others.
func limits() map[kind]int {
	return map[kind]int{
		linesOfFile: 450, linesOfFunction: 80, linesOfPackage: 3500,
		methodsOfType: 30, fieldsOfType: 20, methodsOfInterface: 12,
	}
}

// size is one measurement. Name is the path of a file or folder, relative to
// the root and with slashes, followed by the name of what stands in it.
type size struct {
	kind kind
	name string
	n    int
}

func (s size) key() string { return string(s.kind) + " " + s.name }

// measure returns the sizes of everything in the Go files below root, sorted by
// kind and name.
func measure(root string) ([]size, error) {
	files := token.NewFileSet()
	counts := make(map[string]*size)
	add := func(k kind, name string, n int) {
		s := size{kind: k, name: name}
		if counts[s.key()] == nil {
			counts[s.key()] = &s
		}
		counts[s.key()].n += n
	}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if entry.IsDir() {
			if skipsFolder(name) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		measureFile(files, file, name, add)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var sizes []size
	for _, s := range counts {
		sizes = append(sizes, *s)
	}
	slices.SortFunc(sizes, func(a, b size) int { return cmp.Compare(a.key(), b.key()) })
	return sizes, nil
}

// skipsFolder reports whether a folder holds no part of the program.
func skipsFolder(name string) bool {
	base := filepath.Base(name)
	return name == "scripts" || base == "testdata" || name != "." && strings.HasPrefix(base, ".")
}

func measureFile(files *token.FileSet, file *ast.File, name string, add func(kind, string, int)) {
	folder := filepath.ToSlash(filepath.Dir(name))
	lines := files.Position(file.FileEnd).Line
	add(linesOfFile, name, lines)
	add(linesOfPackage, folder, lines)
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			receiver := receiverName(d)
			add(linesOfFunction, name+":"+strings.TrimPrefix(receiver+"."+d.Name.Name, "."), linesOf(files, d))
			if receiver != "" {
				add(methodsOfType, folder+"."+receiver, 1)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok {
					measureType(t, folder+"."+t.Name.Name, add)
				}
			}
		}
	}
}

func measureType(t *ast.TypeSpec, name string, add func(kind, string, int)) {
	switch body := t.Type.(type) {
	case *ast.StructType:
		add(fieldsOfType, name, body.Fields.NumFields())
	case *ast.InterfaceType:
		add(methodsOfInterface, name, body.Methods.NumFields())
	}
}

func linesOf(files *token.FileSet, node ast.Node) int {
	return files.Position(node.End()).Line - files.Position(node.Pos()).Line + 1
}

// receiverName returns the name of the type that a method belongs to, "" for a
// function.
func receiverName(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return ""
	}
	expr := f.Recv.List[0].Type
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}
