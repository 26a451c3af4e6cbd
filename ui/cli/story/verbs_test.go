package story

import (
	"testing"

	"storydesk/tracker"
)

func TestParseEstimate(t *testing.T) {
	if got, err := parseEstimate("None"); got != nil || err != nil {
		t.Errorf("None = %v, %v", got, err)
	}
	if got, err := parseEstimate("0.5"); err != nil || *got != 0.5 {
		t.Errorf("0.5 = %v, %v", got, err)
	}
	for _, text := range []string{"", "-1", "much", "NaN", "1e9"} {
		if _, err := parseEstimate(text); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}
