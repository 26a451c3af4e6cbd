package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"storydesk/scripts/source"
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
	err := source.Walk(root, func(f source.File) {
		if !skipped(f.Name) {
			all = append(all, sentencesOf(f)...)
		}
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

// skipped reports whether nothing in a file is shown to a person.
func skipped(name string) bool {
	return strings.HasPrefix(name, "zendesk/sandbox/") || strings.HasPrefix(name, "store/storetest/") || strings.HasPrefix(name, "tracker/trackertest/") || strings.HasPrefix(name, "ui/uitest/")
}

// sentencesOf returns the sentences of one file.
func sentencesOf(f source.File) []sentence {
	var found []sentence
	ast.Inspect(f.Tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			return n.Tag == nil
		case *ast.CallExpr:
			if text, ok := labelIn(n); ok && !readable(text) {
				found = append(found, sentence{f.Name, f.Line(n.Pos()), text})
			}
			return !forMachines(n)
		case *ast.BinaryExpr, *ast.BasicLit:
			text, ok := joined(n.(ast.Expr))
			if !ok {
				return true
			}
			if readable(text) {
				found = append(found, sentence{f.Name, f.Line(n.Pos()), text})
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

// labelIn returns what a call shows although it is a single small word: the label of
// a key in the footer, and the name of a fact.
func labelIn(call *ast.CallExpr) (string, bool) {
	at := -1
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if f.Sel.Name == "Bind" {
			at = 1
		}
	case *ast.Ident:
		if f.Name == "fact" {
			at = 0
		}
	}
	if at < 0 || at >= len(call.Args) {
		return "", false
	}
	return joined(call.Args[at])
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
	if statement().MatchString(text) || strings.HasPrefix(t, "<") || object(t) || strings.HasPrefix(t, "\x1b") {
		return false
	}
	words := regexp.MustCompile(`\pL[\pL'’-]+`).FindAllString(regexp.MustCompile(`%[-+# 0-9.*\[\]]*[a-zA-Z]`).ReplaceAllString(t, " "), -1)
	if len(words) == 0 {
		return false
	}
	capital := regexp.MustCompile(`^\p{Lu}\p{Ll}+$`).MatchString(t)
	return capital || strings.Contains(t, " ")
}

// object reports whether the text is JSON. A sentence may begin with a brace, too:
// “{host} rejected the password” is filled in before it is shown.
func object(text string) bool {
	return strings.HasPrefix(text, "{") && !regexp.MustCompile(`^\{[a-z]+\}`).MatchString(text)
}
