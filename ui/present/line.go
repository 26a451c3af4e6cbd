package present

import (
	"errors"

	"storydesk/tracker"
	"storydesk/ui/draw"
)

// SafeLines makes lines of strangers' text safe to draw.
func SafeLines(texts []string) []string {
	safe := make([]string, len(texts))
	for i, s := range texts {
		safe[i] = draw.Line(s)
	}
	return safe
}

// FieldOf is the form field that mends an error, empty when none does.
func FieldOf(err error) string {
	var e *tracker.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}
