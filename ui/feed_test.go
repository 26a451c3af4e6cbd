package ui_test

import (
	"strings"
	"testing"

	"storydesk/feed/sandbox"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/integrations"
	"storydesk/ui/present"
)

// serveFeed starts a feed and returns it with the address that its own begin with.
func serveFeed(t testing.TB, m sandbox.Mode) (*sandbox.Server, string) {
	t.Helper()
	s := sandbox.New(m)
	url, err := s.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, url
}

// withFeed adds an integration with a feed and reads it.
func (w *world) withFeed(m sandbox.Mode) *world {
	w.T.Helper()
	_, url := serveFeed(w.T, m)
	in, err := w.Service.Accounts.AddIntegration(w.T.Context(), tracker.IntegrationDraft{
		Kind: kind.Other, ProjectID: w.Project.ID, Name: "Planner", URL: url + sandbox.Path, Base: url + sandbox.Pages, Active: true,
	})
	if err == nil {
		err = w.Service.Views.RefreshView(w.T.Context(), in.ID)
	}
	if err != nil {
		w.T.Fatal(err)
	}
	w.In = in
	return w
}

// fed is a world whose only integration is a feed, and fedByOne one with a single item.
func fed(t testing.TB) *world { return bare(t).withFeed(sandbox.Mode{}) }

func fedByOne(t testing.TB) *world {
	return bare(t).withFeed(sandbox.Mode{Items: sandbox.Usual()[2:3]})
}

// newFeedForm opens the form of a new integration of the kind Other.
func (w *world) newFeedForm() *integrations.Form {
	w.T.Helper()
	w.Press("a")
	w.See("Add an integration")
	w.Press("down", "enter")
	return w.formAtHand()
}

// fillFeed types into the form of a feed.
func (w *world) fillFeed(p *integrations.Form, url string) {
	w.T.Helper()
	for _, f := range [][2]string{
		{present.FieldName, "Planner"}, {present.FieldURL, url}, {present.FieldBase, strings.TrimSuffix(url, sandbox.Path) + sandbox.Pages},
		{present.FieldUser, sandbox.User}, {present.FieldPassword, sandbox.Password},
	} {
		p.Focus(f[0])
		w.Write(f[1])
	}
}

// A new integration is of a kind that is chosen first; a feed's form asks for what a feed
// needs, tests it, and its items are on the board afterwards.
func TestAFeedIsAdded(t *testing.T) {
	t.Parallel()
	w := bare(t).Start(120, 40)
	_, url := serveFeed(t, sandbox.Mode{SignIn: true})
	w.settings()
	form := w.newFeedForm()
	w.See("Feed URL")
	w.fillFeed(form, url+sandbox.Path)
	w.Press("ctrl+l")
	w.See("a feed has no views")
	w.Press("ctrl+t")
	w.See("The connection works.")
	w.See("5 items")
	form.Focus(present.FieldConsent)
	w.Press("space", "ctrl+s")
	w.See("Planner saved")
	in := w.only()
	if in.Kind != kind.Other || in.URL != url+sandbox.Path || in.Host != url+sandbox.Pages || in.Email != sandbox.User || !in.Active {
		t.Errorf("%+v", in)
	}
	w.See("nothing is sent")
	w.Press("s")
	w.See("it needs no browser")
	if err := w.Service.Views.RefreshView(t.Context(), in.ID); err != nil {
		t.Fatal(err)
	}
	w.Press("esc").See("Night shifts")
	w.See("OPS-17")
}

// An item that is moved becomes a story with a link to its page, and a comment says that
// nothing is sent.
func TestAnItemOfAFeedIsMoved(t *testing.T) {
	t.Parallel()
	w := fedByOne(t).Start(160, 40)
	w.Press("1", "i")
	w.See("S-2")
	st, err := w.Service.Stories.Story(t.Context(), 2)
	if err != nil || st.Story.Type != tracker.Chore || st.Story.Requester != "wei" || st.Story.State != tracker.Unscheduled || len(st.Story.Tickets) != 1 {
		t.Fatalf("%+v, %v", st.Story, err)
	}
	w.detail(2).See("OPS-17 ")
	w.Press("o")
	w.Until("the page is opened", func() bool { return len(w.Opened) == 1 })
	if w.Opened[0] != w.In.Host+"OPS-17" {
		t.Errorf("%v", w.Opened)
	}
	w.Press("c")
	w.See("stays in storydesk · OPS-17: nothing is sent to Planner")
}

// A feed's items can be put into the orders that say something of them.
func TestOrdersOfAFeed(t *testing.T) {
	t.Parallel()
	w := fed(t).Start(120, 40)
	w.Press("1", "S")
	w.See("newest")
	if shown := w.Screen(); strings.Contains(shown, "priority") || strings.Contains(shown, "SLA") || !strings.Contains(shown, "requester") {
		t.Errorf("the orders are\n%s", shown)
	}
}
