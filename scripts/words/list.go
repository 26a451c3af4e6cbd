package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// A sentence is a text that a person can read, and the place that it comes from.
type sentence struct {
	file string
	line int
	text string
}

// String returns the sentence on one line, after its place.
func (s sentence) String() string {
	return fmt.Sprintf("%s:%d: %s", s.file, s.line, strings.ReplaceAll(s.text, "\n", "⏎"))
}

// list returns the sentences of the Go files under root.
func list(root string) ([]sentence, error) {
	var all []sentence
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if skipsFolder(rel) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		all = append(all, sentencesOf(fset, file, rel)...)
		return nil
	})
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if da, db := filepath.Dir(a.file), filepath.Dir(b.file); da != db {
			return da < db
		}
		if a.file != b.file {
			return a.file < b.file
		}
		return a.line < b.line
	})
	return all, err
}

// skipsFolder reports whether nothing in the folder is shown to a person.
func skipsFolder(rel string) bool {
	base := filepath.Base(rel)
	return rel == "scripts" || rel == "zendesk/sandbox" || rel == "store/storetest" || base == "testdata" ||
		rel != "." && strings.HasPrefix(base, ".")
}

// sentencesOf returns the sentences of one file.
func sentencesOf(fset *token.FileSet, file *ast.File, name string) []sentence {
	var found []sentence
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			return n.Tag == nil
		case *ast.CallExpr:
			return !forMachines(n)
		case *ast.BinaryExpr, *ast.BasicLit:
			text, ok := joined(n.(ast.Expr))
			if !ok {
				return true
			}
			if readable(text) {
				found = append(found, sentence{name, fset.Position(n.Pos()).Line, text})
			}
			return false
		}
		return true
	})
	return found
}

// joined returns the text of a literal, or of literals that + joins, with … in
// the place of other values; false when there is no literal in it.
func joined(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.ParenExpr:
		return joined(e.X)
	case *ast.BinaryExpr:
		if e.Op != token.ADD || callsIn(e) {
			return "", false
		}
		left, l := joined(e.X)
		right, r := joined(e.Y)
		if !l && !r {
			return "", false
		}
		if !l {
			left = "…"
		}
		if !r {
			right = "…"
		}
		return left + right, true
	}
	return "", false
}

// callsIn reports whether literals stand in calls within the expression; they
// are sentences of their own, so that the expression is not joined.
func callsIn(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			ast.Inspect(call, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				found = found || ok && lit.Kind == token.STRING && strings.Contains(lit.Value, " ")
				return !found
			})
		}
		return !found
	})
	return found
}

// forMachines reports whether the arguments of the call are read by a machine.
func forMachines(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if pkg, ok := sel.X.(*ast.Ident); ok && (pkg.Name == "regexp" || pkg.Name == "exec" || pkg.Name == "http") {
		return sel.Sel.Name != "Error"
	}
	switch sel.Sel.Name {
	case "Getenv", "LookupEnv", "Setenv", "QueryContext", "QueryRowContext", "ExecContext", "PrepareContext", "MarkFlagRequired":
		return true
	}
	return false
}

// statement finds what a database reads.
func statement() *regexp.Regexp {
	return regexp.MustCompile(`(?s)^\s*\(?(SELECT|INSERT|UPDATE|DELETE|WITH|PRAGMA|CREATE|DROP|ALTER|BEGIN|FROM|WHERE|AND|OR|ORDER|GROUP|LIMIT|JOIN|LEFT|SET|VALUES|ON|UNION|EXISTS|VACUUM|RETURNING) ?\b|[=<>] ?\?|\? ?,|\bIN \(|\bIS (NOT )?NULL|\bSELECT `)
}

// readable reports whether the text is a sentence, a label or a part of one.
func readable(text string) bool {
	t := strings.TrimSpace(text)
	if statement().MatchString(text) || strings.HasPrefix(t, "<") || strings.HasPrefix(t, "{") || strings.HasPrefix(t, "\x1b") {
		return false
	}
	words := regexp.MustCompile(`\pL[\pL'’-]+`).FindAllString(regexp.MustCompile(`%[-+# 0-9.*\[\]]*[a-zA-Z]`).ReplaceAllString(t, " "), -1)
	if len(words) == 0 {
		return false
	}
	capital := regexp.MustCompile(`^\p{Lu}\p{Ll}+$`).MatchString(t)
	return capital || strings.Contains(t, " ")
}
