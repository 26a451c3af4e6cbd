package projects_test

import (
	"testing"

	"storydesk/tracker/trackertest"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }
