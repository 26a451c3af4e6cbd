package faults_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/zendesk/sandbox/faults"
	"storydesk/zendesk/sandbox/requests"
	"storydesk/zendesk/sandbox/world"
)

// behind is an API that answers truly, behind faults.
type behind struct {
	*faults.List
	handler faults.Handler
	// done is what was carried out, in order.
	done []string
}

func newBehind() *behind {
	b := &behind{List: faults.NewList()}
	b.handler = faults.Handler{
		Faults: b.List, Requests: requests.NewLog(time.Now), Now: time.Now,
		Edit: func(e world.Edit) error { b.done = append(b.done, "edit "+e.Status); return nil },
		API: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			b.done = append(b.done, r.Method+" "+r.URL.Path)
			_, _ = io.WriteString(w, `{"true":"answer"}`)
		}),
	}
	return b
}

func (b *behind) get(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w
}

func TestRulesActInOrderAndAreUsedUp(t *testing.T) {
	t.Parallel()
	b := newBehind()
	if err := b.Add(faults.Fault{Path: "/views/*", Answer: "server-error", Skip: 1, Times: 2}, faults.Fault{Answer: "closed"}); err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, path := range []string{"/api/v2/views/25.json", "/api/v2/views/25", "/api/v2/views/25", "/api/v2/views/25"} {
		got = append(got, b.get(path).Code)
	}
	if !slices.Equal(got, []int{422, 500, 500, 200}) || len(b.All()) != 0 {
		t.Errorf("answered %v, with %d rules left", got, len(b.All()))
	}
	if !slices.Equal(b.done, []string{"GET /api/v2/views/25"}) {
		t.Errorf("carried out %v", b.done)
	}
}

func TestWhatAnAnswerHidesIsCarriedOutIfAskedFor(t *testing.T) {
	t.Parallel()
	b := newBehind()
	if err := b.Add(faults.Fault{Answer: "bad-gateway", Apply: true, Meanwhile: &world.Edit{Status: "open"}, RetryAfter: 9}, faults.Fault{Answer: faults.AnswerTruncated}); err != nil {
		t.Fatal(err)
	}
	if w := b.get("/api/v2/tickets/7"); w.Code != 502 || w.Header().Get("Retry-After") != "9" {
		t.Errorf("answered %d, %v", w.Code, w.Header())
	}
	if w := b.get("/x"); w.Body.String() != `{"true":` {
		t.Errorf("truncated to %s", w.Body)
	}
	if want := []string{"edit open", "GET /api/v2/tickets/7", "GET /x"}; !slices.Equal(b.done, want) {
		t.Errorf("carried out %v, want %v", b.done, want)
	}
}

func TestAListTakesAllRulesOrNone(t *testing.T) {
	t.Parallel()
	l := faults.NewList()
	for _, bad := range []faults.Fault{{Path: "["}, {Answer: "perhaps"}, {Comments: "upside down"}, {Meanwhile: &world.Edit{Status: "asleep"}}} {
		if l.Add(faults.Fault{Answer: "closed"}, bad) == nil || len(l.All()) != 0 {
			t.Errorf("%+v is taken: %v", bad, l.All())
		}
	}
}

func TestAHeldRequestWaitsForItsRelease(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*faults.List){
		"release": func(l *faults.List) { l.Release("here") },
		"close":   func(l *faults.List) { l.Close() },
	} {
		b := newBehind()
		if err := b.Add(faults.Fault{Before: faults.Pause{Hold: "here"}}); err != nil {
			t.Fatal(err)
		}
		answered := make(chan string, 1)
		go func() { answered <- b.get("/x").Body.String() }()
		if err := b.Held(t.Context(), "here"); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		select {
		case got := <-answered:
			t.Fatalf("%s: answered %s while held", name, got)
		default:
		}
		end(b.List)
		if got := <-answered; !strings.Contains(got, "true") {
			t.Errorf("%s: answered %s", name, got)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if faults.NewList().Held(ctx, "nowhere") == nil {
		t.Error("an absent request is held")
	}
}
