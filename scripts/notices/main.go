// Notices prints the licences of everything that is part of the program: of each module
// that it is built from, of Go, and of SQLite.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

func main() {
	if err := notices(context.Background(), os.Stdout, "."); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

// module is what `go list` says of the module that a package belongs to.
type module struct {
	Path, Version, Dir string
	Main               bool
}

// license is how files are named that hold a licence or what it asks to be passed on.
var license = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([.-].*)?$`)

// heading says what follows, and names what has no licence because it needs none.
const heading = `storydesk is made of the works below, each under its own licence.
SQLite (https://sqlite.org), by D. Richard Hipp and others, is in the public domain.
Programs for Linux hold the GNU C library, too, which is under the GNU LGPL 2.1; its source
is at https://ftp.gnu.org/gnu/glibc, and storydesk can be linked with another one as
scripts/release does it.
`

// notices writes the licences of the program in a folder. It fails where a module has none.
func notices(ctx context.Context, w io.Writer, folder string) error {
	modules, err := modulesOf(ctx, folder)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, heading); err != nil {
		return err
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("go env GOROOT: %w", err)
	}
	goItself := module{Path: "Go", Version: runtime.Version(), Dir: strings.TrimSpace(string(root))}
	for _, m := range append([]module{goItself}, modules...) {
		if err := notice(w, m); err != nil {
			return err
		}
	}
	return nil
}

// modulesOf lists the modules of the program in a folder by path, without its own.
func modulesOf(ctx context.Context, folder string) ([]module, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-json=Module", ".")
	cmd.Dir = folder
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var modules []module
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ Module *module }
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
			return slices.Compact(modules), nil
		case err != nil:
			return nil, fmt.Errorf("go list: %w", err)
		case p.Module != nil && !p.Module.Main:
			modules = append(modules, *p.Module)
		}
	}
}

// notice writes the licences of a module.
func notice(w io.Writer, m module) error {
	files, err := os.ReadDir(m.Dir)
	if err != nil {
		return err
	}
	found := false
	for _, f := range files {
		if f.IsDir() || !license.MatchString(f.Name()) {
			continue
		}
		found = true
		text, err := os.ReadFile(filepath.Join(m.Dir, f.Name()))
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "\n%s\n%s %s, %s\n\n%s\n", strings.Repeat("=", 78), m.Path, m.Version, f.Name(), bytes.TrimSpace(text))
		if err != nil {
			return err
		}
	}
	if !found {
		return fmt.Errorf("%s %s has no licence in %s", m.Path, m.Version, m.Dir)
	}
	return nil
}
