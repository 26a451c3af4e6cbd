package kind_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "zendesk", " Other ": "other", "zendesk": "zendesk"} {
		if k, err := kind.Parse(text); err != nil || k.Name != want {
			t.Errorf("%q: %q, %v", text, k.Name, err)
		}
	}
	if _, err := kind.Parse("jira"); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("%v", err)
	}
	if k := kind.Of(tracker.Integration{Kind: "of a newer program"}); k.Sends || k.Asks || k.Conversation {
		t.Errorf("a kind that is not known can do %+v", k)
	}
}

// An item's number and address say its id, whatever that is, and no address leaves the base.
func TestAnItemIsKnownByNumberAndAddress(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := kind.Base(rapid.SampledFrom([]string{"https://acme.com/issues", "https://acme.com/", "http://127.0.0.1:80/show?id=", "https://acme.com/#"}).Draw(t, "base"))
		id := rapid.OneOf(rapid.StringN(1, 40, -1), rapid.StringMatching(`[0-9]{1,19}`), rapid.StringMatching(`[A-Z]{2,4}-[0-9]{1,4}(/[a-z ?#%]{1,3})?`)).Draw(t, "id")
		n, address := kind.Number(id), kind.Address(base, id)
		key := tracker.TicketKey{Host: base, ID: n}
		if id == strings.TrimSpace(id) && !strings.HasPrefix(id, "#") {
			for _, text := range []string{kind.Label(key, address), " " + id + " ", fmt.Sprint(int64(n))} {
				if parsed, err := kind.ParseTicket(tracker.Integration{Kind: kind.Other}, text); err != nil || parsed != n && len(id) < 16 {
					t.Fatalf("%q is read as %d, not as %d: %v", text, parsed, n, err)
				}
			}
		}
		if n <= 0 || n >= 1<<53 || n != kind.Number(id) {
			t.Fatalf("number %d", n)
		}
		if label := kind.Label(key, address); label != id && label != "#"+id {
			t.Fatalf("%q at %s is called %q", id, address, label)
		}
	})
}

func TestATicketOfZendeskIsANumber(t *testing.T) {
	t.Parallel()
	if id, err := kind.ParseTicket(tracker.Integration{}, "#1042"); err != nil || id != 1042 {
		t.Error(id, err)
	}
	for _, kindOf := range []string{kind.Zendesk, kind.Other} {
		for text, bad := range map[string]bool{"": true, "OPS-17": kindOf == kind.Zendesk} {
			if _, err := kind.ParseTicket(tracker.Integration{Kind: kindOf}, text); bad != (tracker.CodeOf(err) == tracker.CodeInvalid) {
				t.Errorf("%s %q: %v", kindOf, text, err)
			}
		}
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ base, id, want string }{
		{"https://acme.com/issues/", "2", "https://acme.com/issues/2"}, {"https://acme.com/issues", "2", "https://acme.com/issues/2"},
		{"https://acme.com/", "a b?c/d#e", "https://acme.com/a%20b%3Fc/d%23e"}, {"https://acme.com/show?id=", "a&b", "https://acme.com/show?id=a%26b"},
	} {
		if got := kind.Address(c.base, c.id); got != c.want {
			t.Errorf("%s and %q: %s", c.base, c.id, got)
		}
	}
}

// A ticket of Zendesk is called by its number, whatever its address says.
func TestZendesksTicketsAreCalledByTheirNumber(t *testing.T) {
	t.Parallel()
	for _, l := range []tracker.Link{
		{Ticket: tracker.TicketKey{Host: "acme.zendesk.com", ID: 1042}, URL: "https://acme.zendesk.com/agent/tickets/1042"},
		{Ticket: tracker.TicketKey{Host: "acme.zendesk.com", ID: 1<<52 + 5}, URL: "acme.zendesk.comX"},
	} {
		if got := kind.LinkLabel(l); got != l.Ticket.ID.String() {
			t.Errorf("%+v is called %q", l, got)
		}
	}
}
