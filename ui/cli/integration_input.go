package cli

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strings"

	"storydesk/tracker"
)

// maxSecret is the longest password or token, in bytes.
const maxSecret = 64 << 10

// keep adds or edits an integration. What is missing is asked for on a
// terminal, one line at a time; elsewhere it is wrong usage.
func (c integrationCommands) keep(ctx context.Context, s *session, d *tracker.IntegrationDraft, f integrationFlags) (in tracker.Integration, err error) {
	if d.Auth != tracker.AuthOAuth || f.secretStdin {
		if d.Secret, err = c.secret(f.secretStdin); err != nil {
			return in, err
		}
	}
	ask := c.prompter(f.secretStdin)
	if d.ID == 0 {
		if err := fill(ctx, s, d, ask, f.authOpen && d.Secret == ""); err != nil {
			return in, err
		}
	}
	save := s.Accounts.AddIntegration
	if d.ID != 0 {
		save = s.Accounts.EditIntegration
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
func (c integrationCommands) secret(fromInput bool) (string, error) {
	if !fromInput {
		return os.Getenv("STORYDESK_SECRET"), nil
	}
	text, err := readAll(c.In, maxSecret, "password")
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
func fill(ctx context.Context, s *session, d *tracker.IntegrationDraft, ask *prompter, authOpen bool) error {
	if ask == nil {
		return missingFlags(d)
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
	secretMissing := slices.ContainsFunc(signInTexts(d), func(t draftText) bool { return t.secret && *t.value == "" })
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
func fillSignIn(ctx context.Context, s *session, d *tracker.IntegrationDraft, ask *prompter) error {
	for _, t := range signInTexts(d) {
		if t.secret {
			if err := ask.sameSignIn(ctx, s, d, t.label); err != nil {
				return err
			}
		}
		if t.secret && d.SameSignIn != 0 {
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
	for _, t := range slices.Concat(accountTexts(d), signInTexts(d), []draftText{draftView(d)}) {
		if *t.value == "" {
			flags, first = append(flags, t.flag), cmp.Or(first, t.field)
		}
	}
	if first != "" {
		return tracker.Invalid(first, "an integration needs %s", strings.Join(flags, ", "))
	}
	return nil
}

// problemOf says why a field of a draft cannot work, empty when it can.
func problemOf(s *session, d tracker.IntegrationDraft, field string) string {
	_, problems := s.Accounts.CheckIntegration(d)
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

// accountTexts, signInTexts and draftView are what an integration needs, in the
// order in which it is asked for.
func accountTexts(d *tracker.IntegrationDraft) []draftText {
	return []draftText{
		{field: "name", flag: "--name", label: "Name", value: &d.Name},
		{field: "url", flag: "--url", label: "Zendesk URL", value: &d.URL},
	}
}

func signInTexts(d *tracker.IntegrationDraft) []draftText {
	texts := []draftText{{field: "email", flag: "--email", label: "User e-mail", value: &d.Email}}
	if d.Auth.UsesClient() {
		texts = []draftText{{field: "client-id", flag: "--client-id", label: "OAuth client's identifier", value: &d.ClientID}}
	}
	if word := secretLabel(d.Auth); word != "" && d.SameSignIn == 0 {
		texts = append(texts, draftText{
			field: "password", flag: "--password-stdin (or STORYDESK_SECRET)", label: word, value: &d.Secret, secret: true,
		})
	}
	return texts
}

func draftView(d *tracker.IntegrationDraft) draftText {
	return draftText{field: "view", flag: "--view", label: "View", value: &d.View}
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
