package integrations

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// save checks every field and saves the integration.
func (p *Form) save() tea.Cmd {
	d := p.fields.draft()
	p.fields.ClearErrors()
	if _, problems := p.fields.checks.CheckIntegration(d); len(problems) > 0 {
		p.fields.showProblems(problems)
		return p.Refuse("Fix the fields in red, then save")
	}
	p.saving = true
	key, service, settings, said := p.unsaved.Key, p.Service, p.Settings, fmt.Sprintf("%s saved", present.Cell(d.Name))
	p.Change(func(ctx context.Context) pane.Done {
		in, out, err := saveIntegration(ctx, service, d)
		if err != nil {
			return pane.Done{Err: err, Draft: key}
		}
		saved := pane.Done{Said: said, Err: settings.SaveDraft(ctx, key, ""), Draft: key}
		if out {
			saved.What = signedOut{in}
		}
		return saved
	})
	return nil
}

// signedOut is an integration that was saved and is not signed in yet.
type signedOut struct{ integration tracker.Integration }

// saveIntegration adds or edits an integration. It reports whether somebody has to
// sign in before it can be used.
func saveIntegration(ctx context.Context, service UseCases, d tracker.IntegrationDraft) (in tracker.Integration, out bool, err error) {
	save := service.Accounts.EditIntegration
	if d.ID == 0 {
		save = service.Accounts.AddIntegration
	}
	if in, err = save(ctx, d); err != nil || in.Auth != tracker.AuthOAuth {
		return in, false, err
	}
	place, err := service.Accounts.SecretPlace(ctx, in.ID)
	return in, place == tracker.InNoPlace, err
}

// finished closes the form or goes on to signing in, or shows under the field
// what was wrong.
func (p *Form) finished(msg pane.Done) tea.Cmd {
	p.saving = false
	if out, ok := msg.What.(signedOut); ok && msg.Err == nil {
		return p.signIn(out.integration)
	}
	if msg.Err == nil {
		p.unsaved.settled = true
		if p.Top() == pane.Pane(p) {
			return p.Close()
		}
		return nil
	}
	p.showError(msg.Err)
	return nil
}

// showError shows under its field what was wrong; false when no field is to blame.
func (p *Form) showError(err error) bool {
	p.test.explain(p.Next(), "Problem", err)
	field := present.FieldOf(err)
	if tracker.ReasonOf(err) == tracker.ReasonNeedsConsent {
		// The keyring that was there refused.
		p.fields.SetHidden(present.FieldConsent, false)
	}
	return p.fields.SetError(field, draw.Line(err.Error())) && p.fields.Focus(field)
}

// signIn goes on from an integration that was saved to signing it in. When that
// fails, the form is there to fix what was wrong.
func (p *Form) signIn(in tracker.Integration) tea.Cmd {
	inDatabase := p.fields.draft().SecretInDatabase
	p.fields.saved = in.Draft()
	p.fields.Saved()
	p.unsaved.follow(draftKey(p.fields.saved))
	if p.Top() != pane.Pane(p) {
		return nil
	}
	return p.Open(newSignInPane(p.host, in, inDatabase, func(to signedIn, err error) tea.Cmd {
		switch {
		case err == nil:
			p.unsaved.settled = true
			return tea.Batch(p.CloseTo(1), sayIn(p.Host, to))
		case errors.Is(err, errSignInStopped):
			return p.Warn(present.Cell(in.Name) + " is saved, but not signed in; " + p.Keys.Key(keymap.ScopeForm, intent.ActSave) + " tries again")
		case p.showError(err):
			return nil
		}
		return p.Fail(err)
	}), pane.Overlay)
}

// leave stops a test under way; else it goes back. Unsaved changes are discarded
// or kept as a draft, as the user says; secrets are not part of a draft.
func (p *Form) leave() tea.Cmd {
	switch {
	case p.test.running:
		p.test.cancel()
		return nil
	case p.loading() || !p.fields.Dirty():
		return p.Close()
	}
	said := "Draft saved"
	if p.fields.Value(present.FieldPassword) != "" {
		said = "Draft saved without the password; enter it again next time"
	}
	return dialog.AskDiscard(p.Host, func() tea.Cmd {
		p.unsaved.discard()
		return p.Close()
	}, func() tea.Cmd { return tea.Batch(p.Close(), p.Say(said)) })
}

// Closed saves what was typed as a draft and ends a test under way.
func (p *Form) Closed() tea.Cmd {
	p.test.cancel()
	p.keep()
	return nil
}

// keep saves what was typed as a draft, all but the secret.
func (p *Form) keep() {
	if !p.loading() && !p.saving {
		p.unsaved.keep(p.fields.Form)
	}
}
