package requests_test

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"storydesk/zendesk/sandbox/requests"
)

func TestLog(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	log := requests.NewLog(func() time.Time { return at })
	entry := log.Begin(httptest.NewRequest("PUT", "/api/v2/tickets/7?a=b", nil))
	want := requests.Request{Time: at, Method: "PUT", Path: "/api/v2/tickets/7", Query: "a=b"}
	if got := log.All(); len(got) != 1 || got[0] != want {
		t.Errorf("begun: %+v", got)
	}
	log.Arrived(entry, []byte("{}"))
	log.Answered(entry, 200)
	want.Body, want.Status = "{}", 200
	if got := log.All(); got[0] != want {
		t.Errorf("answered: %+v", got)
	}
}

func TestTheOldestRequestsAreDropped(t *testing.T) {
	t.Parallel()
	const most = 10_000
	log := requests.NewLog(time.Now)
	for n := range most + 1 {
		log.Begin(httptest.NewRequest("GET", fmt.Sprintf("/%d", n), nil))
	}
	all := log.All()
	if len(all) > most || all[len(all)-1].Path != fmt.Sprintf("/%d", most) || all[0].Path == "/0" {
		t.Errorf("%d requests, from %s to %s", len(all), all[0].Path, all[len(all)-1].Path)
	}
}
