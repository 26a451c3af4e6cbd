package tests

import (
	"testing"

	"storydesk/zendesk/sandbox"
)

func openSandbox(t *testing.T) (*sandbox.Sandbox, string) {
	t.Helper()
	box, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	base, err := box.Listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return box, base
}
