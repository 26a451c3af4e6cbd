package transfer

import (
	"fmt"
	"io"
	"strings"
	"time"

	"storydesk/ui/cli/output"
)

const (
	// barWidth is how wide the bar of a progress is, in cells.
	barWidth = 24
	// barPause is how long the bar stays as it is at least.
	barPause = 100 * time.Millisecond
	// lineStart goes to the start of the line and clears it.
	lineStart = "\r\x1b[K"
)

// progress shows how far an import is, in one line of a terminal.
type progress struct {
	// out is nil where there is no terminal.
	out   io.Writer
	shown bool
	last  time.Time
	now   func() time.Time
}

func newProgress(stream io.Writer) *progress {
	if _, ok := output.Terminal(stream); !ok {
		return &progress{}
	}
	return &progress{out: stream, now: time.Now}
}

// show says how many stories of all are done; all is 0 while they are counted.
func (p *progress) show(done, all int) {
	if p.out == nil || done != all && p.now().Sub(p.last) < barPause {
		return
	}
	p.shown, p.last = true, p.now()
	p.write(lineStart + progressLine(done, all))
}

func progressLine(done, all int) string {
	if all == 0 {
		return fmt.Sprintf("reading: %d stories", done)
	}
	filled := barWidth * done / all
	return fmt.Sprintf("[%s%s] %d of %d stories", strings.Repeat("#", filled), strings.Repeat("-", barWidth-filled), done, all)
}

// clear takes the line away, before something else is printed.
func (p *progress) clear() {
	if p.shown {
		p.shown = false
		p.write(lineStart)
	}
}

// write ignores failures: a progress that cannot be shown does not stop an import.
func (p *progress) write(text string) { _, _ = io.WriteString(p.out, text) }
