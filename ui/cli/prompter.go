package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/output"
)

// viewsTime is how long the list of views is waited for.
const viewsTime = 20 * time.Second

// prompter asks on a terminal: plain lines one below the other, which a screen
// reader reads as they come.
type prompter struct {
	in     *bufio.Reader
	out    io.Writer
	fd     int
	prompt func(format string, args ...any)
}

// prompter returns nil where nobody can be asked: standard input is no
// terminal, or holds the secret.
func (a *app) prompter(inputTaken bool) *prompter {
	fd, ok := output.Terminal(a.In)
	if !ok || inputTaken {
		return nil
	}
	return &prompter{in: bufio.NewReader(a.In), out: a.Err, fd: fd, prompt: a.complain}
}

// text asks for a field that is empty until it can work.
func (p *prompter) text(ctx context.Context, s *session, d *tracker.IntegrationDraft, t draftText) error {
	for complaint := ""; *t.value == ""; {
		answer, err := p.answer(ctx, t, complaint)
		if err != nil {
			return err
		}
		*t.value = answer
		if problem := problemOf(s, *d, t.field); problem != "" {
			*t.value, complaint = "", problem
		}
	}
	return nil
}

// host shows where the sign-in goes and waits for enter, or takes another
// address. An address that only leads to the account is asked for the account's.
func (p *prompter) host(ctx context.Context, s *session, d *tracker.IntegrationDraft) error {
	for {
		label := "Zendesk URL"
		base, host, err := s.Accounts.AccountAddress(ctx, d.URL)
		complaint := ""
		if err != nil {
			complaint = err.Error()
		} else {
			label = fmt.Sprintf("Sign in to %s? (enter for yes, or another address)", plaintext.Line(host))
		}
		answer, unanswered := p.answer(ctx, draftText{field: "url", label: label}, complaint)
		meant := strings.ToLower(answer)
		switch {
		case unanswered != nil:
			return unanswered
		case err == nil && slices.Contains([]string{"", "y", "yes"}, meant):
			d.URL = base
			return nil
		case meant == "n" || meant == "no":
			if d.URL, err = p.answer(ctx, draftText{field: "url", label: "Zendesk URL"}, ""); err != nil {
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
func (p *prompter) sameSignIn(ctx context.Context, s *session, d *tracker.IntegrationDraft, label string) error {
	other, found, err := s.Accounts.SameSignIn(ctx, *d)
	if d.Secret != "" || !found || err != nil {
		return err
	}
	label = fmt.Sprintf("%s (leave empty to use the sign-in of %s)", label, plaintext.Line(other.Name))
	secret, err := p.answer(ctx, draftText{field: "password", label: label, secret: true}, "")
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
func (p *prompter) auth(ctx context.Context, d *tracker.IntegrationDraft) error {
	methods := tracker.AuthMethods()
	p.prompt("Sign-in:\n")
	for i, m := range methods {
		p.prompt("  %d  %s: %s\n", i+1, m, authMeaning(m))
	}
	label := fmt.Sprintf("Sign-in, 1 to %d (enter: 1)", len(methods))
	for complaint := ""; ; {
		answer, err := p.answer(ctx, draftText{field: "auth", label: label}, complaint)
		if err != nil {
			return err
		}
		n, bad := strconv.Atoi(answer)
		i := slices.Index(methods, tracker.AuthMethod(strings.ToLower(answer)))
		switch {
		case answer == "":
			i = 0
		case bad == nil && n >= 1 && n <= len(methods):
			i = n - 1
		}
		if i >= 0 {
			d.Auth = methods[i]
			return nil
		}
		complaint = fmt.Sprintf("%q is not one of them: enter a number from 1 to %d", answer, len(methods))
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
func (p *prompter) view(ctx context.Context, s *session, d *tracker.IntegrationDraft) error {
	t := draftView(d)
	if d.View != "" {
		return p.text(ctx, s, d, t)
	}
	views := p.listViews(ctx, s, *d)
	if len(views) > 0 {
		t.label = fmt.Sprintf("View, 1 to %d, or its number or address", len(views))
	}
	for complaint := ""; d.View == ""; {
		answer, err := p.answer(ctx, t, complaint)
		if err != nil {
			return err
		}
		if n, err := strconv.Atoi(answer); err == nil && n >= 1 && n <= len(views) {
			answer = strconv.FormatInt(int64(views[n-1].ID), 10)
		}
		d.View = answer
		if problem := problemOf(s, *d, t.field); problem != "" {
			d.View, complaint = "", problem
		}
	}
	return nil
}

// listViews shows the views that the user can see; none where they cannot be
// read, which is said.
func (p *prompter) listViews(ctx context.Context, s *session, d tracker.IntegrationDraft) []tracker.View {
	if d.Auth == tracker.AuthOAuth {
		return nil
	}
	p.prompt("Loading views…\n")
	ctx, stop := context.WithTimeout(ctx, viewsTime)
	defer stop()
	views, err := s.Accounts.Views(ctx, d)
	if err != nil {
		p.prompt("Views could not be loaded: %s\n", plaintext.Line(err.Error()))
		return nil
	}
	for i, v := range views {
		p.prompt("  %d  %s (%d)\n", i+1, plaintext.Line(v.Title), v.ID)
	}
	return views
}

// answer asks for one field; the end of ctx is the end of the question.
func (p *prompter) answer(ctx context.Context, t draftText, complaint string) (string, error) {
	if complaint != "" {
		p.prompt("%s\n", plaintext.Line(complaint))
	}
	var text string
	var err error
	if t.secret {
		text, err = p.secret(ctx, t.label)
	} else {
		p.prompt("%s: ", t.label)
		text, err = awaitText(ctx, func() (string, error) { return p.in.ReadString('\n') })
		text = strings.TrimSpace(text)
	}
	if errors.Is(err, context.Canceled) {
		p.prompt("\n") // what follows begins a line
	}
	return text, ended(err, t.field)
}

// secret asks for something that is not shown. The echo ends before the
// question appears: whoever answers at once is not shown either.
func (p *prompter) secret(ctx context.Context, label string) (secret string, err error) {
	before, err := term.MakeRaw(p.fd)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, term.Restore(p.fd, before)) }()
	console := term.NewTerminal(rawConsole{p.in, p.out}, "")
	return awaitText(ctx, func() (string, error) { return console.ReadPassword(label + ": ") })
}

// rawConsole is a terminal in raw mode, where ctrl+c is a character: to read it
// fails with context.Canceled.
type rawConsole struct {
	io.Reader
	io.Writer
}

func (c rawConsole) Read(b []byte) (int, error) {
	const ctrlC = 3
	n, err := c.Reader.Read(b)
	if bytes.IndexByte(b[:n], ctrlC) >= 0 {
		return 0, context.Canceled
	}
	return n, err
}

// awaitText is what read returns, or the error of ctx where that ends first.
// The reading cannot be called off: it stays behind until the program ends.
func awaitText(ctx context.Context, read func() (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	results := make(chan result, 1)
	go func() {
		text, err := read()
		results <- result{text, err}
	}()
	select {
	case got := <-results:
		return got.text, got.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// ended explains the end of input where an answer should be.
func ended(err error, field string) error {
	if errors.Is(err, io.EOF) {
		return tracker.Invalid(field, "the input ended before the %s was given", field)
	}
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}

// askConsent asks for what saving a draft lacked: the secret again, or the
// consent to keep it in the database. It returns nil when the draft can be
// saved now, an interruption, or err: that was not the problem, or the answer
// was no.
func askConsent(ctx context.Context, s *session, d *tracker.IntegrationDraft, ask *prompter, err error) error {
	problem := asError(err)
	var answer string
	var unanswered error
	switch {
	case ask == nil:
	case problem.Reason == tracker.ReasonNeedsConsent:
		consent := draftText{field: problem.Field, label: "Save it unencrypted in the database file? [y/N]"}
		answer, unanswered = ask.answer(ctx, consent, problem.Message)
		d.SecretInDatabase = unanswered == nil && strings.HasPrefix(strings.ToLower(answer), "y")
		if d.SecretInDatabase {
			return nil
		}
	case problem.Field == "password" && d.Secret == "":
		again := draftText{field: problem.Field, label: "Password or token", secret: true}
		if unanswered = ask.host(ctx, s, d); unanswered != nil {
			break
		}
		if answer, unanswered = ask.answer(ctx, again, problem.Message); unanswered == nil && answer != "" {
			d.Secret = answer
			return nil
		}
	}
	if errors.Is(unanswered, context.Canceled) {
		return unanswered
	}
	return err
}
