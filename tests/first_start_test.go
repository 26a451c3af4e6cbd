package tests

import (
	"strings"
	"testing"
)

// A first start asks nothing and shows the way to the sandbox, which asks nothing
// either and leaves nothing behind in the user's own database. The name is asked for
// once, when the first story needs it.
func TestFirstStartLeadsToTheSandbox(t *testing.T) {
	home := t.TempDir()
	// Which name is suggested depends on whether git answers in time.
	unnamed := []string{"STORYDESK_USER=", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=user.name", "GIT_CONFIG_VALUE_0=Grace Hopper"}
	x := startWith(t, unnamed, 204, 30, home)
	x.sees("add an integration", "explore with sample tickets", "create stories without Zendesk")
	if strings.Contains(x.Text(), "Your name") {
		t.Error("the name is asked for before it is needed")
	}
	x.press("d")
	x.sees("sandbox: sample tickets, nothing is saved", "#1044 Login", "accepted")
	x.press("b")
	x.sees("created from #1048")
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	var left []struct{}
	for _, kind := range []string{"story", "integration", "delivery"} {
		if twin(t, home, &left, kind, "list"); len(left) != 0 {
			t.Errorf("the sandbox left %d in the %s list", len(left), kind)
		}
	}

	x = startWith(t, unnamed, 204, 30, home)
	x.sees("create stories without Zendesk")
	x.press("n", "Rotate the keys", "enter")
	x.sees("Your name on stories and private comments: ", "enter use it", "ctrl+e change it")
	x.press("ctrl+e", "ctrl+u", "Grace", "enter")
	x.sees("Rotate the keys", "created")
	x.press("q")
	x.ends()

	x = startWith(t, unnamed, 204, 30, home)
	x.sees("Rotate the keys")
	x.press("3", "n", "Write the docs", "enter")
	x.sees("S-2 created", "Write the docs")
	x.press("q")
	x.ends()
	var stories []struct{ Requester string }
	twin(t, home, &stories, "story", "list")
	if len(stories) != 2 || stories[0].Requester != "Grace" || stories[1].Requester != "Grace" {
		t.Errorf("stories %+v, want two of Grace's", stories)
	}
}
