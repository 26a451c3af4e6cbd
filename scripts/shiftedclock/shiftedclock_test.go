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

// probe prints the days since 1970, and whether it knows how long it has run.
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

// A program is built once; a copy of it is on another day.
func TestShiftedProgram(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source, program, copied := filepath.Join(dir, "main.go"), filepath.Join(dir, "probe"), filepath.Join(dir, "copied")
	if err := os.WriteFile(source, []byte(probe), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := goRoot()
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := writeOverlay(dir, root)
	if err != nil {
		t.Fatal(err)
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-overlay="+overlay, "-o", program, source)
	build.Env = append(os.Environ(), "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	binary, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	for _, days := range []int{0, 155, -400} {
		moved, err := shifted(binary, days*24*60*60)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied, moved, 0o700); err != nil {
			t.Fatal(err)
		}
		before := runProbe(t, program)
		got := runProbe(t, copied)
		if after := runProbe(t, program); got < before+days || got > after+days {
			t.Errorf("the shifted program runs on day %d, want %d days after %d", got, days, after)
		}
	}
	if _, err := shifted([]byte("another program"), 1); err == nil {
		t.Error("a program that cannot be shifted was")
	}
}

// runProbe returns the day on which the program believes to run.
func runProbe(t *testing.T, program string) (day int) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var knows bool
	if _, err := fmt.Sscan(string(out), &day, &knows); err != nil || !knows {
		t.Fatalf("the program printed %q: %v", out, err)
	}
	return day
}

// A test that fails on the other day alone fails, and is told.
func TestTwice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26\n",
		"today_test.go": "package m\n\nimport (\n\t\"testing\"\n\t\"time\"\n)\n\n" +
			"func TestDay(t *testing.T) {\n\tif n := time.Now(); n.Year() > 2100 {\n\t\tt.Error(\"too late\", n.Format(\"-0700\"))\n\t}\n}\n",
		"later/later_test.go": "package later\n\nimport (\n\t\"testing\"\n\t\"time\"\n)\n\n" +
			"func TestDay(t *testing.T) {\n\tif time.Now().Year() < 2100 {\n\t\tt.Error(\"too early\")\n\t}\n}\n",
	} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program := filepath.Join(dir, "shiftedclock")
	made := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	made.Env = append(os.Environ(), "GOFLAGS=") // on today's day, whichever this test's is
	if out, err := made.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	test := func(day, folder string) (string, error) {
		cmd := exec.CommandContext(t.Context(), program, "-on", day, "-zone", "Asia/Kolkata", "-once", "later", "--", folder)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if said, err := test("2099-01-02", "."); err != nil {
		t.Errorf("before that day: %v\n%s", err, said)
	}
	if said, err := test("2101-01-02", "."); err == nil || !strings.Contains(said, "on the other day") || !strings.Contains(said, "too late +0530") {
		t.Errorf("after that day: %v\n%s", err, said)
	}
	if said, err := test("2101-01-02", "./later"); err != nil {
		t.Errorf("on that day alone: %v\n%s", err, said)
	}
	if said, err := test("2099-01-02", "./later"); err == nil || !strings.Contains(said, "too early") {
		t.Errorf("on a day before alone: %v\n%s", err, said)
	}
}

func TestSourceThatIsNotKnown(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"no Now":        "package time\n",
		"another start": "package time\n\nfunc Now() Time {\n\treturn Time{}\n}\n",
	} {
		if got, err := shiftable(source); err == nil {
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
		"no package": run(1, "", "", "", nil),
		"no day":     run(0, "", "", "", []string{"./..."}),
		"a bad day":  run(0, "29 February", "", "", []string{"./..."}),
		"a bad zone": run(1, "", "Sydney", "", []string{"./..."}),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
