package main

import "testing"

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"<text>sent · audit 49067560789603</text> S-8·aad12c", "<text>sent · audit 49004150184389</text> S-8·729c14", true},
		{"age 3h", "age 4h", false},
		{"S-8·aad12c", "S-9·aad12c", false},
	} {
		if got := same(c.a, c.b); got != c.want {
			t.Errorf("same(%q, %q) = %v", c.a, c.b, got)
		}
	}
}
