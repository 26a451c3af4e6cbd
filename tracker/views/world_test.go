package views_test

import (
	"testing"

	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }

// world is an installation with helpers of these tests.
type world struct{ *trackertest.World }

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{trackertest.New(t)}
}

func newWorldOf(t testing.TB, o sandbox.Options) *world {
	t.Helper()
	return &world{trackertest.NewOf(t, o)}
}
