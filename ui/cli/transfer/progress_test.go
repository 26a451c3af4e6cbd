package transfer

import (
	"bytes"
	"testing"
	"time"

	"storydesk/tracker/transfer"
)

func TestProgressIsShownOnTerminalsOnly(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	none := newProgress(&out)
	none.show(transfer.Progress{Stories: 1, AllStories: 2})
	none.clear()
	if out.Len() > 0 {
		t.Errorf("it wrote %q to a file", out.String())
	}
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	p := &progress{out: &out, now: func() time.Time { return now }}
	p.clear()
	p.show(transfer.Progress{Stories: 3, AllStories: 12})
	p.show(transfer.Progress{Stories: 4, AllStories: 12}) // too soon
	p.show(transfer.Progress{Stories: 12, AllStories: 12})
	p.clear()
	want := lineStart + "[######------------------] 3 of 12 stories" + lineStart + "[########################] 12 of 12 stories" + lineStart
	if out.String() != want {
		t.Errorf("it wrote %q", out.String())
	}
	if got := progressLine(transfer.Progress{Stories: 7}); got != "reading: 7 stories" {
		t.Errorf("while reading it says %q", got)
	}
	const copying = "[############------------] 1024 of 2048 MB of attachments"
	if got := progressLine(transfer.Progress{Bytes: 1 << 30, AllBytes: 1<<31 - 1}); got != copying {
		t.Errorf("while copying it says %q", got)
	}
}
