package wire_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"storydesk/zendesk/wire"
)

// BenchmarkTicketListing reads a page of a view with all that is asked for beside it.
func BenchmarkTicketListing(b *testing.B) {
	tickets, sets, users := make([]string, 100), make([]string, 100), make([]string, 40)
	for i := range tickets {
		tickets[i] = fmt.Sprintf(`{"id":%d,"url":"https://acme.zendesk.com/api/v2/tickets/%[1]d.json","subject":"The export fails \u2014 again","description":"%s",
			"status":"open","priority":"high","type":"problem","requester_id":%d,"organization_id":7,"tags":["export","csv"],
			"created_at":"2026-11-20T01:00:00Z","updated_at":"2026-11-20T02:00:00Z","custom_status_id":3,"from_messaging_channel":false,
			"satisfaction_rating":{"score":"unoffered"},"via":{"channel":"email","source":{"from":{},"to":{},"rel":null}},
			"slas":{"policy_metrics":[{"metric":"next_reply_time","stage":"active","breach_at":"2026-11-20T09:00:00Z","minutes":30}]}}`,
			i+1, strings.Repeat("What the customer wrote. ", 20), i%40)
		sets[i] = fmt.Sprintf(`{"id":%d,"ticket_id":%[1]d,"requester_updated_at":"2026-11-20T05:00:00Z","solved_at":null,"reopens":0,
			"reply_time_in_minutes":{"calendar":3,"business":1},"full_resolution_time_in_minutes":{"calendar":null,"business":null}}`, i+1)
	}
	for i := range users {
		users[i] = fmt.Sprintf(`{"id":%d,"name":"Ada Lovelace","email":"ada@example.com","role":"end-user"}`, i)
	}
	page := []byte(`{"tickets":[` + strings.Join(tickets, ",") + `],"metric_sets":[` + strings.Join(sets, ",") + `],"users":[` + strings.Join(users, ",") + `],"count":100}`)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		var list wire.TicketListing
		if err := json.Unmarshal(page, &list); err != nil || len(list.MetricSets) != 100 {
			b.Fatal(err)
		}
	}
}
