// Portable checks the program and its tests for other systems than this one: that each
// package compiles, and that vet's checks have nothing to say. It reads types from source
// and makes no machine code, which takes a tenth of the time of `go build` and `go vet`.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/nilfunc"
	"golang.org/x/tools/go/analysis/passes/printf"
	"golang.org/x/tools/go/analysis/passes/unmarshal"
	"golang.org/x/tools/go/analysis/passes/unusedresult"
	"golang.org/x/tools/go/packages"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	problems, err := portable(ctx, "./...", "darwin", "windows")
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "portable:", err)
		os.Exit(1)
	}
	for _, p := range problems {
		fmt.Println(p)
	}
	if len(problems) > 0 {
		os.Exit(1)
	}
}

// portable checks packages for systems, and returns what is wrong, each once. Scripts run
// where the tests do, and may use what only that system has.
func portable(ctx context.Context, pattern string, systems ...string) ([]string, error) {
	var problems []string
	for _, system := range systems {
		checked, err := packages.Load(&packages.Config{
			Context: ctx, Mode: packages.LoadAllSyntax, Tests: true,
			Env: append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0"),
		}, pattern)
		if err != nil {
			return nil, fmt.Errorf("load %s for %s: %w", pattern, system, err)
		}
		packages.Visit(checked, nil, func(p *packages.Package) {
			for _, e := range p.Errors {
				if !withoutC(e) && !strings.Contains(p.PkgPath, "/scripts/") {
					problems = append(problems, system+": "+e.Error())
				}
			}
		})
		vetted, err := vet(checked)
		if err != nil {
			return nil, fmt.Errorf("vet for %s: %w", system, err)
		}
		for _, v := range vetted {
			problems = append(problems, system+": "+v)
		}
	}
	slices.Sort(problems)
	return slices.Compact(problems), nil
}

// withoutC reports whether an error comes from SQLite's driver: where no C is compiled,
// it has hardly any names.
func withoutC(e packages.Error) bool {
	return e.Kind == packages.TypeError && (strings.Contains(e.Msg, "undefined: sqlite3.") || strings.Contains(e.Msg, "*sqlite3."))
}

// vet runs those of vet's checks that may answer otherwise for another system. Packages
// that stand on SQLite are left to this one, because their types are not complete.
func vet(checked []*packages.Package) ([]string, error) {
	graph, err := checker.Analyze([]*analysis.Analyzer{
		copylock.Analyzer, lostcancel.Analyzer, nilfunc.Analyzer, printf.Analyzer, unmarshal.Analyzer, unusedresult.Analyzer,
	}, slices.DeleteFunc(slices.Clone(checked), func(p *packages.Package) bool { return p.IllTyped }), nil)
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, action := range graph.Roots {
		if action.Err != nil {
			return nil, fmt.Errorf("%s: %w", action, action.Err)
		}
		for _, d := range action.Diagnostics {
			problems = append(problems, fmt.Sprintf("%s: %s", action.Package.Fset.Position(d.Pos), d.Message))
		}
	}
	return problems, nil
}
