package transfer

import (
	"fmt"
	"io"
	"strings"
	"time"

	"storydesk/tracker/transfer"
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

// show says how far an import is.
func (p *progress) show(at transfer.Progress) {
	if p.out == nil || at.Share() < 1 && p.now().Sub(p.last) < barPause {
		return
	}
	p.shown, p.last = true, p.now()
	p.write(lineStart + progressLine(at))
}

func progressLine(at transfer.Progress) string {
	if at.AllStories == 0 && at.AllBytes == 0 {
		return at.String()
	}
	filled := int(barWidth * at.Share())
	return fmt.Sprintf("[%s%s] %s", strings.Repeat("#", filled), strings.Repeat("-", barWidth-filled), at)
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
