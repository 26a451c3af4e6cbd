package tests

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"storydesk/tracker/search"
	"storydesk/ui"
	"storydesk/ui/cli"
	"storydesk/ui/setting"
)

var update = flag.Bool("update", false, "write the tables of the documentation")

// Tables in the documentation are those that the program acts on. With -update they are written.
func TestTablesOfREADMEAndDocs(t *testing.T) {
	for _, table := range []struct{ page, name, want string }{
		{"keys.md", "keys", ui.KeyTable()},
		{"settings.md", "settings", setting.Table()},
		{"commands.md", "commands", cli.CommandTable()},
		{"search.md", "terms", search.Table()},
	} {
		page := filepath.Join("..", "docs", table.page)
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		begin, end, want := "<!-- "+table.name+" -->\n", "<!-- end of "+table.name+" -->", strings.TrimSpace(table.want)
		before, rest, found := strings.Cut(string(content), begin)
		shown, after, ends := strings.Cut(rest, end)
		switch {
		case !found || !ends:
			t.Errorf("%s has no place for the %s", table.page, table.name)
		case strings.TrimSpace(shown) == want:
		case *update:
			text := before + begin + "\n" + want + "\n\n" + end + after
			if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("the %s are\n\n%s\n\nand %s lists others; `go test ./tests -run README -update` writes them", table.name, want, table.page)
		}
	}
}

// headings are the anchors of a page, as GitHub makes them.
func headings(page string) map[string]bool {
	anchors := make(map[string]bool)
	fenced := false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		title, heading := strings.CutPrefix(strings.TrimLeft(line, "#"), " ")
		if fenced || !heading || !strings.HasPrefix(line, "#") {
			continue
		}
		anchor := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
		anchors[strings.ReplaceAll(anchor, " ", "-")] = true
	}
	return anchors
}

// Each link of the documentation to a file, and to a heading in one, leads somewhere.
func TestLinksOfTheDocumentationLeadSomewhere(t *testing.T) {
	pages := []string{"../README.md", "../CONTRIBUTING.md", "../CHANGELOG.md", "../SECURITY.md", "../zendesk/sandbox/README.md"}
	docs, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"`)
	checked := 0
	for _, page := range append(pages, docs...) {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(string(content), -1) {
			target := found[1] + found[2]
			if strings.Contains(target, "://") {
				continue
			}
			checked++
			file, anchor, _ := strings.Cut(target, "#")
			there := page
			if file != "" {
				there = filepath.Join(filepath.Dir(page), filepath.FromSlash(file))
			}
			text, err := os.ReadFile(there)
			if info, missing := os.Stat(there); err != nil && (missing != nil || !info.IsDir()) {
				t.Errorf("%s links to %s, which is not there", page, target)
			} else if anchor != "" && !headings(string(text))[anchor] {
				t.Errorf("%s links to %s, which has no such heading", page, target)
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d links were checked", checked)
	}
}

// Each module that go.mod asks for itself has its reason on a page, and no other has.
func TestEachDependencyHasItsReason(t *testing.T) {
	content, err := os.ReadFile("../docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-m", "-f", "{{if not (or .Main .Indirect)}}`{{.Path}}`{{end}}", "all").Output()
	if err != nil {
		t.Fatal(err)
	}
	named := make(map[string]bool)
	for line := range strings.Lines(string(content)) {
		if cells := strings.Split(line, "|"); len(cells) == 8 {
			for _, module := range regexp.MustCompile("`[^`]+`").FindAllString(cells[1], -1) {
				named[module] = true
			}
		}
	}
	for _, module := range strings.Fields(string(out)) {
		if !named[module] {
			t.Errorf("dependencies.md has no row for %s", module)
		}
		delete(named, module)
	}
	for module := range named {
		t.Errorf("dependencies.md has a row for %s, which go.mod does not ask for", module)
	}
}
