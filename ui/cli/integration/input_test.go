package integration

import (
	"strings"
	"testing"

	"storydesk/ui/cli/session"
)

func TestSecretFromInput(t *testing.T) {
	for input, want := range map[string]string{
		"s3cret": "s3cret", "s3cret\n": "s3cret", "s3cret\r\n": "s3cret", " two words \n\n": " two words \n",
	} {
		p := &session.Program{Dependencies: session.Dependencies{In: strings.NewReader(input)}}
		if got, err := (commands{runner{Program: p}}).secret(true); got != want || err != nil {
			t.Errorf("secret(%q) = %q, %v", input, got, err)
		}
	}
	for _, input := range []string{"", "\n", strings.Repeat("x", maxSecret+1)} {
		p := &session.Program{Dependencies: session.Dependencies{In: strings.NewReader(input)}}
		if _, err := (commands{runner{Program: p}}).secret(true); session.AsError(err).Field != "password" {
			t.Errorf("secret of %d bytes: %v", len(input), err)
		}
	}
}
