package ui

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/story"

	tea "charm.land/bubbletea/v2"
)

// unnamed is a world whose user has not said who they are.
func unnamed(t *testing.T) *world {
	w := newWorld(t)
	w.options.AskUser = "Grace"
	return w
}

func (w *world) user() string {
	w.t.Helper()
	name, err := w.svc.Settings.Setting(w.t.Context(), tracker.SettingUser)
	if err != nil {
		w.t.Fatal(err)
	}
	return name
}

// Nothing is asked before the name is needed: the first key is the first key.
func TestTheNameIsAskedForWhenItIsNeeded(t *testing.T) {
	w := unnamed(t).start(120, 40)
	w.press("n").write("Rotate the keys").press("enter")
	w.see("Your name on stories and private comments: Grace")
	w.shows("enter use it")
	w.press("enter")
	w.see("Rotate the keys")
	w.idle()
	if st := w.read(1).Story; st.Name != "Rotate the keys" || st.Requester != "Grace" || w.user() != "Grace" {
		t.Errorf("%q of %q, remembered %q", st.Name, st.Requester, w.user())
	}
	w.press("n").write("Write the docs").press("enter")
	w.see("Write the docs")
	w.idle()
	if st := w.read(2).Story; st.Requester != "Grace" {
		t.Errorf("the second one is of %q", st.Requester)
	}
}

// Another name can be given instead.
func TestAnotherNameCanBeGiven(t *testing.T) {
	w := unnamed(t)
	w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40)
	w.press("2", "s")
	w.see("Your name")
	w.press("ctrl+e", "ctrl+u", "enter")
	w.see("Your name")
	w.write("Grace Hopper").press("enter")
	w.see("S-1 is started")
	w.idle()
	if st := w.read(1).Story; w.user() != "Grace Hopper" || st.Owners[0] != "Grace Hopper" {
		t.Errorf("remembered %q, owned by %v", w.user(), st.Owners)
	}
}

// Keys that are typed on while the name is being asked for are neither lost nor
// read as the name: they are done after the answer.
func TestKeysWaitForTheName(t *testing.T) {
	w := unnamed(t)
	w.story("Rotate the keys", tracker.Backlog, 1)
	w.story("Write the docs", tracker.Backlog, 1)
	w.start(120, 40)
	w.press("2", "s", "j", "s", "n")
	w.see("Your name")
	if st := w.read(1).Story; st.State != tracker.Unstarted {
		t.Fatalf("S-1 is %s before anybody said who they are", st.State)
	}
	w.press("enter")
	w.see("New story")
	w.write("A third").press("enter")
	w.see("A third")
	w.idle()
	for id, want := range map[tracker.StoryID]tracker.State{1: tracker.Started, 2: tracker.Started} {
		if st := w.read(id).Story; st.State != want || w.user() != "Grace" {
			t.Errorf("%s is %s, remembered %q", id, st.State, w.user())
		}
	}
}

// Escape changes nothing, loses no text and asks again next time.
func TestWithoutANameNothingIsChanged(t *testing.T) {
	w := unnamed(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40)
	w.press("2", "s", "j", "esc")
	w.see("nothing was changed")
	w.idle()
	w.press("c").write("Looking into it.").press("ctrl+s")
	w.see("Your name")
	w.press("ctrl+e", "esc")
	w.see("nothing was changed")
	w.shows("Looking into it.")
	w.idle()
	d := w.read(st.ID)
	if d.Story.State != tracker.Unstarted || len(d.Comments) != 0 || w.user() != "" {
		t.Errorf("%s with %d comments, remembered %q", d.Story.State, len(d.Comments), w.user())
	}
	w.press("ctrl+s")
	w.see("Your name")
	w.press("enter")
	w.until("the comment is saved", func() bool { return len(w.read(st.ID).Comments) == 1 })
	if draft, err := w.svc.Settings.Draft(t.Context(), story.CommentKey(st.ID)); err != nil || draft != "" {
		t.Errorf("the draft is %q, %v", draft, err)
	}
}

// What was typed in a line is there again when no name was given for it.
func TestWithoutANameTheTextComesBack(t *testing.T) {
	w := unnamed(t).start(120, 40)
	w.press("n").write("Rotate the keys").press("enter")
	w.see("Your name")
	w.press("esc")
	w.see("New story in the Icebox Rotate the keys")
	w.idle()
	w.press("enter")
	w.see("Your name")
	w.press("ctrl+e", "esc")
	w.see("New story in the Icebox Rotate the keys")
	w.idle()
	w.press("enter", "enter")
	w.see("S-1 created")
	w.idle()
	if st := w.read(1).Story; st.Name != "Rotate the keys" {
		t.Errorf("the story is %q", st.Name)
	}
}

// A name that is given in the settings is asked for no more.
func TestTheNameOfTheSettings(t *testing.T) {
	w := unnamed(t).start(120, 40)
	w.do(func(h *pane.Host) tea.Cmd { return command.Rename(h, "Grace Hopper") })
	w.see("You are Grace Hopper")
	w.press("n").write("Rotate the keys").press("enter")
	w.see("Rotate the keys")
	w.idle()
	if st := w.read(1).Story; st.Requester != "Grace Hopper" {
		t.Errorf("requested by %q", st.Requester)
	}
}

// The name is to be seen before it is taken, in a narrow window too.
func TestTheNameIsSeenInANarrowWindow(t *testing.T) {
	w := unnamed(t).start(80, 24)
	w.press("n").write("Rotate the keys").press("enter")
	w.see("Your name: Grace")
	w.shows("enter use it")
	w.shows("esc cancel")
}

func TestWelcomeOffersTheSandbox(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.see("create stories without Zendesk")
	if strings.Contains(w.screen(), "sandbox") {
		t.Error("a sandbox is offered where there is none")
	}
	w.options.OffersSandbox = true
	w.start(120, 40).press("d")
	w.until("the board is left", func() bool { return w.quit })
	if w.sight().Wish != WishSandbox {
		t.Errorf("exit reason = %v", w.sight().Wish)
	}
}

func TestTheFirstIntegrationHasTheFocus(t *testing.T) {
	w := newWorld(t)
	w.story("Rotate the keys", tracker.Backlog, -1)
	w.start(120, 40)
	w.withTickets(usual()...)
	w.send(pane.Changed{Hint: tracker.HintAll})
	w.see("Login loops on SSO")
	if focus := w.focus(); focus != intent.PaneTickets {
		t.Errorf("focus on %s", focus)
	}
}

// What holds for the whole time stands in the status line, once, and leaves room
// for the key of help.
func TestANoticeStaysBesideHelp(t *testing.T) {
	for width, want := range map[int]string{
		40: "sandbox", 80: "sandbox: nothing is saved", 120: "sandbox: nothing is saved", 200: "sandbox: nothing is saved",
	} {
		w := newWorld(t).withTickets(usual()...)
		w.options.Notice = "sandbox: nothing is saved"
		w.start(width, 24)
		status := w.status()
		if !strings.Contains(status, want) || !strings.HasSuffix(status, " ? help ") {
			t.Errorf("%d columns: the status line is %q", width, status)
		}
		if n := strings.Count(w.screen(), "sandbox"); n != 1 {
			t.Errorf("%d columns: it stands there %d times\n%s", width, n, w.screen())
		}
	}
}

// A new integration is inactive until its password is saved, and the board may
// read it before that.
func TestTheFirstIntegrationHasTheFocusOnceItIsActive(t *testing.T) {
	w := newWorld(t)
	w.story("Rotate the keys", tracker.Backlog, -1)
	w.start(120, 40)
	w.withTickets(usual()...)
	active := func(on bool) {
		if _, err := w.svc.Accounts.SetIntegrationActive(t.Context(), w.in.ID, on); err != nil {
			t.Fatal(err)
		}
		w.send(pane.Changed{Hint: tracker.HintAll})
	}
	active(false)
	w.until("the inactive integration is read", func() bool { return w.sight().Board.Integrations == 1 })
	active(true)
	w.see("Login loops on SSO")
	if w.focus() != intent.PaneTickets || w.selected() != tracker.TicketID(1042) {
		t.Errorf("focus on %s, ticket %v selected", w.focus(), w.selected())
	}
}
