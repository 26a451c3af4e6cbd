package iterations

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
)

// CannotTry says why no other velocity can be tried, empty when it can be.
func CannotTry(p plan.Plan) string {
	if len(p.Iterations) == 0 {
		return "the plan is not loaded yet"
	}
	return ""
}

// AskVelocity asks which velocity to try, and tries it; 0 is the project's own. Nothing
// is saved.
func AskVelocity(h *pane.Host, try func(velocity int) tea.Cmd) tea.Cmd {
	own, value := h.Plan.Measured, ""
	if h.Plan.Velocity != own {
		value = strconv.Itoa(h.Plan.Velocity)
	}
	label := fmt.Sprintf("What if the velocity were another one? Empty for the project's, %d", own)
	p := dialog.NewPrompt(h, label, value, func(text string) tea.Cmd {
		velocity, err := parseVelocity(text)
		if err != nil {
			return h.Refuse(err.Error())
		}
		if velocity == own {
			velocity = 0
		}
		return try(velocity)
	})
	p.Reads = true
	return h.Open(p, pane.Line)
}

// parseVelocity reads a velocity, 0 for none.
func parseVelocity(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	velocity, err := strconv.Atoi(text)
	if err != nil || velocity < 1 || velocity > tracker.MaxVelocity {
		return 0, tracker.Invalid("velocity", "%q is not a velocity: give a number of points from 1 to %d", text, tracker.MaxVelocity)
	}
	return velocity, nil
}

// Ended is what must be read again once the current iteration has ended: nothing before.
func Ended(p plan.Plan, now time.Time) tracker.Hint {
	if len(p.Iterations) == 0 || now.Before(p.Current().Finish) {
		return 0
	}
	return tracker.HintStories
}
