package wire_test

import (
	"encoding/json"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/wire"
)

func hour(n int) time.Time { return time.Date(2026, 11, 20, n, 0, 0, 0, time.UTC) }

// The target that counts is the one that is breached next, whatever else Zendesk tells.
func TestSLAs(t *testing.T) {
	t.Parallel()
	told := tracker.SLA{Told: true}
	next := tracker.SLA{Told: true, Metric: "next_reply_time", BreachAt: hour(9)}
	paused := tracker.SLA{Told: true, Metric: "requester_wait_time", Paused: true}
	for body, want := range map[string]tracker.SLA{
		`{}`:                                 {},
		`{"slas":null}`:                      {},
		`{"slas":{}}`:                        told,
		`{"slas":[]}`:                        told,
		`{"slas":{"policy_metrics":null}}`:   told,
		`{"slas":{"policy_metrics":"none"}}`: told,
		`{"slas":{"policy_metrics":[null,1,{}]}}`: told,
		`{"slas":{"policy_metrics":[{"metric":"first_reply_time","stage":"achieved","breach_at":"2026-11-20T01:00:00Z"}]}}`: told,
		`{"slas":{"policy_metrics":[{"metric":"next_reply_time","stage":"active","breach_at":null}]}}`:                      told,
		`{"slas":{"policy_metrics":[{"metric":"next_reply_time","stage":"active","breach_at":"soon"}]}}`:                    told,
		`{"slas":{"policy_metrics":[{"metric":"requester_wait_time","stage":"active","breach_at":"2026-11-20T11:00:00Z"},
			{"metric":"next_reply_time","stage":"active","breach_at":"2026-11-20T10:00:00+01:00"},"x"]}}`: next,
		`{"slas":{"policy_metrics":[{"metric":"next_reply_time","stage":"thinking","breach_at":"2026-11-20T09:00:00Z"}]}}`: next,
		`{"slas":{"policy_metrics":[{"metric":"requester_wait_time","stage":"paused","breach_at":null},
			{"metric":"next_reply_time","stage":"active","breach_at":"2026-11-20T09:00:00Z"}]}}`: next,
		`{"slas":{"policy_metrics":[{"metric":"next_reply_time","stage":"active","breach_at":"2026-11-20T09:00:00Z"},
			{"metric":"requester_wait_time","stage":"paused","breach_at":"2026-11-20T01:00:00Z"}]}}`: next,
		`{"slas":{"policy_metrics":[{"metric":"requester_wait_time","stage":"paused"}]}}`:                   paused,
		`{"slas":{"policy_metrics":[{"metric":null,"stage":"active","breach_at":"2026-11-20T09:00:00Z"}]}}`: {Told: true, Metric: "sla", BreachAt: hour(9)},
	} {
		var ticket wire.Ticket
		if err := json.Unmarshal([]byte(body), &ticket); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		if got := ticket.SLAs.Translate(); got != want {
			t.Errorf("%s: %+v, want %+v", body, got, want)
		}
	}
}

// Metric sets come with a ticket or beside it.
func TestProgress(t *testing.T) {
	t.Parallel()
	const ticket = `{"id":7,"created_at":"2026-11-20T01:00:00Z"`
	made := tracker.Progress{Told: true, RepliedAt: hour(1)}
	replied := tracker.Progress{Told: true, RepliedAt: hour(5), SolvedAt: hour(8)}
	for body, want := range map[string]tracker.Progress{
		ticket + `}]}`: {},
		ticket + `,"metric_set":null}],"metric_sets":null}`:                                                                                   {},
		ticket + `,"metric_set":"none"}],"metric_sets":{"7":{}}}`:                                                                             {},
		ticket + `}],"metric_sets":[null,5,{"ticket_id":8},{"ticket_id":null}]}`:                                                              {},
		ticket + `,"metric_set":{"ticket_id":7,"requester_updated_at":null}}]}`:                                                               made,
		ticket + `,"metric_set":{"requester_updated_at":"yesterday","solved_at":3}}]}`:                                                        made,
		ticket + `}],"metric_sets":["x",{"ticket_id":"7","requester_updated_at":"2026-11-20T05:00:00Z","solved_at":"2026-11-20T08:00:00Z"}]}`: replied,
		ticket + `,"metric_set":{"requester_updated_at":"2026-11-20T05:00:00Z","solved_at":"2026-11-20T08:00:00Z"}}]}`:                        replied,
	} {
		var list wire.TicketListing
		if err := json.Unmarshal([]byte(`{"tickets":[`+body), &list); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		if got := (*list.Tickets)[0].Progress(list.MetricSets); got != want {
			t.Errorf("%s: %+v, want %+v", body, got, want)
		}
	}
}

func TestSatisfaction(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{}`: "", `{"satisfaction_rating":null}`: "", `{"satisfaction_rating":"good"}`: "", `{"satisfaction_rating":{"score":"unoffered"}}`: "",
		`{"satisfaction_rating":{"score":"offered"}}`: "offered", `{"satisfaction_rating":{"score":"bad","id":3,"comment":"slow"}}`: "bad",
		`{"satisfaction_rating":{"score":"delighted"}}`: "delighted", `{"satisfaction_rating":{"score":5}}`: "5",
	} {
		var ticket wire.Ticket
		if err := json.Unmarshal([]byte(body), &ticket); err != nil || ticket.Satisfaction() != want {
			t.Errorf("%s: %q, %v", body, ticket.Satisfaction(), err)
		}
	}
}

// Whatever stands in place of the facts, a ticket is read.
func FuzzFacts(f *testing.F) {
	for _, seed := range []string{
		`null`, `[]`, `7`, `"x"`, `{"policy_metrics":[{"breach_at":"2026-11-20T09:00:00Z","stage":"active"}]}`,
		`[{"ticket_id":7,"solved_at":1e9}]`, `{"score":{}}`, `{"policy_metrics":{"a":[]}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if !json.Valid([]byte(value)) {
			return
		}
		body := `{"tickets":[{"id":7,"slas":` + value + `,"metric_set":` + value + `,"satisfaction_rating":` + value + `}],"metric_sets":` + value + `}`
		var list wire.TicketListing
		if err := json.Unmarshal([]byte(body), &list); err != nil || list.Tickets == nil || len(*list.Tickets) != 1 {
			t.Fatalf("%s: %v", body, err)
		}
		ticket := (*list.Tickets)[0]
		if sla := ticket.SLAs.Translate(); sla.Metric != "" && (!sla.Told || sla.BreachAt.IsZero() && !sla.Paused) {
			t.Errorf("%s: %+v", body, sla)
		}
		ticket.Progress(list.MetricSets)
	})
}
