package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
)

// maxSecret is the longest password or token, in bytes.
const maxSecret = 64 << 10

// keep adds or edits an integration. What is missing is asked for on a
// terminal; elsewhere it is wrong usage.
func (a *app) keep(ctx context.Context, s *session, d *tracker.IntegrationDraft, secretStdin bool) (in tracker.Integration, err error) {
	if d.Auth != tracker.AuthOAuth || secretStdin {
		if d.Secret, err = a.secret(secretStdin); err != nil {
			return in, err
		}
	}
	ask := a.prompter(secretStdin)
	if d.ID == 0 {
		if err := fill(s, d, ask); err != nil {
			return in, err
		}
	}
	save := s.AddIntegration
	if d.ID != 0 {
		save = s.EditIntegration
	}
	in, err = save(ctx, *d)
	if ask == nil || err == nil || !askConsent(d, ask, err) {
		return in, err
	}
	return save(ctx, *d)
}

// secret reads the password or token from where a script can give it; it is
// empty where there is none.
func (a *app) secret(fromInput bool) (string, error) {
	if !fromInput {
		return os.Getenv("STORYDESK_SECRET"), nil
	}
	text, err := readAll(a.In, maxSecret, "password")
	if err != nil {
		return "", err
	}
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	if text == "" {
		return "", tracker.Invalid("password", "--password-stdin found nothing on standard input")
	}
	return text, nil
}

// fill asks for the fields that are empty until they can work, or names the
// flags that are missing.
func fill(s *session, d *tracker.IntegrationDraft, ask *prompter) error {
	texts := draftTexts(d)
	if ask == nil {
		var flags []string
		var first string
		for _, t := range texts {
			if *t.value == "" {
				flags, first = append(flags, t.flag), cmp.Or(first, t.field)
			}
		}
		if first != "" {
			return tracker.Invalid(first, "an integration needs %s", strings.Join(flags, ", "))
		}
		return nil
	}
	for _, t := range texts {
		for complaint := ""; *t.value == ""; {
			answer, err := ask.answer(t, complaint)
			if err != nil {
				return err
			}
			*t.value = answer
			if problem := problemOf(s, *d, t.field); problem != "" {
				*t.value, complaint = "", problem
			}
		}
	}
	return nil
}

// problemOf says why a field of a draft cannot work, empty when it can.
func problemOf(s *session, d tracker.IntegrationDraft, field string) string {
	_, problems := s.CheckIntegration(d)
	for _, p := range problems {
		if p.Field == field {
			return p.Message
		}
	}
	return ""
}

// draftText is a field of a draft that has to be filled in.
type draftText struct {
	field, flag, label string
	value              *string
	secret             bool
}

func draftTexts(d *tracker.IntegrationDraft) []draftText {
	texts := []draftText{
		{field: "name", flag: "--name", label: "Name", value: &d.Name},
		{field: "url", flag: "--url", label: "Zendesk URL", value: &d.URL},
	}
	if d.Auth.UsesClient() {
		texts = append(texts, draftText{field: "client-id", flag: "--client-id", label: "OAuth client's identifier", value: &d.ClientID})
	} else {
		texts = append(texts, draftText{field: "email", flag: "--email", label: "User e-mail", value: &d.Email})
	}
	if word := secretLabel(d.Auth); word != "" {
		texts = append(texts, draftText{
			field: "password", flag: "--password-stdin (or STORYDESK_SECRET)", label: word, value: &d.Secret, secret: true,
		})
	}
	return append(texts, draftText{field: "view", flag: "--view", label: "View", value: &d.View})
}

// secretLabel names a method's secret, empty for one that has none to type.
func secretLabel(m tracker.AuthMethod) string {
	switch m {
	case tracker.AuthPassword:
		return "Password"
	case tracker.AuthClient:
		return "Client's secret"
	case tracker.AuthOAuth:
		return ""
	case tracker.AuthToken:
	}
	return "API token"
}

// prompter asks on a terminal.
type prompter struct {
	in     *bufio.Reader
	out    io.Writer
	fd     int
	prompt func(format string, args ...any)
}

// prompter returns nil where nobody can be asked: standard input is no
// terminal, or holds the secret.
func (a *app) prompter(inputTaken bool) *prompter {
	fd, ok := terminal(a.In)
	if !ok || inputTaken {
		return nil
	}
	return &prompter{in: bufio.NewReader(a.In), out: a.Err, fd: fd, prompt: a.complain}
}

// answer asks for one field.
func (p *prompter) answer(t draftText, complaint string) (string, error) {
	if complaint != "" {
		p.prompt("%s\n", plaintext.Line(complaint))
	}
	if t.secret {
		secret, err := p.secret(t.label)
		return secret, ended(err, t.field)
	}
	p.prompt("%s: ", t.label)
	line, err := p.in.ReadString('\n')
	return strings.TrimSpace(line), ended(err, t.field)
}

// secret asks for something that is not shown. The echo ends before the
// question appears: whoever answers at once is not shown either.
func (p *prompter) secret(label string) (secret string, err error) {
	before, err := term.MakeRaw(p.fd)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, term.Restore(p.fd, before)) }()
	console := struct {
		io.Reader
		io.Writer
	}{p.in, p.out}
	return term.NewTerminal(console, "").ReadPassword(label + ": ")
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
// consent to keep it in the database. It is false when that was not the
// problem or the answer was no.
func askConsent(d *tracker.IntegrationDraft, ask *prompter, err error) bool {
	problem := asError(err)
	switch {
	case problem.Field == "store-secret-in-db":
		answer, err := ask.answer(draftText{field: problem.Field, label: "Keep it readable in the database file? [y/N]"}, problem.Message)
		d.SecretInDatabase = err == nil && strings.HasPrefix(strings.ToLower(answer), "y")
		return d.SecretInDatabase
	case problem.Field == "password" && d.Secret == "":
		answer, err := ask.answer(draftText{field: problem.Field, label: "Password or token", secret: true}, problem.Message)
		d.Secret = answer
		return err == nil && answer != ""
	}
	return false
}
