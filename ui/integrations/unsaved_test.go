package integrations

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// testHost is a host with nothing behind it.
func testHost(t *testing.T) *pane.Host {
	t.Helper()
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	return pane.NewHost(t.Context(), nil, func() time.Time { return now })
}

func TestDraftKeyTellsFormsApart(t *testing.T) {
	for want, d := range map[string]tracker.IntegrationDraft{
		"integration/new/2": {ProjectID: 2},
		"integration/5":     {ID: 5, ProjectID: 2},
	} {
		if got := draftKey(d); got != want {
			t.Errorf("%+v has the key %q, want %q", d, got, want)
		}
	}
}

func TestTypedTextIsKeptWithoutTheSecret(t *testing.T) {
	host, f := testHost(t), newFields(nil)
	u := unsaved{Draft: dialog.Draft{Host: host, Key: "integration/new/1"}}
	if u.keep(f.Form); host.Busy() {
		t.Error("a draft is saved before the last one was read")
	}
	if err := u.restore(f.Form, dialog.Packed(map[string]string{present.FieldName: "Support"})); err != nil {
		t.Fatal(err)
	}
	if got := f.Value(present.FieldName); got != "Support" || !u.restored {
		t.Errorf("name %q, restored %v", got, u.restored)
	}
	if u.keep(f.Form); host.Busy() {
		t.Error("a draft is saved that did not change")
	}
	f.SetValue(present.FieldURL, "acme")
	f.SetValue(present.FieldPassword, "s3cret")
	if u.keep(f.Form); !host.Busy() {
		t.Error("what was typed is not saved")
	}
	if got := host.Drafts[u.Key].Text; !strings.Contains(got, "acme") || strings.Contains(got, "s3cret") {
		t.Errorf("saved %q", got)
	}
}

func TestDiscardedTextIsNotKept(t *testing.T) {
	host, f := testHost(t), newFields(nil)
	u := unsaved{Draft: dialog.Draft{Host: host, Key: "integration/new/1"}}
	if err := u.restore(f.Form, dialog.Packed(map[string]string{present.FieldName: "Support"})); err != nil {
		t.Fatal(err)
	}
	if u.discard(); !host.Busy() {
		t.Error("the draft outlives its discarding")
	}
	u.keep(f.Form)
	if got := host.Drafts[u.Key].Text; got != "" {
		t.Errorf("kept %q", got)
	}
}

func TestBrokenDraftIsReported(t *testing.T) {
	f := newFields(nil)
	u := unsaved{Draft: dialog.Draft{Host: testHost(t), Key: "integration/new/1"}}
	if err := u.restore(f.Form, "%"); err == nil || u.restored {
		t.Errorf("restored %v: %v", u.restored, err)
	}
}

func TestViewsAreOffered(t *testing.T) {
	h := &host{Commands: &command.Commands{Host: testHost(t)}}
	v := viewChoice{host: h}
	v.offer(nil, 0, nil)
	if now := h.Toasts.Current; now == nil || !strings.Contains(now.Text, "cannot see any view") {
		t.Errorf("said %+v", now)
	}
	var chosen tracker.ViewID
	v.offer([]tracker.View{{ID: 25, Title: "All"}, {ID: 26, Title: "Escalations\x1b[2J"}}, 26, func(id tracker.ViewID) tea.Cmd {
		chosen = id
		return nil
	})
	ask := h.Top().(*dialog.Chooser)
	if row := ask.Rows[1]; row.Text != "Escalations" || !row.Current {
		t.Errorf("row %+v", row)
	}
	ask.Accept()
	if chosen != 26 {
		t.Errorf("view %d was chosen, want the one that is chosen already", chosen)
	}
}
