package zendesk

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"storydesk/tracker"
)

// misleading answers three pages by cursor; extra follows each page's
// paging and must not be taken for it.
func misleading(extra string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if !query.Has("page[size]") {
			say(200, `{"tickets":[{"id":1}],"next_page":"x","count":20000}`)(w, r)
			return
		}
		number := 1
		if after := query.Get("page[after]"); after != "" {
			if _, err := fmt.Sscanf(after, "behind-%d", &number); err != nil {
				say(400, `{"errors":[{"code":"InvalidPaginationParameter"}]}`)(w, r)
				return
			}
			number++
		}
		say(200, fmt.Sprintf(`{"tickets":[{"id":%d,"subject":"\"meta\":{\"has_more\":true}"}],"meta":{"has_more":%v,"after_cursor":"behind-%d"}%s}`,
			number, number < 3, number, extra))(w, r)
	}
}

// Whatever looks like a cursor at a glance, every page is read once.
func TestACursorAtAGlanceIsChecked(t *testing.T) {
	for _, extra := range []string{
		``,
		`,"links":{"next":"https://evil.example/"}`,
		`,"links":{"meta":{"has_more":true,"after_cursor":"astray"}}`,
		`,"links":{"meta":{"has_more":false}}`,
		`,"links":{"meta":null}`,
		`,"links":{"meta":["has_more"]}`,
	} {
		var ids []tracker.TicketID
		for page, err := range serve(t, Config{}, misleading(extra)).ViewTickets(t.Context(), 25, "after:") {
			if err != nil {
				t.Fatalf("%s: %v", extra, err)
			}
			for _, ticket := range page.Tickets {
				ids = append(ids, ticket.ID)
			}
		}
		if !slices.Equal(ids, []tracker.TicketID{1, 2, 3}) {
			t.Errorf("%s: read %v", extra, ids)
		}
	}
}
