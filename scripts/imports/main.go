package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// page shows the packages between two marks.
const (
	page   = "docs/architecture.md"
	begins = "<!-- packages -->\n"
	ends   = "<!-- end of packages -->"
)

func run() error {
	all, err := list(".", "../..")
	if err != nil {
		return err
	}
	text, err := os.ReadFile(page)
	if err != nil {
		return fmt.Errorf("reading the page, which is found from the root of the checkout: %w", err)
	}
	before, rest, found := strings.Cut(string(text), begins)
	_, after, whole := strings.Cut(rest, ends)
	if !found || !whole {
		return fmt.Errorf("%s has no place for the packages", page)
	}
	return os.WriteFile(page, []byte(before+begins+strings.TrimSpace(render(all))+"\n"+ends+after), 0o600) //nolint:gosec // the path is a constant
}
