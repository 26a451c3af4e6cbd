package tracker

import (
	"context"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"
)

// IntegrationDraft is an integration as a person filled it in.
type IntegrationDraft struct {
	// ID is zero for a new one.
	ID        IntegrationID
	ProjectID ProjectID
	Name      string
	// URL and View are as typed or pasted.
	URL   string
	Email string
	Auth  AuthMethod
	// ClientID is the OAuth client of the methods that use one.
	ClientID string
	// Secret is the password, token or client's secret; empty keeps the saved
	// one. AuthOAuth takes none: SignIn brings it.
	Secret string
	// SameSignIn is the integration whose saved secret a new one uses where
	// Secret is empty: the user's consent. SameSignIn finds one.
	SameSignIn IntegrationID
	// SecretInDatabase is the consent to keep the secret in the database file.
	SecretInDatabase bool
	View             string
	Active           bool
	UpdateComments   bool
	UpdateState      bool
}

// NewIntegrationDraft returns an empty draft with everything switched on.
func NewIntegrationDraft(project ProjectID) IntegrationDraft {
	return IntegrationDraft{
		ProjectID: project, Auth: AuthToken, Active: true, UpdateComments: true, UpdateState: true,
	}
}

// Draft returns the integration as a draft that keeps its secret.
func (i Integration) Draft() IntegrationDraft {
	return IntegrationDraft{
		ID: i.ID, ProjectID: i.ProjectID, Name: i.Name, URL: i.URL, Email: i.Email, Auth: i.Auth, ClientID: i.ClientID,
		View: strconv.FormatInt(int64(i.ViewID), 10), Active: i.Active,
		UpdateComments: i.UpdateComments, UpdateState: i.UpdateState,
	}
}

// CheckIntegration reads a draft without asking anybody. Every field that
// cannot work has one CodeInvalid error.
func (s *Service) CheckIntegration(d IntegrationDraft) (Integration, []*Error) {
	in := Integration{
		ID: d.ID, ProjectID: d.ProjectID, Name: strings.TrimSpace(d.Name), Kind: KindZendesk,
		Email: strings.TrimSpace(d.Email), Auth: d.Auth,
		Active: d.Active, UpdateComments: d.UpdateComments, UpdateState: d.UpdateState,
	}
	if d.Auth.UsesClient() {
		in.ClientID = strings.TrimSpace(d.ClientID)
	}
	var problems []*Error
	note := func(err error) {
		var e *Error
		if errors.As(err, &e) && !hasField(problems, e.Field) {
			problems = append(problems, e)
		}
	}
	var err error
	in.URL, in.Host, err = s.Desks.Address(d.URL)
	note(err)
	in.ViewID, err = s.Desks.View(d.View)
	note(err)
	note(s.checkViewsAccount(in, d.View))
	_, err = ParseAuthMethod(string(d.Auth))
	note(err)
	switch {
	case d.Auth == AuthOAuth && d.Secret != "":
		note(Invalid("password", "signing in with OAuth takes no password: a browser asks for it"))
	case d.Auth != AuthOAuth && d.ID == 0 && d.Secret == "" && d.SameSignIn == 0:
		note(Invalid("password", "enter the %s", secretWord(d.Auth)))
	}
	for _, check := range []func() error{in.validateName, in.validateEmail, in.validateClientID} {
		note(check())
	}
	if d.ProjectID == 0 {
		note(Invalid("project", "choose the project that shows the tickets"))
	}
	return in, problems
}

func hasField(problems []*Error, field string) bool {
	for _, p := range problems {
		if p.Field == field {
			return true
		}
	}
	return false
}

func secretWord(m AuthMethod) string {
	switch m {
	case AuthToken:
		return "API token"
	case AuthClient:
		return "client secret"
	case AuthPassword, AuthOAuth:
	}
	return "password"
}

// Integrations lists a project's integrations by name, or all for project 0.
func (s *Service) Integrations(ctx context.Context, project ProjectID) ([]Integration, error) {
	var list []Integration
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		list, err = r.Integrations(project)
		return err
	})
	return list, err
}

// Integration finds one by its name in the project or by its id; CodeNotFound,
// field "integration". An empty ref is the first of the project's active
// ones: CodeRefused where there is none, CodeInvalid where they are of several
// accounts.
func (s *Service) Integration(ctx context.Context, project ProjectID, ref string) (Integration, error) {
	all, err := s.Integrations(ctx, 0)
	if err != nil {
		return Integration{}, err
	}
	if ref == "" {
		return firstActive(all, project)
	}
	for _, in := range all {
		if in.ProjectID == project && sameName(in.Name, ref) {
			return in, nil
		}
	}
	for _, in := range all {
		if strconv.FormatInt(int64(in.ID), 10) == strings.TrimSpace(ref) {
			return in, nil
		}
	}
	e := Errorf(CodeNotFound, "this project has no integration %q; `storydesk integration list` shows those there are", ref)
	e.Field = "integration"
	return Integration{}, e
}

func firstActive(all []Integration, project ProjectID) (Integration, error) {
	var active, inactive []Integration
	for _, in := range all {
		switch {
		case in.ProjectID != project:
		case in.Active:
			active = append(active, in)
		default:
			inactive = append(inactive, in)
		}
	}
	hosts := make(map[string]bool)
	for _, in := range active {
		hosts[in.Host] = true
	}
	switch len(hosts) {
	case 1:
		return active[0], nil
	case 0:
		e := Errorf(CodeRefused, "this project has no active integration; add one with `storydesk integration add`")
		if len(inactive) > 0 {
			e = Errorf(CodeRefused, "%s is inactive; turn it on with `storydesk integration enable %q`", inactive[0].Name, inactive[0].Name)
		}
		e.Field = "integration"
		return Integration{}, e
	}
	names := make([]string, len(active))
	for i, in := range active {
		names[i] = in.Name
	}
	return Integration{}, Invalid("integration", "this project has integrations of %d accounts; name one with --integration: %s", len(hosts), strings.Join(names, ", "))
}

// AddIntegration adds an integration and keeps its secret. An address that only
// leads to the account is asked for the account's own first, as by
// Desks.Resolve. CodeInvalid with the first field that cannot work; CodeRefused,
// field "store-secret-in-db", when the secret has no place.
func (s *Service) AddIntegration(ctx context.Context, d IntegrationDraft) (Integration, error) {
	in, problems := s.CheckIntegration(d)
	if len(problems) > 0 {
		return Integration{}, problems[0]
	}
	if err := s.resolve(ctx, &in); err != nil {
		return Integration{}, err
	}
	if err := s.checkViewsAccount(in, d.View); err != nil {
		return Integration{}, err
	}
	if err := s.shareSecret(ctx, in, &d); err != nil {
		return Integration{}, err
	}
	in.CreatedAt = s.Now()
	in.UpdatedAt = in.CreatedAt
	// Inactive until its secret is kept, so that nobody uses it half made.
	in.Active = false
	err := s.write(ctx, HintIntegrations, func(w Writer) error {
		all, err := w.Integrations(0)
		if err != nil {
			return err
		}
		// One address is of one account, whose own host may be known.
		if i := slices.IndexFunc(all, func(other Integration) bool { return other.URL == in.URL }); i >= 0 {
			in.Host = all[i].Host
		}
		return w.AddIntegration(&in)
	})
	if err != nil {
		return Integration{}, err
	}
	if err := s.keepFirst(ctx, in.ID, d); err != nil {
		if undo := s.write(ctx, HintIntegrations, func(w Writer) error { return w.RemoveIntegration(in.ID) }); undo != nil {
			err = errors.Join(err, undo)
		}
		return Integration{}, err
	}
	return s.changeIntegration(ctx, in.ID, func(_ Reader, in *Integration) error {
		in.Active = d.Active
		return nil
	})
}

// keepFirst keeps the secret of a new integration, if its method has one yet.
func (s *Service) keepFirst(ctx context.Context, id IntegrationID, d IntegrationDraft) error {
	if d.Auth == AuthOAuth {
		return nil
	}
	return s.Secrets.Keep(ctx, id, d.Secret, d.SecretInDatabase)
}

// EditIntegration replaces an integration's settings. A new secret, e-mail or
// method ends a pause. What OAuth was signed in with before another method,
// client or account is forgotten. A new host needs the secret again and is refused while
// stories are linked to tickets of the old one. The address is resolved as by
// AddIntegration. The last edit wins.
func (s *Service) EditIntegration(ctx context.Context, d IntegrationDraft) (Integration, error) {
	next, problems := s.CheckIntegration(d)
	if len(problems) > 0 {
		return Integration{}, problems[0]
	}
	if err := s.resolve(ctx, &next); err != nil {
		return Integration{}, err
	}
	if err := s.checkViewsAccount(next, d.View); err != nil {
		return Integration{}, err
	}
	signedOut, err := s.mayEdit(ctx, next, d.Secret)
	if err != nil {
		return Integration{}, err
	}
	if signedOut {
		if err := s.Secrets.Forget(ctx, next.ID); err != nil {
			return Integration{}, err
		}
	}
	if err := s.keepSecret(ctx, d); err != nil {
		return Integration{}, err
	}
	return s.changeIntegration(ctx, d.ID, func(r Reader, in *Integration) error {
		next := next.ofAccount(*in)
		if err := checkNewHost(r, *in, next, d.Secret); err != nil {
			return err
		}
		signIn := d.Secret != "" || next.Email != in.Email || next.Auth != in.Auth || next.ClientID != in.ClientID
		if signIn || next.URL != in.URL || next.ViewID != in.ViewID {
			next.PausedReason = ""
		} else {
			next.PausedReason = in.PausedReason
		}
		if next.ViewID == in.ViewID {
			next.ViewTitle = in.ViewTitle
		}
		next.CreatedAt, next.Version = in.CreatedAt, in.Version
		*in = next
		return nil
	})
}

// mayEdit refuses an edit before its secret is kept: the secret of another
// account would go to the host that stays. signedOut tells whether the tokens
// that are kept are of no use afterwards.
func (s *Service) mayEdit(ctx context.Context, next Integration, secret string) (signedOut bool, err error) {
	err = s.Store.Read(ctx, func(r Reader) error {
		saved, err := r.Integration(next.ID)
		if err != nil {
			return err
		}
		next = next.ofAccount(saved)
		if err := saved.checkSecretFits(next); err != nil && secret == "" {
			return err
		}
		signedOut = next.Auth == AuthOAuth && (saved.Auth != next.Auth || saved.ClientID != next.ClientID || saved.URL != next.URL)
		return checkNewHost(r, saved, next, secret)
	})
	return signedOut, err
}

// checkSecretFits refuses to use tokens or a client's secret as another
// method's secret, or the other way round. Tokens come by a sign-in.
func (i Integration) checkSecretFits(next Integration) error {
	if i.Auth == next.Auth || next.Auth == AuthOAuth || !i.Auth.UsesClient() && !next.Auth.UsesClient() {
		return nil
	}
	return Invalid("password", "enter the %s: the saved one is for another sign-in method", secretWord(next.Auth))
}

// checkSecretGoesTo refuses to send the saved secret to another address than it
// was entered for.
func (i Integration) checkSecretGoesTo(next Integration) error {
	if i.URL == next.URL {
		return nil
	}
	return Invalid("password", "the address has changed: enter the %s again", secretWord(next.Auth))
}

// ofAccount returns an edited integration with the account's own host that is
// known of its address, where that stays.
func (i Integration) ofAccount(saved Integration) Integration {
	if i.URL == saved.URL {
		i.Host = saved.Host
	}
	return i
}

// checkNewHost refuses what could bring a note to another company's ticket of
// the same number, or a secret to another host.
func checkNewHost(r Reader, old, next Integration, secret string) error {
	if secret == "" && next.Auth != AuthOAuth {
		if err := old.checkSecretGoesTo(next); err != nil {
			return err
		}
	}
	if old.Host == next.Host {
		return nil
	}
	linked, err := r.LinkedStories(old.Host)
	if err != nil {
		return err
	}
	if len(linked) > 0 {
		e := Errorf(CodeRefused, "stories are linked to tickets of %s (%d of them); unlink those first, or add a second integration", old.Host, len(linked))
		e.Field = "url"
		return e
	}
	return nil
}

// SetIntegrationActive switches an integration on or off; on also ends a pause.
func (s *Service) SetIntegrationActive(ctx context.Context, id IntegrationID, active bool) (Integration, error) {
	return s.changeIntegration(ctx, id, func(_ Reader, in *Integration) error {
		in.Active = active
		if active {
			in.PausedReason = ""
		}
		return nil
	})
}

// RemoveIntegration deletes an integration with its secret; stories and links
// stay. While notes have not left it is CodeRefused, unless drop gives them up.
func (s *Service) RemoveIntegration(ctx context.Context, id IntegrationID, drop bool) error {
	err := s.write(ctx, HintAll, func(w Writer) error {
		in, err := w.Integration(id)
		if err != nil {
			return err
		}
		if err := settleUnsent(w, drop, "remove "+in.Name, DeliveryQuery{Integration: id}); err != nil {
			return err
		}
		return w.RemoveIntegration(id)
	})
	if err != nil {
		return err
	}
	return s.Secrets.Forget(ctx, id)
}

// FollowDesk moves an integration, with all that is known of its account, to
// another loopback address: a desk on this machine that came back on another
// port. Any other change of host goes through EditIntegration.
func (s *Service) FollowDesk(ctx context.Context, id IntegrationID, address string) error {
	base, host, err := s.Desks.Address(address)
	if err != nil {
		return err
	}
	return s.write(ctx, HintAll, func(w Writer) error {
		in, err := w.Integration(id)
		if err != nil || in.Host == host {
			return err
		}
		if !loopback(in.Host) || !loopback(host) {
			return Errorf(CodeRefused, "only a sandbox on this machine can move from %s to %s", in.Host, host)
		}
		return w.MoveHost(in.Host, host, base)
	})
}

func loopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

// changeIntegration applies change to the stored integration in one transaction.
func (s *Service) changeIntegration(ctx context.Context, id IntegrationID, change func(Reader, *Integration) error) (Integration, error) {
	var in Integration
	err := s.write(ctx, HintIntegrations|HintTickets|HintDeliveries, func(w Writer) (err error) {
		if in, err = w.Integration(id); err != nil {
			return err
		}
		if err := change(w, &in); err != nil {
			return err
		}
		in.UpdatedAt = s.Now()
		if err := w.SaveIntegration(&in); err != nil {
			return err
		}
		in, err = w.Integration(id)
		return err
	})
	return in, err
}
