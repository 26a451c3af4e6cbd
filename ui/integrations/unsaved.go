package integrations

import (
	"fmt"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/dialog"
	"storydesk/ui/form"
)

// unsaved is the draft of what was typed into a form, all but the secret, until it
// is saved or discarded.
type unsaved struct {
	dialog.Draft
	// restored is true while the form shows what was typed last time.
	restored bool
	// settled is true once what was typed is saved or discarded.
	settled bool
}

// draftKey names the draft of what is typed into the form of an integration.
func draftKey(d tracker.IntegrationDraft) string {
	if d.ID == 0 && !kind.Named(d.Kind).Views {
		return fmt.Sprintf("integration/new/%s/%d", d.Kind, d.ProjectID)
	}
	if d.ID == 0 {
		return fmt.Sprintf("integration/new/%d", d.ProjectID)
	}
	return fmt.Sprintf("integration/%d", d.ID)
}

// restore types into a form what was typed last time and not saved, empty when
// nothing was.
func (u *unsaved) restore(f *form.Form, saved string) error {
	u.Read, u.Kept = true, saved
	values, err := dialog.Unpacked(saved)
	for name, value := range values {
		f.SetValue(name, value)
	}
	u.restored = len(values) > 0
	return err
}

// follow makes what is typed from now on a draft of another key: what was typed
// before is saved.
func (u *unsaved) follow(key string) { u.Key, u.Kept, u.restored = key, "", false }

// keep saves what was typed into a form as a draft.
func (u *unsaved) keep(f *form.Form) {
	if !u.settled {
		u.Keep(dialog.Packed(f.Unsaved()))
	}
}

// discard removes what was typed.
func (u *unsaved) discard() {
	u.settled = true
	u.Keep("")
}
