package address

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"storydesk/tracker"
)

func TestView(t *testing.T) {
	const at = "https://acme.zendesk.com"
	tests := map[string]tracker.ViewID{
		"360001234567":                     360001234567,
		" 25 ":                             25,
		"filters/25":                       25,
		at + "/agent/filters/360001234567": 360001234567,
		at + "/agent/filters/25?page=2":    25,
		at + "/agent/filters/25/":          25,
		at + "/agent/#/filters/25":         25,
		at + "/rules/25":                   25,
		at + "/rules/25.json":              25,
		at + "/api/v2/views/25":            25,
		at + "/api/v2/views/25.json":       25,
		at + "/api/v2/views/25/tickets.json?include=users":                                                         25,
		at + "/api/v2/views/25/execute.json":                                                                       25,
		at + "/access/unauthenticated?return_to=https%3A%2F%2Facme.zendesk.com%2Fagent%2Ffilters%2F25":             25,
		at + "/access/unauthenticated?return_to=https%253A%252F%252Facme.zendesk.com%252Fagent%252Ffilters%252F25": 25,
		at + "/admin/workspaces/agent-workspace/views/25":                                                          25,
		"https://support.acme.com/agent/filters/25":                                                                25,
	}
	for text, want := range tests {
		if got, err := View(text); err != nil || got != want {
			t.Errorf("View(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
}

func TestViewExplains(t *testing.T) {
	tests := map[string]string{
		"":          "give a view's number",
		"suspended": "suspended tickets is not a view",
		"https://acme.zendesk.com/agent/filters/suspended": "suspended tickets is not a view",
		"https://acme.zendesk.com/agent/filters/deleted":   "deleted tickets is not a view",
		"https://acme.zendesk.com/agent/tickets/1042":      "address of ticket #1042",
		"https://acme.zendesk.com":                         "no view number",
		"All unresolved":                                   "no view number",
		"0":                                                "no view number",
		"-5":                                               "no view number",
		"+5":                                               "no view number",
		"99999999999999999999":                             "no view number",
		"filters/":                                         "no view number",
		"filters/25x":                                      "no view number",
		"%":                                                "no view number",
		strings.Repeat("9", 5000):                          "too long",
	}
	for text, want := range tests {
		_, err := View(text)
		var e *tracker.Error
		if !errors.As(err, &e) || e.Code != tracker.CodeInvalid || e.Field != "view" || !strings.Contains(e.Message, want) {
			t.Errorf("View(%.60q): %v; want a sentence with %q", text, err, want)
		}
	}
}

func FuzzView(f *testing.F) {
	for _, seed := range []string{"25", "/agent/filters/25", "rules/25.json", "views/%32%35", "filters/suspended", "%zz", "tickets/1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := View(text)
		if err != nil {
			if id != 0 || tracker.CodeOf(err) != tracker.CodeInvalid {
				t.Fatalf("%q: %d, %v", text, id, err)
			}
			return
		}
		again, err := View("https://acme.zendesk.com/agent/filters/" + strconv.FormatInt(int64(id), 10))
		if id <= 0 || again != id || err != nil {
			t.Fatalf("%q gave %d, which gave %d, %v", text, id, again, err)
		}
	})
}
