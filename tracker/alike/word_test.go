package alike_test

import (
	"testing"

	"storydesk/tracker/alike"
)

func TestDidYouMean(t *testing.T) {
	t.Parallel()
	list := []string{"status", "sla", "priority", "organisation"}
	for word, want := range map[string]string{
		"statsu": "; did you mean status?", "sl": "; did you mean sla?", "prio": "; did you mean priority?", "organization": "; did you mean organisation?",
		"": "", "mood": "", "pri": "; did you mean priority?",
	} {
		if got := alike.DidYouMean(word, list); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
