package accounts_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// brands makes a world whose account is at home at 127.0.0.1 and has a brand at
// localhost, with an integration at each; w.In is the brand's.
func brands(t *testing.T) (w world, home tracker.Integration) {
	t.Helper()
	w = world{trackertest.NewOf(t, sandbox.Options{})}
	w.atHome(strings.TrimPrefix(w.URL, "http://"))
	home = w.In
	w.read(home)
	w.URL = strings.Replace(w.URL, "127.0.0.1", "localhost", 1)
	w.Another("Brand")
	return w, home
}

// atHome changes the host that the records of the sandbox name.
func (w world) atHome(host string) {
	w.T.Helper()
	o := w.Sandbox.Settings()
	o.Home = host
	if err := w.Sandbox.Set(o); err != nil {
		w.T.Fatal(err)
	}
}

// read reads an integration's view and returns the integration as it is then.
func (w world) read(in tracker.Integration) tracker.Integration {
	w.T.Helper()
	if err := w.Engine.Views.RefreshView(w.T.Context(), in.ID); err != nil {
		w.T.Fatal(err)
	}
	list, err := w.Engine.Views.Tickets(w.T.Context(), in.ID)
	if err != nil || len(list.Tickets) == 0 || list.Fetch.Partial || list.Fetch.Problem != "" {
		w.T.Fatalf("%d tickets, %+v, %v", len(list.Tickets), list.Fetch, err)
	}
	return list.Integration
}

func TestBrandsOfOneAccountAreOneAccount(t *testing.T) {
	w, home := brands(t)
	before := w.In
	brand := w.read(w.In)
	if brand.Host != home.Host || brand.URL != before.URL {
		t.Fatalf("the brand is %s at %s, the account %s", brand.Host, brand.URL, home.Host)
	}
	// A story linked through one is linked in the other's panel.
	w.In = home
	st := w.Story(1042)
	list, err := w.Engine.Views.Tickets(t.Context(), brand.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range list.Tickets {
		if row.ID == 1042 && (len(row.Stories) != 1 || row.Stories[0].ID != st.ID) {
			t.Errorf("the brand's ticket has %v", row.Stories)
		}
	}
	// What was settled stays so, and costs no more questions.
	before = brand
	requests := len(w.Sandbox.Requests())
	if again := w.read(brand); again.Host != before.Host || again.Version != before.Version {
		t.Errorf("settled again: %+v", again)
	}
	for _, r := range w.Sandbox.Requests()[requests:] {
		if strings.HasSuffix(r.Path, "/users/me") {
			t.Error("the user was asked for again")
		}
	}
}

// Links that were made through a brand's host come along.
func TestLinksOfABrandComeAlong(t *testing.T) {
	w := world{trackertest.NewOf(t, sandbox.Options{})}
	home := strings.TrimPrefix(w.URL, "http://")
	w.URL = strings.Replace(w.URL, "127.0.0.1", "localhost", 1)
	w.Another("Brand")
	w.read(w.In)
	st := w.Story(1042)
	w.atHome(home)
	_, w.Engine = w.Open(0)
	brand := w.read(w.In)
	d, err := w.Engine.Stories.Story(t.Context(), st.ID)
	if err != nil || brand.Host != home || len(d.Story.Tickets) != 1 || d.Story.Tickets[0].Ticket.Host != home {
		t.Errorf("brand at %s, links %+v, %v", brand.Host, d.Story.Tickets, err)
	}
	if d.Story.Tickets[0].URL != brand.URL+"/agent/tickets/1042" {
		t.Errorf("the link leads to %s", d.Story.Tickets[0].URL)
	}
	// The edit form knows the account by the address that was typed.
	draft := brand.Draft()
	draft.Name = "Renamed"
	if edited, err := w.Engine.Accounts.EditIntegration(t.Context(), draft); err != nil || edited.Host != home {
		t.Errorf("edited: %s, %v", edited.Host, err)
	}
	// A secret stays with the address that it was given for.
	draft.URL = "http://" + home
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), draft); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("the secret went along to %s: %v", home, err)
	}
}

// An account that says it is another one, whose tickets it does not have, is not
// believed: comments on stories of that account would reach it.
func TestAnotherAccountsNameIsNotTaken(t *testing.T) {
	w := world{trackertest.NewOf(t, sandbox.Options{})}
	honest := w.read(w.In)
	w.Story(1042)
	hour := time.Now().Add(time.Hour)
	liar := world{trackertest.NewOf(t, sandbox.Options{Now: func() time.Time { return hour }})}
	_, port, _ := strings.Cut(strings.TrimPrefix(liar.URL, "http://"), ":")
	// It claims, at its own port, what the honest account is known by.
	claimed := "127.0.0.1:" + port
	if err := w.Engine.Accounts.FollowAccount(t.Context(), honest.ID, "http://"+claimed); err != nil {
		t.Fatal(err)
	}
	liar.atHome(claimed)
	w.URL = "http://localhost:" + port
	w.Another("Liar")
	if in := w.read(w.In); in.Host != "localhost:"+port {
		t.Errorf("the liar is known as %s", in.Host)
	}
}
