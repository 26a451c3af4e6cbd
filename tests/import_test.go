package tests

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// manyStories writes an export of n stories, the first of which are linked to tickets of
// an account.
func manyStories(t *testing.T, folder string, n int, account string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Id,Title,Type,Estimate,Current State,Created at,Description,Comment,Task,Task Status\n")
	for i := range n {
		description := "As a customer I want it."
		if account != "" && i < 40 {
			description = fmt.Sprintf("See %s/agent/tickets/%d", account, 1000+i)
		}
		fmt.Fprintf(&b, "%d,Story %d,feature,2,started,\"Jan 5, 2024\",%s,\"Good (Ada Berg - Jan 6, 2024)\",Write it,completed\n", 1000+i, i, description)
	}
	path := filepath.Join(folder, "many.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// attachedFiles puts files into the folder of an unzipped export's first story, as large as
// they are many.
func attachedFiles(t *testing.T, folder string, n int) {
	t.Helper()
	of := filepath.Join(folder, "1000")
	if err := os.Mkdir(of, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		path := filepath.Join(of, fmt.Sprintf("%d.log", i))
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
}

// An import that is killed in its midst leaves nothing behind, and a second try works. One
// that was quicker than the kill is tried again, larger.
func TestKilledImportLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sign           string
		stories, files int
	}{
		"while it writes":           {" stories", 4000, 0},
		"while it copies the files": {" MB of attachments", 10, 50},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for size := 1; !killedImport(t, c.sign, c.stories*size, c.files*size); size *= 2 {
				if size == 64 {
					t.Fatal("an import of this size is not caught in its midst")
				}
			}
		})
	}
}

// killedImport kills an import when its progress shows a sign, and reports whether it was
// not complete then.
func killedImport(t *testing.T, sign string, stories, files int) bool {
	t.Helper()
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	folder := filepath.Join(home, "acme")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	manyStories(t, folder, stories, "")
	if files > 0 {
		attachedFiles(t, folder, files)
	}
	x := start(t, 100, 30, home, "import", folder, "--db", db)
	x.must(x.Until("a bar or the end", func(screen string) bool {
		return strings.Contains(screen, "[") && strings.Contains(screen, sign) || strings.Contains(screen, "imported into")
	}))
	if err := x.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	var left []storyJSON
	switch twin(t, home, &left, "story", "list", "--db", db); len(left) {
	case 0:
	case stories:
		return false
	default:
		t.Fatalf("there are %d stories of %d", len(left), stories)
	}
	var projects []struct {
		PointScale []float64 `json:"point_scale"`
	}
	if twin(t, home, &projects, "project", "list", "--db", db); len(projects) != 1 {
		t.Errorf("the projects are %+v", projects)
	}
	var report struct {
		Counts []struct {
			Kind  string
			Added int
		}
	}
	twin(t, home, &report, "import", folder, "--db", db)
	if len(report.Counts) == 0 || report.Counts[0].Kind != "stories" || report.Counts[0].Added != stories {
		t.Errorf("the second try adds %+v", report.Counts)
	}
	if twin(t, home, &left, "story", "list", "--db", db); len(left) != stories {
		t.Errorf("there are %d stories", len(left))
	}
	var found any // it fails where the database or its files are damaged
	twin(t, home, &found, "db", "check", "--db", db)
	return true
}

// While a project is imported a board with its courier runs on the same database: its
// changes are saved, and nothing is sent.
func TestBoardWorksWhileAProjectIsImported(t *testing.T) {
	t.Parallel()
	const stories = 2000
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	x := start(t, 120, 32, home, "demo", "--db", db)
	x.sees("1 Tickets ━")
	var integrations []struct{ URL string }
	if twin(t, home, &integrations, "integration", "list", "--db", db); len(integrations) != 1 {
		t.Fatalf("the integrations are %+v", integrations)
	}
	file := manyStories(t, home, stories, strings.TrimSuffix(integrations[0].URL, "/"))
	importing := exec.Command(program(t), "import", file, "--db", db)
	importing.Env = environment(home)
	var said strings.Builder
	importing.Stdout, importing.Stderr = &said, &said
	if err := importing.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- importing.Wait() }()
	made := 0
	for running := true; running; made++ {
		x.press("n", fmt.Sprintf("Meanwhile %d", made), "enter")
		x.sees(fmt.Sprintf("Meanwhile %d", made), " created")
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err, said.String())
			}
			running = false
		default:
		}
	}
	var list []storyJSON
	if twin(t, home, &list, "story", "list", "--db", db); len(list) != stories+made {
		t.Errorf("there are %d stories, of which %d were made meanwhile", len(list), made)
	}
	linked := 0
	for _, s := range list {
		linked += len(s.Tickets)
	}
	if linked != 40 {
		t.Errorf("%d stories are linked", linked)
	}
	var deliveries []deliveryJSON
	if twin(t, home, &deliveries, "delivery", "list", "--db", db); len(deliveries) > 0 {
		t.Errorf("deliveries were made: %+v", deliveries)
	}
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("left with exit code %d", code)
	}
}
