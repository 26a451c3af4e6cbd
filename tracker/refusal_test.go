package tracker

import "testing"

func TestRefusal(t *testing.T) {
	plain := NewProject("p")
	pointed := plain
	pointed.EstimateAll = true
	feature := Card{ID: 1, Type: Feature, State: Unstarted}
	estimated := Card{ID: 2, Type: Feature, State: Unstarted, Estimate: points(1)}
	bug := Card{ID: 3, Type: Bug, State: Unstarted}
	started := Card{ID: 4, Type: Bug, State: Started}
	delivered := Card{ID: 5, Type: Bug, State: Delivered}
	accepted := Card{ID: 6, Type: Bug, State: Accepted}
	release := Card{ID: 7, Type: Release, State: Unstarted}
	for _, test := range []struct {
		name    string
		action  Action
		project Project
		cards   []Card
		reason  Reason
		want    string
	}{
		{"no story", Advance, plain, nil, "", ""},
		{"advance", Advance, plain, []Card{estimated}, "", ""},
		{"advance an accepted one", Advance, plain, []Card{accepted}, "", ""},
		{"advance without an estimate", Advance, plain, []Card{feature}, ReasonNeedsEstimate, "S-1 needs an estimate first"},
		{"advance alike", Advance, plain, []Card{estimated, bug}, "", ""},
		{"advance, the second without an estimate", Advance, plain, []Card{bug, feature}, ReasonNeedsEstimate, "S-1 needs an estimate first"},
		{"advance differently", Advance, plain, []Card{started, bug}, ReasonDifferentSteps, "S-4 can finish, but S-3 can start"},
		{"start", Start, plain, []Card{estimated, bug}, "", ""},
		{"start without an estimate", Start, plain, []Card{bug, feature}, ReasonNeedsEstimate, "S-1 needs an estimate first"},
		{"start a bug of a project with points for bugs", Start, pointed, []Card{bug}, ReasonNeedsEstimate, "S-3 needs an estimate first"},
		{"accept without an estimate", Accept, plain, []Card{feature}, "", "S-1 is unstarted: you can estimate it, not accept it"},
		{"deliver an unstarted one", Deliver, plain, []Card{bug}, "", "S-3 is unstarted: you can start it, not deliver it"},
		{"start a delivered one", Start, plain, []Card{bug, delivered}, "", "S-5 is delivered: you can accept or reject it, not start it"},
		{"finish an accepted one", Finish, plain, []Card{accepted}, "", "S-6 is accepted: you can restart it, not finish it"},
		{"restart an accepted one", Restart, plain, []Card{accepted}, "", ""},
		{"restart a started one", Restart, plain, []Card{started}, "", "S-4 is started: you can finish it, not restart it"},
		{"start a release", Start, plain, []Card{release}, "", "S-7 is unstarted: you can finish it, not start it"},
		{"reject", Reject, plain, []Card{delivered}, "", ""},
		{"reject a started one", Reject, plain, []Card{delivered, started}, "", "only a delivered story can be rejected; S-4 is started"},
		{"reject without the estimate that is needed by now", Reject, pointed, []Card{delivered}, ReasonNeedsEstimate, "S-5 needs an estimate first"},
		{"move", Move, plain, []Card{feature, started, delivered}, "", ""},
		{"move an accepted one", Move, plain, []Card{bug, accepted}, ReasonAccepted, "S-6 is accepted and cannot be moved"},
		{"estimate", Estimate, plain, []Card{feature, estimated}, "", ""},
		{"estimate a bug", Estimate, plain, []Card{feature, bug}, "", "a bug has no points in this project"},
		{"estimate a bug of a project with points for bugs", Estimate, pointed, []Card{bug}, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := Refusal(test.action, test.project, test.cards...)
			refuses(t, err, test.want)
			if ReasonOf(err) != test.reason {
				t.Errorf("the reason is %q, want %q", ReasonOf(err), test.reason)
			}
		})
	}
}

// refuses checks an error's sentence; empty for nil. All codes but that of points
// are CodeRefused.
func refuses(t *testing.T, err error, want string) {
	t.Helper()
	got, code := "", Code("")
	if err != nil {
		got, code = err.Error(), CodeRefused
	}
	if want == "a bug has no points in this project" {
		code = CodeInvalid
	}
	if got != want || CodeOf(err) != code {
		t.Errorf("got %q (%s), want %q (%s)", got, CodeOf(err), want, code)
	}
}
