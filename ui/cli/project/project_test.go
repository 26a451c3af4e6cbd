package project

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
)

// errPaper fails every write.
var errPaper = errors.New("no paper")

type brokenPrinter struct{}

func (brokenPrinter) Write([]byte) (int, error) { return 0, errPaper }

func TestPrintingFailsWhenNobodyReads(t *testing.T) {
	p := &session.Program{Dependencies: session.Dependencies{Out: brokenPrinter{}, Err: io.Discard}}
	if err := output.List(p.Printer(), projects(), []listedProject{{Project: tracker.NewProject("P")}}); !errors.Is(err, errPaper) {
		t.Errorf("printList = %v", err)
	}
	p.Flags.JSON = true
	if err := output.Object(p.Printer(), projects(), listedProject{Project: tracker.NewProject("P")}); !errors.Is(err, errPaper) {
		t.Errorf("printChange = %v", err)
	}
}

func TestParseWeekday(t *testing.T) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if got, err := parseWeekday(" " + strings.ToUpper(weekday(day))); got != day || err != nil {
			t.Errorf("%s = %s, %v", day, got, err)
		}
	}
	if _, err := parseWeekday("mon"); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("mon: %v", err)
	}
}
