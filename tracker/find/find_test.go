package find_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }

// names are those of the stories that a search finds, in their order.
func names(t *testing.T, w *trackertest.World, text string, limit int) (string, search.StoryHits) {
	t.Helper()
	hits, err := w.Engine.Find.FindStories(t.Context(), w.In.ProjectID, text, limit)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var list []string
	for _, h := range hits.Stories {
		list = append(list, h.Name)
	}
	return strings.Join(list, "|"), hits
}

func add(t *testing.T, w *trackertest.World, s tracker.Story, comments ...string) tracker.StoryID {
	t.Helper()
	s.ProjectID, s.Type = w.In.ProjectID, tracker.Feature
	err := w.DB.Write(t.Context(), func(tx tracker.Writer) error {
		if err := tx.AddStory(&s); err != nil {
			return err
		}
		for _, text := range comments {
			if err := tx.AddComment(&tracker.Comment{StoryID: s.ID, Author: "Grace", Text: text, CreatedAt: s.CreatedAt}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.ID
}

func TestStoriesAreFoundByWhatIsWrittenInThem(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	now := time.Now()
	long, recent := now.Add(-400*24*time.Hour), now.Add(-time.Hour)
	add(t, w, tracker.Story{Name: "Icy", State: tracker.Unscheduled, Description: "The zephyr of\nexports", CreatedAt: long, UpdatedAt: recent})
	add(t, w, tracker.Story{Name: "Begun", State: tracker.Started, Owners: []string{"Ada"}, CreatedAt: recent, UpdatedAt: recent}, "nothing", strings.Repeat("much is said before ", 10)+"ZEPHYR again"+strings.Repeat(" and behind it", 20))
	add(t, w, tracker.Story{Name: "Old zephyr", State: tracker.Accepted, AcceptedAt: &long, CreatedAt: long, UpdatedAt: long})
	add(t, w, tracker.Story{Name: "Tasked", State: tracker.Unstarted, Tasks: []tracker.Task{{Text: "feel the zephyr", CreatedAt: recent}}, CreatedAt: recent, UpdatedAt: recent})
	for query, want := range map[string]string{
		"zephyr":                             "Begun|Tasked|Icy",
		"zephyr includedone:true":            "Begun|Tasked|Icy|Old zephyr",
		"zephyr -again":                      "Tasked|Icy",
		"again OR task":                      "Begun|Tasked",
		"zephyr (state:started OR exports)":  "Begun|Icy",
		"zephyr -(state:started OR exports)": "Tasked",
		"zephyr created:<2d":                 "Begun|Tasked",
		"zephyr created:>1w updated:<2d":     "Icy",
		"accepted:>1w includedone:true":      "Old zephyr",
		"owner:me":                           "Begun",
		`"zephyr again"`:                     "Begun",
		`"again zephyr"`:                     "",
		"status:open":                        "",
	} {
		if got, _ := names(t, w, query, 0); got != want {
			t.Errorf("%s finds %s, want %s", query, got, want)
		}
	}
	first, hits := names(t, w, "zephyr", 2)
	if first != "Begun|Tasked" || hits.Open != 3 || hits.Done != 1 || hits.Total() != 3 {
		t.Errorf("the first two of %+v", hits)
	}
	if got := hits.Stories[0].Excerpt; got.Kind != "comment" || got.Author != "Grace" || !strings.HasPrefix(got.Text, "…") || !strings.HasSuffix(got.Text, "…") || !strings.Contains(got.Text, "said before ZEPHYR again and behind") {
		t.Errorf("excerpt of a comment: %+v", got)
	}
	if got := hits.Stories[1].Excerpt; got.Kind != "task" || got.Text != "feel the zephyr" {
		t.Errorf("excerpt of a task: %+v", got)
	}
	if _, hits := names(t, w, "zephyr includedone:true", 0); hits.Total() != 4 || hits.Stories[3].Column != tracker.Done || hits.Stories[3].Excerpt.Text != "" {
		t.Errorf("with Done: %+v", hits)
	}
	for _, bad := range []string{"nope:1", "state:x"} {
		if _, err := w.Engine.Find.FindStories(t.Context(), w.In.ProjectID, bad, 0); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := w.Engine.Find.FindStories(t.Context(), 99, "a", 0); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("project 99: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Engine.Find.FindStories(gone, w.In.ProjectID, "zephyr", 0); !tracker.IsContextError(err) {
		t.Errorf("a search that is not wanted any more: %v", err)
	}
}

func TestStoriesAreFoundByTheirTickets(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	ticket := w.Ticket(tracker.TicketOpen)
	made, err := w.Engine.Stories.AddFromTickets(t.Context(), tracker.FromTickets{Integration: w.In.ID, Tickets: []tracker.TicketID{ticket}, Place: tracker.Place{Column: tracker.Backlog}})
	if err != nil {
		t.Fatal(err)
	}
	add(t, w, tracker.Story{Name: "Alone", State: tracker.Unstarted})
	for query, want := range map[string]string{
		"external_id:" + trackertest.Itoa(ticket): made[0].Name, "ticket:" + trackertest.Itoa(ticket+1): "", "linked:yes": made[0].Name, "linked:no": "Alone",
	} {
		if got, _ := names(t, w, query, 0); got != want {
			t.Errorf("%s finds %s, want %s", query, got, want)
		}
	}
	if _, hits := names(t, w, "linked:yes", 0); hits.Stories[0].Tickets != 1 {
		t.Errorf("the row has %d tickets", hits.Stories[0].Tickets)
	}
}

func TestTicketsAreFound(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	id := w.Ticket(tracker.TicketOpen)
	find := func(text string, limit int) search.TicketHits {
		t.Helper()
		hits, err := w.Engine.Find.FindTickets(t.Context(), w.In.ProjectID, text, limit)
		if err != nil {
			t.Fatal(err)
		}
		return hits
	}
	if hits := find(fmt.Sprintf("id:%d", id), 0); hits.Total != 1 || hits.Tickets[0].ID != id || hits.Tickets[0].Integration != w.In.ID || hits.Tickets[0].IntegrationName != "Support" {
		t.Errorf("found %+v", hits)
	}
	all := find("status:new,open,pending,hold,solved", 0)
	if some := find("status:new,open,pending,hold,solved", 2); all.Total < 3 || some.Total != all.Total || len(some.Tickets) != 2 {
		t.Errorf("%d of %d tickets", len(some.Tickets), some.Total)
	}
	if hits := find("state:started", 0); hits.Total != 0 {
		t.Errorf("a ticket has no state: %+v", hits)
	}
}

// Whoever chose initials is found by them, as by a name's first letters.
func TestStoriesAreFoundByChosenInitials(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	add(t, w, tracker.Story{Name: "Hers", State: tracker.Started, Owners: []string{"Bo Diaz"}})
	add(t, w, tracker.Story{Name: "His", State: tracker.Started, Owners: []string{"Cy Young"}, Requester: "Bo Diaz"})
	if _, err := w.Engine.People.Add(t.Context(), tracker.Person{Name: "Bo Diaz", Initials: "BX"}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"owner:bx": "Hers", "owner:BD": "Hers", "-owner:bx": "His", "requester:bx": "His", "owner:bx,cy": "Hers|His", "mywork:bx": "Hers", "owner:by": "",
	} {
		if got, _ := names(t, w, text, 0); got != want {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
		var listed []string
		list, err := w.Engine.Stories.Stories(t.Context(), w.In.ProjectID, tracker.StoryFilter{Search: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, st := range list {
			listed = append(listed, st.Name)
		}
		if got := strings.Join(listed, "|"); got != want {
			t.Errorf("%s lists %q, want %q", text, got, want)
		}
	}
}
