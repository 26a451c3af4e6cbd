package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The program below is compiled with and without the shifted clock. It prints
// the days since 1970, and whether it knows how long it has run.
const probe = `package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	fmt.Println(start.Unix()/(24*60*60), time.Since(start) < time.Hour)
}
`

func TestShiftedProgram(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(probe), 0o600); err != nil {
		t.Fatal(err)
	}
	overlay, err := writeOverlay(dir, filepath.Join(goRoot(t), "src", "time", "time.go"), 155)
	if err != nil {
		t.Fatal(err)
	}
	before := runProbe(t, dir, "")
	shifted := runProbe(t, dir, "-overlay="+overlay)
	after := runProbe(t, dir, "")
	if shifted < before+155 || shifted > after+155 {
		t.Errorf("the shifted program runs on day %d, want 155 days after %d", shifted, after)
	}
}

// runProbe returns the day on which the program believes to run.
func runProbe(t *testing.T, dir, flags string) (day int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "run", "main.go")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS="+flags)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var knows bool
	if _, err := fmt.Sscan(string(out), &day, &knows); err != nil || !knows {
		t.Fatalf("the program printed %q: %v", out, err)
	}
	return day
}

// goRoot asks the go command, since a test's environment need not say it.
func goRoot(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestSourceThatIsNotKnown(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"no Now":        "package time\n",
		"another start": "package time\n\nfunc Now() Time {\n\treturn Time{}\n}\n",
	} {
		if got, err := shift(source, 1); err == nil {
			t.Errorf("%s: got %q, want an error", name, got)
		}
	}
}

func TestDaysUntil(t *testing.T) {
	t.Parallel()
	leapDay := time.Date(2028, time.February, 29, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		now  time.Time
		want int
	}{
		{time.Date(2028, time.February, 28, 23, 59, 59, 0, time.UTC), 1},
		{time.Date(2028, time.February, 29, 12, 0, 0, 0, time.UTC), 0},
		{time.Date(2028, time.March, 1, 0, 0, 0, 0, time.UTC), -1},
		{time.Date(2028, time.February, 29, 1, 0, 0, 0, time.FixedZone("", 2*60*60)), 1},
	} {
		if got := daysUntil(test.now, leapDay); got != test.want {
			t.Errorf("from %s: %d days, want %d", test.now, got, test.want)
		}
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"no command": run(1, "", nil),
		"no day":     run(0, "", []string{"true"}),
		"a bad day":  run(0, "29 February", []string{"true"}),
		"no program": run(1, "", []string{filepath.Join(t.TempDir(), "missing")}),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
