package tracker

import "slices"

// Refusal returns why an action cannot be done to stories, or nil when it can be
// done to each of them. The error is an *Error about the first story that stands
// in the way: CodeRefused, or CodeInvalid with the field "estimate" where a story
// carries no points. Its Reason names the refusals that something can be done about.
func Refusal(a Action, p Project, cards ...Card) error {
	for _, c := range cards {
		if err := refusal(a, p, c); err != nil {
			return err
		}
	}
	if a == Advance && len(cards) > 1 {
		return differentSteps(p, cards)
	}
	return nil
}

func refusal(a Action, p Project, c Card) error {
	switch {
	case a == Move && c.State == Accepted:
		// It would take the acceptance back without telling anybody.
		return because(ReasonAccepted, "%s is accepted and cannot be moved", c.ID)
	case a == Move:
		return nil
	case a == Estimate && !Estimatable(c.Type, p):
		return noPoints(c.Type)
	case a == Estimate:
		return nil
	case a == Advance && NextAction(c, p) == Estimate:
		return needsEstimate(c.ID)
	case a == Advance:
		return nil
	case a == Reject && c.State != Delivered:
		return Errorf(CodeRefused, "only a delivered story can be rejected; %s is %s", c.ID, c.State)
	}
	return notOffered(a, p, c)
}

// notOffered refuses a step that a story does not offer, and says what it offers.
func notOffered(a Action, p Project, c Card) error {
	offered := Actions(c.Type, c.State, c.Estimate, p)
	zero := 0.0
	switch {
	case slices.Contains(offered, a), a == Restart && c.State == Accepted:
		return nil
	case len(offered) == 0:
		return Errorf(CodeRefused, "%s is %s: you can %s it, not %s it", c.ID, c.State, Restart, a)
	case offered[0] == Estimate && slices.Contains(Actions(c.Type, c.State, &zero, p), a):
		return needsEstimate(c.ID)
	case len(offered) == 2:
		return Errorf(CodeRefused, "%s is %s: you can %s or %s it, not %s it", c.ID, c.State, offered[0], offered[1], a)
	}
	return Errorf(CodeRefused, "%s is %s: you can %s it, not %s it", c.ID, c.State, offered[0], a)
}

// differentSteps refuses to advance stories together that would take different steps.
func differentSteps(p Project, cards []Card) error {
	first := NextAction(cards[0], p)
	for _, c := range cards[1:] {
		if next := NextAction(c, p); next != first {
			return because(ReasonDifferentSteps, "%s can %s, but %s can %s", cards[0].ID, first, c.ID, next)
		}
	}
	return nil
}

func needsEstimate(id StoryID) error {
	e := because(ReasonNeedsEstimate, "%s needs an estimate first", id)
	e.Field = "estimate"
	return e
}

func noPoints(t StoryType) error {
	return Invalid("estimate", "a %s has no points in this project", t)
}

// because makes a CodeRefused error with a reason.
func because(why Reason, format string, args ...any) *Error {
	e := Errorf(CodeRefused, format, args...)
	e.Reason = why
	return e
}
