package integration

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/cli/prompt"
)

// maxSecret is the longest password or token, in bytes.
const maxSecret = 64 << 10

// keep adds or edits an integration. What is missing is asked for on a
// terminal, one line at a time; where ask is nil it is wrong usage.
func (c commands) keep(ctx context.Context, s *opened, d *tracker.IntegrationDraft, f integrationFlags, ask *interview) (in tracker.Integration, err error) {
	if d.Auth != tracker.AuthOAuth && (d.Email != "" || kind.Named(d.Kind).Views) || f.secretStdin {
		if d.Secret, err = c.secret(f.secretStdin); err != nil {
			return in, err
		}
	}
	if d.ID == 0 {
		if err := fill(ctx, s, d, ask, f.authOpen && d.Secret == ""); err != nil {
			return in, err
		}
	}
	save := s.Service.Accounts.AddIntegration
	if d.ID != 0 {
		save = s.Service.Accounts.EditIntegration
	}
	in, err = save(ctx, *d)
	if err == nil {
		return in, nil
	}
	if err := askConsent(ctx, s, d, ask, err); err != nil {
		return in, err
	}
	return save(ctx, *d)
}

// secret reads the password or token from where a script can give it; it is
// empty where there is none.
func (c commands) secret(fromInput bool) (string, error) {
	if !fromInput {
		return os.Getenv("STORYDESK_SECRET"), nil
	}
	text, err := c.ReadInput(maxSecret, "password")
	if err != nil {
		return "", err
	}
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	if text == "" {
		return "", tracker.Invalid("password", "--password-stdin found nothing on standard input")
	}
	return text, nil
}

// fill asks for the fields that are empty until they can work, and for the
// method of signing in where that is open; or it names the flags that are missing.
func fill(ctx context.Context, s *opened, d *tracker.IntegrationDraft, ask *interview, authOpen bool) error {
	if ask == nil {
		return missingFlags(d)
	}
	if !kind.Named(d.Kind).Views {
		for _, t := range feedTexts(d) {
			if err := ask.text(ctx, s, d, t); err != nil {
				return err
			}
		}
		return nil
	}
	typedURL := d.URL == ""
	for _, t := range accountTexts(d) {
		if err := ask.text(ctx, s, d, t); err != nil {
			return err
		}
	}
	if authOpen {
		if err := ask.auth(ctx, d); err != nil {
			return err
		}
	}
	secretMissing := slices.ContainsFunc(signInTexts(d), func(t draftText) bool { return t.Secret && *t.value == "" })
	if typedURL || secretMissing {
		if err := ask.host(ctx, s, d); err != nil {
			return err
		}
	}
	if err := fillSignIn(ctx, s, d, ask); err != nil {
		return err
	}
	return ask.view(ctx, s, d)
}

// fillSignIn asks for what signs in, but for a secret that another integration
// of the account shares.
func fillSignIn(ctx context.Context, s *opened, d *tracker.IntegrationDraft, ask *interview) error {
	for _, t := range signInTexts(d) {
		if t.Secret {
			if err := ask.sameSignIn(ctx, s, d, t.Label); err != nil {
				return err
			}
		}
		if t.Secret && d.SameSignIn != 0 {
			continue
		}
		if err := ask.text(ctx, s, d, t); err != nil {
			return err
		}
	}
	return nil
}

// missingFlags names the flags that a draft lacks.
func missingFlags(d *tracker.IntegrationDraft) error {
	var flags []string
	var first string
	texts := slices.Concat(accountTexts(d), signInTexts(d), []draftText{draftView(d)})
	if !kind.Named(d.Kind).Views {
		texts = feedTexts(d)
	}
	for _, t := range texts {
		if *t.value == "" {
			flags, first = append(flags, t.flag), cmp.Or(first, t.Field)
		}
	}
	if first != "" {
		return tracker.Invalid(first, "an integration needs %s", strings.Join(flags, ", "))
	}
	return nil
}

// problemOf says why a field of a draft cannot work, empty when it can.
func problemOf(s *opened, d tracker.IntegrationDraft, field string) string {
	_, problems := s.Service.Accounts.CheckIntegration(d)
	for _, p := range problems {
		if p.Field == field {
			return p.Message
		}
	}
	return ""
}

// draftText is a field of a draft that has to be filled in: by an answer, or
// elsewhere by a flag.
type draftText struct {
	prompt.Question
	flag  string
	value *string
}

// accountTexts, signInTexts and draftView are what an integration needs, in the
// order in which it is asked for.
func accountTexts(d *tracker.IntegrationDraft) []draftText {
	return []draftText{
		{prompt.Question{Field: "name", Label: "Name"}, "--name", &d.Name},
		{prompt.Question{Field: "url", Label: "Zendesk URL"}, "--url", &d.URL},
	}
}

// feedTexts are what an integration with a feed needs.
func feedTexts(d *tracker.IntegrationDraft) []draftText {
	texts := []draftText{
		{prompt.Question{Field: "name", Label: "Name"}, "--name", &d.Name},
		{prompt.Question{Field: "url", Label: "Feed URL"}, "--feed", &d.URL},
		{prompt.Question{Field: "base-url", Label: "Base URL: what the addresses of its items begin with"}, "--base-url", &d.Base},
	}
	if d.Email != "" {
		texts = append(texts, draftText{
			prompt.Question{Field: "password", Label: "Password of " + d.Email, Secret: true}, "--password-stdin (or STORYDESK_SECRET)", &d.Secret,
		})
	}
	return texts
}

func signInTexts(d *tracker.IntegrationDraft) []draftText {
	texts := []draftText{{prompt.Question{Field: "email", Label: "User e-mail"}, "--email", &d.Email}}
	if d.Auth.UsesClient() {
		texts = []draftText{{prompt.Question{Field: "client-id", Label: "OAuth client's identifier"}, "--client-id", &d.ClientID}}
	}
	if word := secretLabel(d.Auth); word != "" && d.SameSignIn == 0 {
		texts = append(texts, draftText{
			prompt.Question{Field: "password", Label: word, Secret: true}, "--password-stdin (or STORYDESK_SECRET)", &d.Secret,
		})
	}
	return texts
}

func draftView(d *tracker.IntegrationDraft) draftText {
	return draftText{prompt.Question{Field: "view", Label: "View"}, "--view", &d.View}
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
