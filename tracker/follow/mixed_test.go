package follow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// A thousand comments, private and public, by customers and agents, while the stories of
// the tickets are commented on and two programs read one database: each is on its story
// exactly once, nothing of it is sent to any ticket, and nothing that is sent is public.
func TestAThousandCommentsOfAllKinds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Tickets: 30})
	w.Engine.UpdatesPerTicket, w.Engine.UpdatesPerMinute = 1<<20, 1<<20
	_, other := w.Open(0)
	other.Now = w.clock.Now
	list, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	const tickets, rounds, each = 20, 10, 5 // theirs; ours are a tenth more
	var ids []tracker.TicketID
	var stories []tracker.Story
	for _, row := range list.Tickets {
		if !row.Messaging && len(ids) < tickets {
			ids = append(ids, row.ID)
			stories = append(stories, w.Story(row.ID))
		}
	}
	w.poll()
	wrote := make(map[tracker.TicketID]int)
	for round := range rounds {
		for i, id := range ids {
			for n := range each {
				kind := (round + i + n) % 4
				err := w.Sandbox.Edit(sandbox.Edit{
					Ticket: int64(id), Comment: fmt.Sprintf("theirs %d of %s.", wrote[id], id), Public: kind == 1, Customer: kind == 2,
				})
				if err != nil {
					t.Fatal(err)
				}
				wrote[id]++
			}
			if i%2 == round%2 {
				w.Comment(stories[i], fmt.Sprintf("ours %d of %s.", round, id))
			}
		}
		w.clock.Sleep(time.Second) // many have the same time
		w.sync()
		if err := other.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		w.sync()
	}
	sent := 0
	for i, id := range ids {
		times := make(map[string]int)
		for _, e := range w.events(stories[i]) {
			if e.Kind != tracker.EventComment {
				continue
			}
			times[e.Text]++
			if strings.HasPrefix(e.Text, "theirs") == strings.Contains(e.Text, "ours ") {
				t.Errorf("%s: what was sent came back: %q", id, e.Text)
			}
		}
		if len(times) != wrote[id] {
			t.Errorf("%s: %d comments of %d", id, len(times), wrote[id])
		}
		for text, n := range times {
			if n != 1 {
				t.Errorf("%s: %q is on the story %d times", id, text, n)
			}
		}
		deliveries, settled := w.Deliveries(t.Context(), stories[i])
		if !settled || len(deliveries) != rounds/2 {
			t.Errorf("%s: %d deliveries, settled %t", id, len(deliveries), settled)
		}
		for _, c := range w.Sandbox.Comments(int64(id)) {
			if strings.Contains(c.PlainBody, "ours ") && strings.Contains(c.PlainBody, " of "+id.String()) {
				sent++
				if c.Public || strings.Contains(c.PlainBody, "theirs") {
					t.Errorf("%s: sent: public %t, %q", id, c.Public, c.PlainBody)
				}
			}
		}
	}
	if want := tickets * rounds / 2; sent != want {
		t.Errorf("%d comments were sent, want %d", sent, want)
	}
}
