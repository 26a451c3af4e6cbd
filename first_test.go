package main

import (
	"strings"
	"testing"
)

// A first start asks for the name once, shows the way to the sandbox, and the
// sandbox leaves nothing behind in the user's own database.
func TestFirstStartLeadsToTheSandbox(t *testing.T) {
	home := t.TempDir()
	unnamed := []string{"STORYDESK_USER=", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=user.name", "GIT_CONFIG_VALUE_0=Grace Hopper"}
	x := startWith(t, unnamed, 120, 30, home)
	x.sees("Your name on stories and notes Grace Hopper")
	if strings.Contains(x.Text(), "just write stories") {
		t.Error("keys are offered that would go into the name")
	}
	x.press("ctrl+u", "Grace", "enter")
	x.sees("you are Grace", "add a Zendesk integration", "look around with a sandbox first", "just write stories")
	x.press("d")
	x.sees("sandbox: made-up tickets, nothing is kept", "Login loops on SSO")
	x.press("b")
	x.sees("S-1 created from")
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

	x = startWith(t, unnamed, 120, 30, home)
	x.sees("just write stories")
	x.press("n", "Rotate the keys", "enter")
	x.sees("Rotate the keys")
	x.press("q")
	x.ends()
	var stories []struct{ Requester string }
	twin(t, home, &stories, "story", "list")
	if len(stories) != 1 || stories[0].Requester != "Grace" {
		t.Errorf("stories %+v, want one of Grace's", stories)
	}
}
