package search_test

import (
	"testing"

	"storydesk/tracker/search"
)

func TestComplete(t *testing.T) {
	t.Parallel()
	known := search.Known{People: []string{"Ada Lovelace", "Grace"}, Labels: []string{"export", "q4 goals", "ui"}}
	for text, want := range map[string]string{
		"": "", "csv ": "csv ", "csv own": "csv owner:", "csv -lab": "csv -label:", "(sta": "(state:", "zzz": "zzz",
		"state:del": "state:delivered", "state:started,del": "state:started,delivered", "state:started": "state:finished", "state:accepted": "state:unscheduled",
		"owner:": "owner:me", "owner:me": `owner:"Ada Lovelace"`, `owner:"Ada Lovelace"`: "owner:Grace", `owner:"ada l`: `owner:"Ada Lovelace"`, "owner:gr": "owner:Grace",
		"label:q": `label:"q4 goals"`, "label:z": "label:z", "x OR epic:u": "x OR epic:ui", "created:last-w": "created:last-week", "type:": "type:feature",
		"external_id:1": "external_id:1", "nope:x": "nope:x", "owned_by:gr": "owned_by:Grace",
	} {
		if got := search.Complete(search.Everything, text, known); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
