package project

import (
	"errors"
	"io"
	"testing"

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
