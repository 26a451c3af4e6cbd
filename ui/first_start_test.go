package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/story"
	"storydesk/ui/uitest"
)

// unnamed is a world whose user has not said who they are.
func unnamed(t *testing.T) *world {
	w := newWorld(t)
	w.Options.AskUser = "Grace"
	return w
}

func (w *world) user() string {
	w.T.Helper()
	name, err := w.Service.Settings.Setting(w.T.Context(), tracker.SettingUser)
	if err != nil {
		w.T.Fatal(err)
	}
	return name
}

// Nothing is asked before the name is needed: the first key is the first key.
func TestTheNameIsAskedForWhenItIsNeeded(t *testing.T) {
	t.Parallel()
	w := unnamed(t).Start(120, 40)
	w.Press("n").Write("Rotate the keys").Press("enter")
	w.See("Your name on stories and private comments: Grace")
	w.Shows("enter use it")
	w.Press("enter")
	w.See("Rotate the keys")
	w.Idle()
	if st := w.read(1).Story; st.Name != "Rotate the keys" || st.Requester != "Grace" || w.user() != "Grace" {
		t.Errorf("%q of %q, remembered %q", st.Name, st.Requester, w.user())
	}
	w.Press("n").Write("Write the docs").Press("enter")
	w.See("Write the docs")
	w.Idle()
	if st := w.read(2).Story; st.Requester != "Grace" {
		t.Errorf("the second one is of %q", st.Requester)
	}
}

// Another name can be given instead.
func TestAnotherNameCanBeGiven(t *testing.T) {
	t.Parallel()
	w := unnamed(t)
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40)
	w.Press("2", "s")
	w.See("Your name")
	w.Press("ctrl+e", "ctrl+u", "enter")
	w.See("Your name")
	w.Write("Grace Hopper").Press("enter")
	w.See("S-1 is started")
	w.Idle()
	if st := w.read(1).Story; w.user() != "Grace Hopper" || st.Owners[0] != "Grace Hopper" {
		t.Errorf("remembered %q, owned by %v", w.user(), st.Owners)
	}
}

// Keys that are typed on while the name is being asked for are neither lost nor
// read as the name: they are done after the answer.
func TestKeysWaitForTheName(t *testing.T) {
	t.Parallel()
	w := unnamed(t)
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Story("Write the docs", tracker.Backlog, 1)
	w.Start(120, 40)
	w.Press("2", "s", "j", "s", "n")
	w.See("Your name")
	if st := w.read(1).Story; st.State != tracker.Unstarted {
		t.Fatalf("S-1 is %s before anybody said who they are", st.State)
	}
	w.Press("enter")
	w.See("New story")
	w.Write("A third").Press("enter")
	w.See("A third")
	w.Idle()
	for id, want := range map[tracker.StoryID]tracker.State{1: tracker.Started, 2: tracker.Started} {
		if st := w.read(id).Story; st.State != want || w.user() != "Grace" {
			t.Errorf("%s is %s, remembered %q", id, st.State, w.user())
		}
	}
}

// Escape changes nothing, loses no text and asks again next time.
func TestWithoutANameNothingIsChanged(t *testing.T) {
	t.Parallel()
	w := unnamed(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40)
	w.Press("2", "s", "j", "esc")
	w.See("nothing was changed")
	w.Idle()
	w.Press("c").Write("Looking into it.").Press("ctrl+s")
	w.See("Your name")
	w.Press("ctrl+e", "esc")
	w.See("nothing was changed")
	w.Shows("Looking into it.")
	w.Idle()
	d := w.read(st.ID)
	if d.Story.State != tracker.Unstarted || len(d.Comments) != 0 || w.user() != "" {
		t.Errorf("%s with %d comments, remembered %q", d.Story.State, len(d.Comments), w.user())
	}
	w.Press("ctrl+s")
	w.See("Your name")
	w.Press("enter")
	w.Until("the comment is saved", func() bool { return len(w.read(st.ID).Comments) == 1 })
	if draft, err := w.Service.Settings.Draft(t.Context(), story.CommentKey(st.ID)); err != nil || draft != "" {
		t.Errorf("the draft is %q, %v", draft, err)
	}
}

// What was typed in a line is there again when no name was given for it.
func TestWithoutANameTheTextComesBack(t *testing.T) {
	t.Parallel()
	w := unnamed(t).Start(120, 40)
	w.Press("n").Write("Rotate the keys").Press("enter")
	w.See("Your name")
	w.Press("esc")
	w.See("draft, not saved")
	w.Shows("New story in the Icebox")
	w.Shows("Name   ▌Rotate the keys")
	w.Idle()
	w.Press("enter")
	w.See("Your name")
	w.Press("ctrl+e", "esc")
	w.See("Name   ▌Rotate the keys")
	w.Idle()
	w.Press("enter", "enter")
	w.See("S-1 created")
	w.Idle()
	if st := w.read(1).Story; st.Name != "Rotate the keys" {
		t.Errorf("the story is %q", st.Name)
	}
}

// A name that is given in the settings is asked for no more.
func TestTheNameOfTheSettings(t *testing.T) {
	t.Parallel()
	w := unnamed(t).Start(120, 40)
	w.do(func(*pane.Host) tea.Cmd { command.Rename(w.Model.Commands(), "Grace Hopper"); return nil })
	w.See("You are Grace Hopper")
	w.Press("n").Write("Rotate the keys").Press("enter")
	w.See("Rotate the keys")
	w.Idle()
	if st := w.read(1).Story; st.Requester != "Grace Hopper" {
		t.Errorf("requested by %q", st.Requester)
	}
}

// The name is to be seen before it is taken, in a narrow window too.
func TestTheNameIsSeenInANarrowWindow(t *testing.T) {
	t.Parallel()
	w := unnamed(t).Start(80, 24)
	w.Press("n").Write("Rotate the keys").Press("enter")
	w.See("Your name: Grace")
	w.Shows("enter use it")
	w.Shows("esc cancel")
}

func TestWelcomeOffersTheSandbox(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.See("create stories without Zendesk")
	if strings.Contains(w.Screen(), "sandbox") {
		t.Error("a sandbox is offered where there is none")
	}
	w.Options.OffersSandbox = true
	w.Start(120, 40).Press("d")
	w.Until("the board is left", func() bool { return w.Quit })
	if w.Sight().Exit != ui.ExitToSandbox {
		t.Errorf("exit reason = %v", w.Sight().Exit)
	}
}

func TestTheFirstIntegrationHasTheFocus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Rotate the keys", tracker.Backlog, -1)
	w.Start(120, 40)
	w.WithTickets(uitest.Usual()...)
	w.Send(pane.Changed{Hint: tracker.HintAll})
	w.See("Login loops on SSO")
	if focus := w.focus(); focus != intent.PaneTickets {
		t.Errorf("focus on %s", focus)
	}
}

// What holds for the whole time stands in the status line, once, and leaves room
// for the key of help.
func TestANoticeStaysBesideHelp(t *testing.T) {
	t.Parallel()
	for width, want := range map[int]string{
		40: "sandbox", 80: "sandbox: nothing is saved", 120: "sandbox: nothing is saved", 200: "sandbox: nothing is saved",
	} {
		w := newWorld(t).WithTickets(uitest.Usual()...)
		w.Options.Notice = "sandbox: nothing is saved"
		w.Start(width, 24)
		status := w.status()
		if !strings.Contains(status, want) || !strings.HasSuffix(status, " ? help ") {
			t.Errorf("%d columns: the status line is %q", width, status)
		}
		if n := strings.Count(w.Screen(), "sandbox"); n != 1 {
			t.Errorf("%d columns: it stands there %d times\n%s", width, n, w.Screen())
		}
	}
}

// A new integration is inactive until its password is saved, and the board may
// read it before that.
func TestTheFirstIntegrationHasTheFocusOnceItIsActive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Rotate the keys", tracker.Backlog, -1)
	w.Start(120, 40)
	w.WithTickets(uitest.Usual()...)
	active := func(on bool) {
		if _, err := w.Service.Accounts.SetIntegrationActive(t.Context(), w.In.ID, on); err != nil {
			t.Fatal(err)
		}
		w.Send(pane.Changed{Hint: tracker.HintAll})
	}
	active(false)
	w.Until("the inactive integration is read", func() bool { return w.Sight().Board.Integrations == 1 })
	active(true)
	w.See("Login loops on SSO")
	if w.focus() != intent.PaneTickets || w.selected() != tracker.TicketID(1042) {
		t.Errorf("focus on %s, ticket %v selected", w.focus(), w.selected())
	}
}
