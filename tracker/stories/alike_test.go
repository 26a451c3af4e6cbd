package stories_test

import (
	"fmt"
	"slices"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/alike"
	"storydesk/tracker/trackertest"
)

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, other string
		want        bool
	}{
		{"Login loops on SSO", "SSO login loop", true},
		{"Login loops on SSO", "Login loops", true},
		{"Login loops on SSO", "Login page is slow", false},
		{"Export CSV is empty", "CSV export returns an empty file", true},
		{"Export CSV is empty", "Export fails over 10k rows", false},
		{"Re: Password reset mail does not arrive", "Reset mails never arrive", true},
		{"Dark mode for reports", "Dark mode", true},
		{"Refund", "Refunds", true},
		{"Refund", "Refund page 404", false},
		{"The and of", "The and of", false},
		{"", "", false},
		{"RÜCKERSTATTUNG der Rechnung fehlt", "Rückerstattung fehlt: Rechnung", true},
		{"无法用微信支付开发票", "微信支付无法开发票", true},
		{"无法用微信支付开发票", "导出为空", false},
	} {
		cards := []tracker.Card{{ID: 1, Name: test.other, State: tracker.Unscheduled}}
		if got := len(alike.Closest(cards, nameOf, []string{test.name})) == 1; got != test.want {
			t.Errorf("%q and %q: alike is %t", test.name, test.other, got)
		}
	}
}

// What is done, or asked to be left out, is not offered; the likest comes first.
func TestAlikeStories(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ids := w.several(tracker.Backlog, "SSO login", "Login loops on SSO", "Login loops with SSO", "Dark mode", "SSO login loops")
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept} {
		if _, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: ids[4]}}, a, ""); err != nil {
			t.Fatal(err)
		}
	}
	cards, err := w.Engine.Stories.Alike(t.Context(), w.In.ProjectID, []string{"Login loops on SSO"}, ids[1])
	if err != nil {
		t.Fatal(err)
	}
	var got []tracker.StoryID
	for _, c := range cards {
		got = append(got, c.ID)
	}
	if want := []tracker.StoryID{ids[2], ids[0]}; !slices.Equal(got, want) {
		t.Errorf("alike are %v, want %v", got, want)
	}
}

func BenchmarkAlike(b *testing.B) {
	words := []string{"export", "login", "page", "fails", "empty", "slow", "invoice", "report", "mail", "reset", "password", "mobile", "crash"}
	cards := make([]tracker.Card, 10_000)
	for i := range cards {
		n := len(words)
		cards[i] = tracker.Card{
			ID: tracker.StoryID(i + 1), State: tracker.Unscheduled,
			Name: fmt.Sprintf("The %s %s of %s %s when %d", words[i%n], words[i/3%n], words[i/7%n], words[i/11%n], i),
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		alike.Closest(cards, nameOf, []string{"Login page fails when the invoice is empty"})
	}
}

func nameOf(c *tracker.Card) string { return c.Name }
