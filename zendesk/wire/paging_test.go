package wire

import (
	"strings"
	"testing"
)

func TestNextCursor(t *testing.T) {
	tests := map[string]string{
		``:               "",
		`{"tickets":[]}`: "",
		`{"meta":{"has_more":false,"after_cursor":"a"}}`:                               "",
		`{"meta":{"has_more":true,"after_cursor":"a"},"tickets":[]}`:                   "a",
		`{"tickets":[],"meta":{"after_cursor":"b","has_more":"true"},"links":{"n":1}}`: "b",
		`{"subject":"say \"meta\": x","meta":{"has_more":true,"after_cursor":"c"}}`:    "c",
		`{"meta":{"has_more":true,"after_cur`:                                          "",
		`{"meta":`:                                                                     "",
	}
	for body, want := range tests {
		if got := NextCursor([]byte(body)); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	if got := NextCursor([]byte(strings.Repeat(`"meta":`, 1000))); got != "" {
		t.Errorf("found %q in nothing", got)
	}
}
