package views_test

import (
	"os"
	"testing"

	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker/trackertest"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) {
	trackertest.ManyAtOnce()
	os.Exit(postgrestest.Main(m))
}

// world is an installation with what only these tests do.
type world struct{ *trackertest.World }
