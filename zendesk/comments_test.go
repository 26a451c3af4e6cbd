package zendesk

import (
	"encoding/json"
	"strings"
	"testing"

	"storydesk/tracker"
)

func TestALongCommentIsCut(t *testing.T) {
	html := strings.Repeat("<p>words</p>", 5<<20/12)
	body, err := json.Marshal(map[string]any{"comments": []any{map[string]any{"id": 1, "html_body": html, "plain_body": "words"}}, "meta": map[string]any{"has_more": false}})
	if err != nil {
		t.Fatal(err)
	}
	for page, err := range serve(t, Config{}, say(200, string(body))).Comments(t.Context(), 7) {
		if err != nil {
			t.Fatal(err)
		}
		if c := page.Comments[0]; !c.Cut || len(c.HTML) > tracker.MaxText || c.Text != "words" {
			t.Errorf("%d bytes of HTML, cut %v, text %q", len(c.HTML), c.Cut, c.Text)
		}
	}
}
