package transfer

import (
	"bytes"
	"testing"
	"time"
)

func TestProgressIsShownOnTerminalsOnly(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	none := newProgress(&out)
	none.show(1, 2)
	none.clear()
	if out.Len() > 0 {
		t.Errorf("it wrote %q to a file", out.String())
	}
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	p := &progress{out: &out, now: func() time.Time { return now }}
	p.clear()
	p.show(3, 12)
	p.show(4, 12) // too soon
	p.show(12, 12)
	p.clear()
	want := lineStart + "[######------------------] 3 of 12 stories" + lineStart + "[########################] 12 of 12 stories" + lineStart
	if out.String() != want {
		t.Errorf("it wrote %q", out.String())
	}
	if got := progressLine(7, 0); got != "reading: 7 stories" {
		t.Errorf("while reading it says %q", got)
	}
}
