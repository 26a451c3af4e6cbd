package accounts

import (
	"cmp"
	"context"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/outbox"
)

// CheckIntegration reads a draft without asking anybody. Every field that
// cannot work has one CodeInvalid error.
func (s *Service) CheckIntegration(d tracker.IntegrationDraft) (tracker.Integration, []*tracker.Error) {
	if !kind.Named(d.Kind).Views {
		return s.checkFeed(d)
	}
	in := tracker.Integration{
		ID: d.ID, ProjectID: d.ProjectID, Name: strings.TrimSpace(d.Name), Kind: kind.Zendesk,
		Email: strings.TrimSpace(d.Email), Auth: d.Auth,
		Active: d.Active, UpdateComments: d.UpdateComments, UpdateState: d.UpdateState,
	}
	if d.Auth.UsesClient() {
		in.ClientID = strings.TrimSpace(d.ClientID)
	}
	var found problems
	var err error
	in.URL, in.Host, err = s.Zendesk.Address(d.URL)
	found.note(err)
	in.ViewID, err = s.Zendesk.View(d.View)
	found.note(err)
	found.note(s.checkViewsAccount(in, d.View))
	_, err = tracker.ParseAuthMethod(string(d.Auth))
	found.note(err)
	switch {
	case d.Auth == tracker.AuthOAuth && d.Secret != "":
		found.note(tracker.Invalid("password", "signing in with OAuth takes no password: a browser asks for it"))
	case d.Auth != tracker.AuthOAuth && d.ID == 0 && d.Secret == "" && d.SameSignIn == 0:
		found.note(tracker.Invalid("password", "enter the %s", tracker.SecretWord(d.Auth)))
	}
	for _, check := range []func() error{in.ValidateName, in.ValidateEmail, in.ValidateClientID} {
		found.note(check())
	}
	if d.ProjectID == 0 {
		found.note(tracker.Invalid("project", "choose the project that shows the tickets"))
	}
	return in, found
}

// problems are what is wrong with a draft, one for each field.
type problems []*tracker.Error

// note adds what is wrong with a field, unless something is already; nil is nothing.
func (p *problems) note(err error) {
	var e *tracker.Error
	if errors.As(err, &e) && !slices.ContainsFunc(*p, func(had *tracker.Error) bool { return had.Field == e.Field }) {
		*p = append(*p, e)
	}
}

// Integrations lists a project's integrations by name, or all for project 0; where this user
// signs in alone, as this user.
func (s *Service) Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error) {
	var list []tracker.Integration
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		if list, err = r.Integrations(project); err != nil || !s.Team {
			return err
		}
		for i := range list {
			own, err := r.Setting(settingEmail(list[i].ID))
			if err != nil {
				return err
			}
			list[i].Email = cmp.Or(own, list[i].Email)
		}
		return nil
	})
	return list, err
}

// Integration finds one by its name in the project or by its id; CodeNotFound,
// field "integration". An empty ref is the first of the project's active
// ones: CodeRefused where there is none, CodeInvalid where they are of several
// accounts.
func (s *Service) Integration(ctx context.Context, project tracker.ProjectID, ref string) (tracker.Integration, error) {
	all, err := s.Integrations(ctx, 0)
	if err != nil {
		return tracker.Integration{}, err
	}
	if ref == "" {
		return firstActive(all, project)
	}
	for _, in := range all {
		if in.ProjectID == project && tracker.SameName(in.Name, ref) {
			return in, nil
		}
	}
	for _, in := range all {
		if strconv.FormatInt(int64(in.ID), 10) == strings.TrimSpace(ref) {
			return in, nil
		}
	}
	e := tracker.Errorf(tracker.CodeNotFound, "this project has no integration %q", ref)
	e.Reason, e.Field = tracker.ReasonUnknownIntegration, "integration"
	return tracker.Integration{}, e
}

func firstActive(all []tracker.Integration, project tracker.ProjectID) (tracker.Integration, error) {
	var active, inactive []tracker.Integration
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
		e := tracker.Errorf(tracker.CodeRefused, "this project has no active integration")
		e.Reason = tracker.ReasonNoIntegration
		if len(inactive) > 0 {
			e = tracker.Errorf(tracker.CodeRefused, "%s is inactive", inactive[0].Name)
			e.Reason, e.Subject = tracker.ReasonInactive, inactive[0].Name
		}
		e.Field = "integration"
		return tracker.Integration{}, e
	}
	names := make([]string, len(active))
	for i, in := range active {
		names[i] = in.Name
	}
	e := tracker.Invalid("integration", "this project has integrations of %d accounts: %s", len(hosts), strings.Join(names, ", "))
	e.Reason = tracker.ReasonSeveralAccounts
	return tracker.Integration{}, e
}

// AddIntegration adds an integration and saves its secret. An address that only
// leads to the account is asked for the account's own first, as by
// Zendesk.Resolve. CodeInvalid with the first field that cannot work; CodeRefused,
// ReasonNeedsConsent, when the secret has no place.
func (s *Service) AddIntegration(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, error) {
	in, problems := s.CheckIntegration(d)
	if len(problems) > 0 {
		return tracker.Integration{}, problems[0]
	}
	if err := s.resolve(ctx, &in); err != nil {
		return tracker.Integration{}, err
	}
	if err := s.checkViewsAccount(in, d.View); err != nil {
		return tracker.Integration{}, err
	}
	if err := s.shareSecret(ctx, in, &d); err != nil {
		return tracker.Integration{}, err
	}
	in.CreatedAt = s.Now()
	in.UpdatedAt = in.CreatedAt
	// Inactive until its secret is saved, so that nobody uses it half made.
	in.Active = false
	err := s.Write(ctx, tracker.HintIntegrations, func(w tracker.Writer) error {
		all, err := w.Integrations(0)
		if err != nil {
			return err
		}
		// One address is of one account, whose own host may be known.
		known := func(other tracker.Integration) bool {
			return other.URL == in.URL && kind.Of(other).Views && kind.Of(in).Views
		}
		if i := slices.IndexFunc(all, known); i >= 0 {
			in.Host = all[i].Host
		}
		return w.AddIntegration(&in)
	})
	if err != nil {
		return tracker.Integration{}, err
	}
	if err := s.keepFirst(ctx, in.ID, d); err != nil {
		if undo := s.Write(ctx, tracker.HintIntegrations, func(w tracker.Writer) error { return w.RemoveIntegration(in.ID) }); undo != nil {
			err = errors.Join(err, undo)
		}
		return tracker.Integration{}, err
	}
	return s.ChangeIntegration(ctx, in.ID, func(_ tracker.Reader, in *tracker.Integration) error {
		in.Active = d.Active
		return nil
	})
}

// keepFirst saves the secret of a new integration, if its method has one yet.
func (s *Service) keepFirst(ctx context.Context, id tracker.IntegrationID, d tracker.IntegrationDraft) error {
	if d.Auth == tracker.AuthOAuth || d.Secret == "" {
		return nil
	}
	return s.consent(s.Secrets.Keep(ctx, id, d.Secret, d.SecretInDatabase))
}

// EditIntegration replaces an integration's settings. A new secret, e-mail or
// method ends a pause. What OAuth was signed in with before another method,
// client or account is forgotten. A new host needs the secret again and is refused while
// stories are linked to tickets of the old one. The address is resolved as by
// AddIntegration. The last edit wins.
func (s *Service) EditIntegration(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, error) {
	next, problems := s.CheckIntegration(d)
	if len(problems) > 0 {
		return tracker.Integration{}, problems[0]
	}
	if err := s.resolve(ctx, &next); err != nil {
		return tracker.Integration{}, err
	}
	if err := s.checkViewsAccount(next, d.View); err != nil {
		return tracker.Integration{}, err
	}
	signedOut, err := s.mayEdit(ctx, next, d.Secret)
	if err == nil && signedOut {
		err = s.Secrets.Forget(ctx, next.ID)
	}
	if err != nil {
		return tracker.Integration{}, err
	}
	if err := s.keepSecret(ctx, d); err != nil {
		return tracker.Integration{}, err
	}
	alone, err := s.keepAlone(ctx, d.ID, next.Email)
	if err != nil {
		return tracker.Integration{}, err
	}
	return s.ChangeIntegration(ctx, d.ID, func(r tracker.Reader, in *tracker.Integration) error {
		next := ofAccount(next, *in)
		if alone && in.Email != "" {
			next.Email = in.Email // others may sign in as whom it names
		}
		if err := checkNewHost(r, *in, next, d.Secret); err != nil {
			return err
		}
		signIn := d.Secret != "" || next.Email != in.Email || next.Auth != in.Auth || next.ClientID != in.ClientID
		if signIn || next.URL != in.URL || next.ViewID != in.ViewID {
			next.PausedCause, next.PausedReason = "", ""
		} else {
			next.PausedCause, next.PausedReason = in.PausedCause, in.PausedReason
		}
		if next.ViewID == in.ViewID {
			next.ViewTitle = in.ViewTitle
		}
		next.CreatedAt, next.Version = in.CreatedAt, in.Version
		*in = next
		return nil
	})
}

// mayEdit refuses an edit before its secret is saved: the secret of another
// account would go to the host that stays. signedOut reports whether the tokens
// that are saved are of no use afterwards.
func (s *Service) mayEdit(ctx context.Context, next tracker.Integration, secret string) (signedOut bool, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		saved, err := r.Integration(next.ID)
		if err != nil {
			return err
		}
		if saved.Kind != next.Kind {
			return tracker.Invalid("kind", "the kind of an integration cannot be changed: add another integration")
		}
		next = ofAccount(next, saved)
		if err := saved.CheckSecretFits(next); err != nil && secret == "" {
			return err
		}
		if saved.Auth == "" && next.Auth != "" && secret == "" {
			return tracker.Invalid("password", "enter the password of %s", next.Email)
		}
		signedOut = next.Auth == "" && saved.Auth != "" ||
			next.Auth == tracker.AuthOAuth && (saved.Auth != next.Auth || saved.ClientID != next.ClientID || saved.URL != next.URL)
		return checkNewHost(r, saved, next, secret)
	})
	return signedOut, err
}

// ofAccount is tracker.Integration.OfAccount; a feed has no account.
func ofAccount(next, saved tracker.Integration) tracker.Integration {
	if kind.Of(next).Views {
		return next.OfAccount(saved)
	}
	return next
}

// checkNewHost refuses what could bring a private comment to another company's ticket of
// the same number, or a secret to another host.
func checkNewHost(r tracker.Reader, old, next tracker.Integration, secret string) error {
	if secret == "" && next.Auth != tracker.AuthOAuth && next.Auth != "" {
		if err := old.CheckSecretGoesTo(next); err != nil {
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
		e := tracker.Errorf(tracker.CodeRefused, "stories are linked to tickets of %s (%d of them); unlink those first, or add a second integration", old.Host, len(linked))
		e.Field = "url"
		if !kind.Of(next).Views {
			e.Field = "base-url"
		}
		return e
	}
	return nil
}

// SetIntegrationActive switches an integration on or off; on also ends a pause.
func (s *Service) SetIntegrationActive(ctx context.Context, id tracker.IntegrationID, active bool) (tracker.Integration, error) {
	return s.ChangeIntegration(ctx, id, func(_ tracker.Reader, in *tracker.Integration) error {
		in.Active = active
		if active {
			in.PausedCause, in.PausedReason = "", ""
		}
		return nil
	})
}

// RemoveIntegration deletes an integration with its secret; stories and links
// stay. While private comments have not left it is CodeRefused, unless drop gives them up.
func (s *Service) RemoveIntegration(ctx context.Context, id tracker.IntegrationID, drop bool) error {
	err := s.Write(ctx, tracker.HintAll, func(w tracker.Writer) error {
		in, err := w.Integration(id)
		if err != nil {
			return err
		}
		if err := outbox.SettleUnsent(w, drop, "remove "+in.Name, tracker.DeliveryQuery{Integration: id}); err != nil {
			return err
		}
		return w.RemoveIntegration(id)
	})
	if err != nil {
		return err
	}
	return s.Secrets.Forget(ctx, id)
}

// FollowAccount moves an integration, with all that is known of its account, to
// another loopback address: a sandbox on this machine that came back on another
// port. Any other change of host goes through EditIntegration.
func (s *Service) FollowAccount(ctx context.Context, id tracker.IntegrationID, address string) error {
	base, host, err := s.Zendesk.Address(address)
	if err != nil {
		return err
	}
	return s.Write(ctx, tracker.HintAll, func(w tracker.Writer) error {
		in, err := w.Integration(id)
		if err != nil || in.Host == host {
			return err
		}
		if !loopback(in.Host) || !loopback(host) {
			return tracker.Errorf(tracker.CodeRefused, "only a sandbox on this machine can move from %s to %s", in.Host, host)
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

// ChangeIntegration applies change to the stored integration in one transaction.
func (s *Service) ChangeIntegration(ctx context.Context, id tracker.IntegrationID, change func(tracker.Reader, *tracker.Integration) error) (tracker.Integration, error) {
	var in tracker.Integration
	err := s.Write(ctx, tracker.HintIntegrations|tracker.HintTickets|tracker.HintDeliveries, func(w tracker.Writer) (err error) {
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
