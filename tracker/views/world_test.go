package views_test

import (
	"testing"

	"storydesk/tracker/trackertest"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }

// world is an installation with what only these tests do.
type world struct{ *trackertest.World }
