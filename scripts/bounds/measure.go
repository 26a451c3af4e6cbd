package main

import (
	"cmp"
	"go/ast"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"storydesk/scripts/source"
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
	testsInRoot        kind = "tests"
)

// limits are the largest allowed sizes: lines for files, functions and
// packages, counts for the others. Tests of the whole program have a folder.
func limits() map[kind]int {
	return map[kind]int{
		linesOfFile: 450, linesOfFunction: 80, linesOfPackage: 3500,
		methodsOfType: 30, fieldsOfType: 20, methodsOfInterface: 12, testsInRoot: 2,
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
	counts := make(map[string]*size)
	add := func(k kind, name string, n int) {
		s := size{kind: k, name: name}
		if counts[s.key()] == nil {
			counts[s.key()] = &s
		}
		counts[s.key()].n += n
	}
	if err := source.Walk(root, func(f source.File) { measureFile(f, add) }); err != nil {
		return nil, err
	}
	tests, err := filepath.Glob(filepath.Join(root, "*_test.go"))
	if err != nil {
		return nil, err
	}
	add(testsInRoot, ".", len(tests))
	var sizes []size
	for _, s := range counts {
		sizes = append(sizes, *s)
	}
	slices.SortFunc(sizes, func(a, b size) int { return cmp.Compare(a.key(), b.key()) })
	return sizes, nil
}

func measureFile(f source.File, add func(kind, string, int)) {
	name, folder := f.Name, path.Dir(f.Name)
	lines := f.Line(f.Tree.FileEnd)
	add(linesOfFile, name, lines)
	add(linesOfPackage, folder, lines)
	for _, decl := range f.Tree.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			receiver := receiverName(d)
			add(linesOfFunction, name+":"+strings.TrimPrefix(receiver+"."+d.Name.Name, "."), linesOf(f, d))
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

func linesOf(f source.File, node ast.Node) int {
	return f.Line(node.End()) - f.Line(node.Pos()) + 1
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
