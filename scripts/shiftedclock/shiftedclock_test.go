package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// A program is on the day that it is linked with.
func TestShiftedProgram(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source := filepath.Join(dir, "main.go")
	if err := os.WriteFile(source, []byte(probe), 0o600); err != nil {
		t.Fatal(err)
	}
	overlay, err := overlaid()
	if err != nil {
		t.Fatal(err)
	}
	build := func(name string, flags ...string) string {
		program := filepath.Join(dir, name)
		cmd := exec.CommandContext(t.Context(), "go", slices.Concat([]string{"build", overlay, "-o", program}, flags, []string{source})...)
		cmd.Env = append(os.Environ(), "GOFLAGS=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return program
	}
	program := build("today")
	for _, days := range []int{0, 155, -400} {
		before := runProbe(t, program)
		got := runProbe(t, build("another-day", "-ldflags="+linked(days*24*60*60)))
		if after := runProbe(t, program); got < before+days || got > after+days {
			t.Errorf("the shifted program runs on day %d, want %d days after %d", got, days, after)
		}
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

// A test that fails on the other day alone fails, and what it builds is on that day.
func TestShiftedTest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":         "module example.com/m\n\ngo 1.26\n",
		"clock/clock.go": "package main\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc main() { fmt.Print(time.Now().Year()) }\n",
		"day_test.go": `package m

import (
	"os/exec"
	"strconv"
	"testing"
	"time"
)

func TestDay(t *testing.T) {
	now := time.Now()
	if now.Year() > 2100 {
		t.Error("too late", now.Format("-0700"))
	}
	said, err := exec.Command("go", "run", "./clock").Output()
	if err != nil || string(said) != strconv.Itoa(now.Year()) {
		t.Errorf("a program says %s: %v", said, err)
	}
}
`,
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
	test := func(day string) (string, error) {
		cmd := exec.CommandContext(t.Context(), program, "-on", day, "-zone", "Asia/Kolkata", "--", ".")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if said, err := test("2099-06-02"); err != nil {
		t.Errorf("before that day: %v\n%s", err, said)
	}
	if said, err := test("2101-06-02"); err == nil || !strings.Contains(said, "too late +0530") || strings.Contains(said, "a program says") {
		t.Errorf("after that day: %v\n%s", err, said)
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
	all := []string{"./..."}
	for name, err := range map[string]error{
		"no package":  run(1, "", "", false, nil),
		"no day":      run(0, "", "", false, all),
		"a bad day":   run(0, "29 February", "", false, all),
		"a bad zone":  run(1, "", "Sydney", false, all),
		"own ldflags": run(1, "", "", false, []string{"-ldflags=-s", "./..."}),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
