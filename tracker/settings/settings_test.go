package settings_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

func TestTheUserIsRenamedWhileStoriesAreMade(t *testing.T) {
	w := trackertest.New(t)
	made := make(chan error)
	add := func(name string) (tracker.Story, error) {
		return w.Engine.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.In.ProjectID, Name: name})
	}
	go func() {
		_, err := add("Meanwhile")
		made <- err
	}()
	if err := w.Engine.Settings.SetUser(t.Context(), "  Grace Hopper "); err != nil {
		t.Fatal(err)
	}
	if err := <-made; err != nil {
		t.Fatal(err)
	}
	st, err := add("Rotate the keys")
	if err != nil || st.Requester != "Grace Hopper" {
		t.Errorf("requested by %q, %v", st.Requester, err)
	}
	if name, err := w.Engine.Settings.Setting(t.Context(), tracker.SettingUser); err != nil || name != "Grace Hopper" {
		t.Errorf("remembered %q, %v", name, err)
	}
	if e := trackertest.AsError(t, w.Engine.Settings.SetUser(t.Context(), " ")); e.Code != tracker.CodeInvalid || e.Field != "user" {
		t.Errorf("an empty name: %+v", e)
	}
}
