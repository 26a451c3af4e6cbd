package integration

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/prompt"
	"storydesk/ui/cli/session"
)

// viewsTime is how long the list of views is waited for.
const viewsTime = 20 * time.Second

// interview asks for an integration's fields on a terminal.
type interview struct{ *prompt.Prompter }

// interview returns nil where nobody can be asked.
func (c commands) interview(inputTaken bool) *interview {
	p := c.Prompter(inputTaken)
	if p == nil {
		return nil
	}
	return &interview{p}
}

// text asks for a field that is empty until it can work.
func (i *interview) text(ctx context.Context, s *opened, d *tracker.IntegrationDraft, t draftText) error {
	for complaint := ""; *t.value == ""; {
		answer, err := i.Answer(ctx, t.Question, complaint)
		if err != nil {
			return err
		}
		*t.value = answer
		if problem := problemOf(s, *d, t.Field); problem != "" {
			*t.value, complaint = "", problem
		}
	}
	return nil
}

// host shows where the sign-in goes and waits for enter, or takes another
// address. An address that only leads to the account is asked for the account's.
func (i *interview) host(ctx context.Context, s *opened, d *tracker.IntegrationDraft) error {
	for {
		label := "Zendesk URL"
		base, host, err := s.Service.Accounts.AccountAddress(ctx, d.URL)
		complaint := ""
		if err != nil {
			complaint = err.Error()
		} else {
			label = fmt.Sprintf("Sign in to %s? (enter for yes, or another address)", plaintext.Line(host))
		}
		answer, unanswered := i.Answer(ctx, prompt.Question{Field: "url", Label: label}, complaint)
		meant := strings.ToLower(answer)
		switch {
		case unanswered != nil:
			return unanswered
		case err == nil && slices.Contains([]string{"", "y", "yes"}, meant):
			d.URL = base
			return nil
		case meant == "n" || meant == "no":
			if d.URL, err = i.Answer(ctx, prompt.Question{Field: "url", Label: "Zendesk URL"}, ""); err != nil {
				return err
			}
		case answer != "":
			d.URL = answer
		}
	}
}

// sameSignIn asks whether the saved sign-in of another integration with the
// same account and user is used; where there is none, or another is typed, it
// asks nothing more.
func (i *interview) sameSignIn(ctx context.Context, s *opened, d *tracker.IntegrationDraft, label string) error {
	other, found, err := s.Service.Accounts.SameSignIn(ctx, *d)
	if d.Secret != "" || !found || err != nil {
		return err
	}
	label = fmt.Sprintf("%s (leave empty to use the sign-in of %s)", label, plaintext.Line(other.Name))
	secret, err := i.Answer(ctx, prompt.Question{Field: "password", Label: label, Secret: true}, "")
	switch {
	case err != nil:
		return err
	case secret == "":
		d.SameSignIn = other.ID
	}
	d.Secret = secret
	return nil
}

// auth asks for the method of signing in, by number or name; the first is meant
// by no answer.
func (i *interview) auth(ctx context.Context, d *tracker.IntegrationDraft) error {
	methods := tracker.AuthMethods()
	var names, meanings []string
	for _, m := range methods {
		names, meanings = append(names, string(m)), append(meanings, authMeaning(m))
	}
	chosen, err := i.oneOf(ctx, prompt.Question{Field: "auth", Label: "Sign-in"}, names, meanings)
	if err == nil {
		d.Auth = methods[chosen]
	}
	return err
}

// kind asks what an integration reads, as auth asks.
func (i *interview) kind(ctx context.Context) (kind.Kind, error) {
	kinds := kind.All()
	var names, meanings []string
	for _, k := range kinds {
		names, meanings = append(names, k.Name), append(meanings, k.Meaning)
	}
	chosen, err := i.oneOf(ctx, prompt.Question{Field: "kind", Label: "Kind"}, names, meanings)
	return kinds[chosen], err
}

// oneOf asks for one of some names, by its number or name; the first is meant by no
// answer.
func (i *interview) oneOf(ctx context.Context, q prompt.Question, names, meanings []string) (chosen int, err error) {
	i.Say("%s:\n", q.Label)
	for n, name := range names {
		i.Say("  %d  %s: %s\n", n+1, name, meanings[n])
	}
	q.Label = fmt.Sprintf("%s, 1 to %d (enter: 1)", q.Label, len(names))
	for complaint := ""; ; {
		answer, err := i.Answer(ctx, q, complaint)
		if err != nil {
			return 0, err
		}
		n, bad := strconv.Atoi(answer)
		chosen := slices.Index(names, strings.ToLower(answer))
		switch {
		case answer == "":
			chosen = 0
		case bad == nil && n >= 1 && n <= len(names):
			chosen = n - 1
		}
		if chosen >= 0 {
			return chosen, nil
		}
		complaint = fmt.Sprintf("%q is not one of them: enter a number from 1 to %d", answer, len(names))
	}
}

// authMeaning says what a method needs.
func authMeaning(m tracker.AuthMethod) string {
	switch m {
	case tracker.AuthOAuth:
		return "in the browser, with the identifier of an OAuth client (recommended)"
	case tracker.AuthClient:
		return "as an OAuth client, with its identifier and secret"
	case tracker.AuthToken:
		return "with the e-mail of an agent and an API token"
	case tracker.AuthPassword:
		return "with the e-mail and the password of an agent, if Zendesk still accepts it"
	}
	return ""
}

// view asks for the view. Where the list of views can be read without a browser
// it is shown, and its numbers are taken.
func (i *interview) view(ctx context.Context, s *opened, d *tracker.IntegrationDraft) error {
	t := draftView(d)
	if d.View != "" {
		return i.text(ctx, s, d, t)
	}
	views := i.listViews(ctx, s, *d)
	if len(views) > 0 {
		t.Label = fmt.Sprintf("View, 1 to %d, or its number or address", len(views))
	}
	for complaint := ""; d.View == ""; {
		answer, err := i.Answer(ctx, t.Question, complaint)
		if err != nil {
			return err
		}
		if n, err := strconv.Atoi(answer); err == nil && n >= 1 && n <= len(views) {
			answer = strconv.FormatInt(int64(views[n-1].ID), 10)
		}
		d.View = answer
		if problem := problemOf(s, *d, t.Field); problem != "" {
			d.View, complaint = "", problem
		}
	}
	return nil
}

// listViews shows the views that the user can see; none where they cannot be
// read, which is said.
func (i *interview) listViews(ctx context.Context, s *opened, d tracker.IntegrationDraft) []tracker.View {
	if d.Auth == tracker.AuthOAuth {
		return nil
	}
	i.Say("Loading views…\n")
	ctx, stop := context.WithTimeout(ctx, viewsTime)
	defer stop()
	views, err := s.Service.Accounts.Views(ctx, d)
	if err != nil {
		i.Say("Views could not be loaded: %s\n", plaintext.Line(session.Sentence(err)))
		return nil
	}
	for n, v := range views {
		i.Say("  %d  %s (%d)\n", n+1, plaintext.Line(v.Title), v.ID)
	}
	return views
}

// askConsent asks for what saving a draft lacked: the secret again, or the
// consent to keep it in the database. It returns nil when the draft can be
// saved now, an interruption, or err: that was not the problem, or the answer
// was no.
func askConsent(ctx context.Context, s *opened, d *tracker.IntegrationDraft, ask *interview, err error) error {
	problem := session.AsError(err)
	var answer string
	var unanswered error
	switch {
	case ask == nil:
	case problem.Reason == tracker.ReasonNeedsConsent:
		consent := prompt.Question{Field: problem.Field, Label: "Save it unencrypted in the database file? [y/N]"}
		if s.Service.Accounts.InTeam() {
			consent.Label = "Share it in the database? Everyone who can read this database can use it. [y/N]"
		}
		answer, unanswered = ask.Answer(ctx, consent, problem.Message)
		d.SecretInDatabase = unanswered == nil && strings.HasPrefix(strings.ToLower(answer), "y")
		if d.SecretInDatabase {
			return nil
		}
	case problem.Field == "password" && d.Secret == "":
		again := prompt.Question{Field: problem.Field, Label: "Password or token", Secret: true}
		if kind.Named(d.Kind).Views {
			unanswered = ask.host(ctx, s, d)
		}
		if unanswered != nil {
			break
		}
		if answer, unanswered = ask.Answer(ctx, again, problem.Message); unanswered == nil && answer != "" {
			d.Secret = answer
			return nil
		}
	}
	if errors.Is(unanswered, context.Canceled) {
		return unanswered
	}
	return err
}
