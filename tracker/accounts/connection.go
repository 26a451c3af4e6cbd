package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/verdict"
)

// clockTolerance is how far two clocks may differ unnoticed.
const clockTolerance = 5 * time.Minute

// TestIntegration tries a draft against Zendesk without saving it and reports
// each step that succeeded: address, user, view, tickets, audits, then the
// warnings. It fails with the step's error, whose Causes and Steps tell more;
// Field names the field to correct. A saved integration is tested by its
// Draft; each call stands alone and changes nothing, here or in Zendesk.
func (s *Service) TestIntegration(ctx context.Context, d tracker.IntegrationDraft, report func(verdict.TestStep)) error {
	in, problems := s.CheckIntegration(d)
	if len(problems) > 0 {
		return problems[0]
	}
	if !kind.Of(in).Views {
		return testFeed(ctx, s, in, d, report)
	}
	typed := in.Host
	if err := s.resolve(ctx, &in); err != nil {
		return err
	}
	account, err := s.draftAccount(ctx, in, d)
	if err != nil {
		return err
	}
	found := "address " + in.URL
	if typed != in.Host {
		found += ", where " + typed + " leads"
	}
	report(verdict.TestStep{Name: "address", Text: found, URL: in.URL})
	return testAccount(ctx, account, in, report)
}

// resolve puts the account's own address in the place of one that only leads
// to it. It fails as Zendesk.Resolve does.
func (s *Service) resolve(ctx context.Context, in *tracker.Integration) (err error) {
	if !kind.Of(*in).Views {
		return nil
	}
	in.URL, in.Host, err = s.Zendesk.Resolve(ctx, in.URL)
	return err
}

// AccountAddress returns the base URL and the host of the account that an
// address leads to, and which a sign-in goes to. It fails as Zendesk.Resolve does.
func (s *Service) AccountAddress(ctx context.Context, address string) (baseURL, host string, err error) {
	return s.Zendesk.Resolve(ctx, address)
}

// Views lists the active views that the user of a draft can see, for choosing
// one: the draft's view and name do not matter. It fails as TestIntegration does.
func (s *Service) Views(ctx context.Context, d tracker.IntegrationDraft) ([]tracker.View, error) {
	in, problems := s.CheckIntegration(d)
	if !kind.Of(in).Views {
		return nil, kind.Refused(in, "a feed has no views to choose from")
	}
	for _, p := range problems {
		switch p.Field {
		case "url", "email", "auth", "client-id", "password":
			return nil, p
		}
	}
	if err := s.resolve(ctx, &in); err != nil {
		return nil, err
	}
	account, err := s.draftAccount(ctx, in, d)
	if err != nil {
		return nil, err
	}
	views, err := account.Views(ctx)
	return views, withField(err, in.UserField())
}

// draftAccount opens the account of a draft with the secret typed, or the saved one.
func (s *Service) draftAccount(ctx context.Context, in tracker.Integration, d tracker.IntegrationDraft) (tracker.Account, error) {
	credentials, err := draftCredentials(ctx, s, in, d)
	if err != nil {
		return nil, err
	}
	return s.Zendesk.Open(in, credentials)
}

// draftCredentials are the secret typed, or the saved one.
func draftCredentials(ctx context.Context, s *Service, in tracker.Integration, d tracker.IntegrationDraft) (tracker.Credentials, error) {
	if err := s.shareSecret(ctx, in, &d); err != nil {
		return tracker.Credentials{}, err
	}
	if d.Secret != "" {
		return tracker.Credentials{Secret: d.Secret}, nil
	}
	if err := s.mayReuseSecret(ctx, in); err != nil {
		return tracker.Credentials{}, err
	}
	return s.credentials(ctx, in)
}

// mayReuseSecret refuses to send a saved secret to another host than its own.
func (s *Service) mayReuseSecret(ctx context.Context, in tracker.Integration) error {
	return s.Store.Read(ctx, func(r tracker.Reader) error {
		saved, err := r.Integration(in.ID)
		if tracker.CodeOf(err) == tracker.CodeNotFound && in.Auth == tracker.AuthOAuth {
			return tracker.Invalid("auth", "save the integration and sign in before testing")
		}
		if err != nil {
			return err
		}
		if err := saved.CheckSecretFits(in); err != nil {
			return err
		}
		return saved.CheckSecretGoesTo(in)
	})
}

func testAccount(ctx context.Context, account tracker.Account, in tracker.Integration, report func(verdict.TestStep)) error {
	me, err := account.Me(ctx)
	if err != nil {
		return withField(err, in.UserField())
	}
	report(verdict.TestStep{Name: "user", Text: fmt.Sprintf("signed in as %s (%s)", me.Name, me.Role)})
	view, err := account.View(ctx, in.ViewID)
	if err != nil {
		return withField(ExplainView(ctx, account, in, err), "view")
	}
	if !view.Active {
		return InactiveView(view)
	}
	report(verdict.TestStep{Name: "view", Text: fmt.Sprintf("view “%s”", view.Title)})
	var first tracker.TicketPage
	for page, err := range account.ViewTickets(ctx, in.ViewID, "") {
		if err != nil {
			return withField(ExplainView(ctx, account, in, err), "view")
		}
		first = page
		break
	}
	report(verdict.TestStep{Name: "tickets", Text: countTickets(first)})
	if len(first.Tickets) > 0 {
		if err := testAudits(ctx, account, first.Tickets[0].ID, report); err != nil {
			return withField(err, in.UserField())
		}
	}
	for _, warning := range warningsFor(me, in) {
		report(warning)
	}
	return nil
}

// warningsFor lists what this user cannot do, and what is wrong with the clock.
func warningsFor(a tracker.Agent, in tracker.Integration) []verdict.TestStep {
	var found []verdict.TestStep
	warn := func(name, text string, steps ...string) {
		found = append(found, verdict.TestStep{Name: name, Text: text, Warning: true, Steps: steps})
	}
	if a.OnlyPrivate {
		warn("rights", a.Name+" may only write private comments: starting a story cannot open its tickets",
			"sign in as an agent who can edit tickets", "or open the tickets in Zendesk yourself")
	}
	if a.Restriction != "" {
		warn("restriction", fmt.Sprintf("%s can see %s only: the view may have more tickets than are shown", a.Name, restrictedTo(a.Restriction)),
			"ask an administrator to lift the restriction", "or sign in as an agent who sees all tickets")
	}
	switch off := a.ClockAhead; {
	case off > clockTolerance:
		warn("clock", fmt.Sprintf("this machine's clock is %s ahead of %s", roughly(off), in.Host), setClock)
	case off < -clockTolerance:
		warn("clock", fmt.Sprintf("this machine's clock is %s behind %s", roughly(-off), in.Host), setClock)
	}
	return found
}

const setClock = "set this machine's clock, or turn on automatic time"

func restrictedTo(restriction string) string {
	switch restriction {
	case "groups":
		return "tickets of their own groups"
	case "organization":
		return "tickets of their own organisation"
	case "assigned":
		return "tickets that are assigned to them"
	case "requested":
		return "tickets that they requested"
	}
	return "some tickets (" + restriction + ")"
}

// roughly tells a time of several minutes or more.
func roughly(d time.Duration) string {
	if d < 2*time.Hour {
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	}
	return fmt.Sprintf("%d hours", int(d.Hours()))
}

// testAudits reads one audit: without that right no private comment can be proven.
func testAudits(ctx context.Context, account tracker.Account, ticket tracker.TicketID, report func(verdict.TestStep)) error {
	for page, err := range account.Comments(ctx, ticket) {
		if err != nil {
			return err
		}
		for _, c := range page.Comments {
			if c.AuditID == 0 {
				continue
			}
			if _, err := account.Audit(ctx, ticket, c.AuditID); err != nil {
				return err
			}
			report(verdict.TestStep{Name: "audits", Text: "audits readable"})
			return nil
		}
		break
	}
	return nil
}

// countTickets says how many tickets a view holds, from its first page.
// Zendesk's own count may be hours old.
func countTickets(page tracker.TicketPage) string {
	switch n := len(page.Tickets); {
	case page.More && page.Total > n:
		return fmt.Sprintf("about %d tickets", page.Total)
	case page.More:
		return fmt.Sprintf("more than %d tickets", n)
	default:
		return tracker.Counted(n, "ticket", "tickets")
	}
}

// withField names the field to correct where a refusal names none. No field
// corrects what is wrong with the network or Zendesk itself.
func withField(err error, field string) error {
	var e *tracker.Error
	if !errors.As(err, &e) || e.Field != "" {
		return err
	}
	switch e.Code {
	case tracker.CodeUnavailable, tracker.CodeUnreadable, tracker.CodeLimited, tracker.CodeNoAccount, tracker.CodeInternal:
		return err
	default:
	}
	named := *e
	named.Field = field
	return &named
}
