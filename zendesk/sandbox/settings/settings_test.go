package settings_test

import (
	"testing"

	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/settings"
)

func TestUnknownWordsAreRefused(t *testing.T) {
	t.Parallel()
	store := settings.NewStore()
	for name, spoil := range map[string]func(*settings.Settings){
		"role":        func(o *settings.Settings) { o.Role = "king" },
		"restriction": func(o *settings.Settings) { o.Restriction = "mine" },
		"scope":       func(o *settings.Settings) { o.Scopes = []string{"read", "reed"} },
		"view":        func(o *settings.Settings) { o.Views = map[int64]string{25: "lost"} },
		"count":       func(o *settings.Settings) { o.ViewCounts = map[int64]int{25: -1} },
		"home":        func(o *settings.Settings) { o.Home = "acme.zendesk.com:443" },
		"depth":       func(o *settings.Settings) { o.OffsetDepth = settings.MaxOffsetDepth + 1 },
	} {
		changed := store.Get()
		changed.Suspended = true
		spoil(&changed)
		if store.Set(changed) == nil || store.Get().Suspended {
			t.Errorf("%s: taken", name)
		}
	}
	good := store.Get()
	good.Suspended = true
	if err := store.Set(good); err != nil || !store.Get().Suspended {
		t.Errorf("refused: %v", err)
	}
}

func TestAs(t *testing.T) {
	t.Parallel()
	admin := &record.User{Role: "admin"}
	if me := (settings.Settings{Role: "light", Restriction: "groups"}).As(admin); me.Role != "agent" || !me.OnlyPrivate || me.TicketRestriction != "groups" {
		t.Errorf("a light agent is %+v", me)
	}
	if me := (settings.Settings{Role: "end-user", Suspended: true}).As(admin); me.Agent() || me.RoleType != nil || !me.Suspended {
		t.Errorf("a customer is %+v", me)
	}
	if admin.Role != "admin" || admin.Suspended {
		t.Errorf("the user was changed into %+v", admin)
	}
}
