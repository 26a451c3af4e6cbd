package store

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/store/postgres"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/viewer"
)

// upgraded makes a file, and where there is PostgreSQL a server's database, of an older
// schema, runs statements there, and returns both once they are up to date, by what they are.
func upgraded(t *testing.T, version int64, next string, statements ...string) map[string]tracker.Store {
	t.Helper()
	path := testPath(t)
	db, err := open(t.Context(), path, options{
		patience: time.Second, migrations: schema(t, func(path string) bool { return path < next }),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := db.writer.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	stores := map[string]tracker.Store{"SQLite": mustOpen(t, path)}
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return stores
	}
	s, err := postgres.Open(t.Context(), address, version, func() ([]postgres.Step, error) {
		steps, err := serverSteps()
		return slices.DeleteFunc(steps, func(s postgres.Step) bool { return s.Version > version }), err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := s.Writers.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	stores["PostgreSQL"] = mustOpenServer(t, address)
	return stores
}

const (
	insertProject = `INSERT INTO project (id, name, name_key, point_scale, estimate_all, iteration_weeks, week_start, time_zone, initial_velocity, velocity_averaged_over, created_at, updated_at)
		VALUES (1, 'p', 'p', '[1]', false, 1, 1, 'UTC', 10, 3, 0, 0)`
	insertTickets = `INSERT INTO ticket (host, id, subject, status, priority, type, requester, organization, tags, url, created_at, updated_at, description)
		VALUES ('acme.zendesk.com', 1, 's', 'new', '', '', '', '', '[]', '', 0, 5000, ''), ('acme.zendesk.com', 2, 's', 'new', '', '', '', '', '[]', '', 0, 5000, '')`
)

// Everybody whose name stands somewhere is on the list of people, once, and nobody without a
// name.
func TestUpgradeListsPeople(t *testing.T) {
	for engine, s := range upgraded(t, 41, "00042", insertProject,
		`INSERT INTO story (id, project_id, name, type, state, board_group, board_order, requester, owners, labels, rank, created_at, updated_at, description, deleted_at)
			VALUES (1, 1, 's', 'bug', 'started', 1, 1, 'Requester', '["Owner", "Åsa, Ö. \"Öe\""]', '[]', 1, 0, 0, '', 0),
				(2, 1, 's', 'bug', 'started', 1, 2, '', '[]', '[]', 2, 0, 0, '', 0),
				(3, 1, 's', 'bug', 'started', 1, 3, ' ', '["Owner"]', '[]', 3, 0, 0, '', 0),
				(4, 1, 's', 'bug', 'started', 1, 4, 'owner', '["Of a deleted story"]', '[]', 4, 0, 0, '', 1)`,
		`INSERT INTO comment (story_id, author, text, created_at) VALUES (1, 'Commenter', 't', 0), (1, 'Owner', 't', 0)`,
		`INSERT INTO activity (story_id, actor, verb, changes, at) VALUES (1, 'Actor', 'edited', '[]', 0), (1, '', 'edited', '[]', 0)`,
		`INSERT INTO blocker (story_id, author, created_at, resolved_at, text) VALUES (1, 'Blocker', 0, 0, 't')`,
		`INSERT INTO review (story_id, type, reviewer, status, created_at, updated_at) VALUES (1, 'Code', 'Reviewer', 'pass', 0, 0)`,
		`INSERT INTO follower (story_id, position, person) VALUES (1, 0, 'Follower')`,
		`INSERT INTO epic (id, project_id, name, label, description, position, created_at, updated_at, removed) VALUES (1, 1, 'e', 'e', '', 1, 0, 0, false)`,
		`INSERT INTO epic_comment (epic_id, author, created_at, text) VALUES (1, 'Epic commenter', 0, 't')`,
		`INSERT INTO story_file (story_id, content, size, sum, author, created_at, removed_at, name) VALUES (1, 'c', 1, '', 'Attacher', 0, 0, 'f')`,
		`INSERT INTO epic_file (epic_id, content, size, sum, author, created_at, name) VALUES (1, 'c', 1, '', 'Epic attacher', 0, 'f')`,
		`INSERT INTO ticket_aside (host, ticket_id, kind, reason, until, updated_at, replied_at, author, created_at)
			VALUES ('acme.zendesk.com', 1, 'dismissed', '', 0, 0, 0, 'Dismisser', 0)`,
	) {
		var names []string
		added := tracker.Person{Name: "Added later"}
		err := s.Write(t.Context(), func(w tracker.Writer) error {
			if err := w.SavePerson(&added); err != nil {
				return err
			}
			list, err := w.People()
			for _, p := range list {
				if p.ID == 0 || p.Initials != "" || p.Email != "" || len(p.Aliases) > 0 {
					t.Errorf("%s: %+v", engine, p)
				}
				names = append(names, p.Name)
			}
			return err
		})
		want := `Actor|Added later|Attacher|Blocker|Commenter|Dismisser|Epic attacher|Epic commenter|Follower|Of a deleted story|Owner|Requester|Reviewer|owner|Åsa, Ö. "Öe"`
		if got := strings.Join(names, "|"); err != nil || got != want {
			t.Errorf("%s: people are %s, %v; want %s", engine, got, err, want)
		}
	}
}

// What was seen before marks had names was seen by everybody, also by those who look later.
func TestUpgradeKeepsWhatWasSeen(t *testing.T) {
	for engine, s := range upgraded(t, 43, "00044", insertProject, insertTickets,
		`INSERT INTO ticket_event (id, host, ticket_id, kind, key, author, role, public, old, new, at, noted_at, text)
			VALUES (1, 'acme.zendesk.com', 1, 'comment', 1, '', '', true, '', '', 0, 0, ''), (2, 'acme.zendesk.com', 1, 'comment', 2, '', '', true, '', '', 0, 0, '')`,
		`INSERT INTO ticket_seen (host, ticket_id, up_to) VALUES ('acme.zendesk.com', 1, 5000), ('acme.zendesk.com', 2, 4000)`,
		`INSERT INTO ticket_event_seen (person, host, ticket_id, up_to) VALUES ('', 'acme.zendesk.com', 1, 1)`,
	) {
		first := tracker.TicketKey{Host: "acme.zendesk.com", ID: 1}
		second := tracker.TicketKey{Host: "acme.zendesk.com", ID: 2}
		look := func(name string, upTo int64, unread ...bool) {
			t.Helper()
			err := s.Read(viewer.With(t.Context(), name), func(r tracker.Reader) error {
				events, err := r.TicketEvents(first)
				if len(events) != 2 || events[0].Unread != unread[0] || events[1].Unread != unread[1] {
					t.Errorf("%s: for %q what happened is unread as %+v", engine, name, events)
				}
				if at, err := r.SeenUpTo(second); err != nil || at.UnixMilli() != upTo {
					t.Errorf("%s: %q has seen the ticket up to %s, %v", engine, name, at, err)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		see := func(ctx context.Context) {
			err := s.Write(ctx, func(w tracker.Writer) error {
				_, err := w.SeeTicketEvents(first, 2)
				if err != nil {
					return err
				}
				return w.SeeTicket(second, time.UnixMilli(5000))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"", "Ada", "Ben"} {
			look(name, 4000, false, true)
		}
		see(viewer.With(t.Context(), "Ada"))
		look("Ada", 5000, false, false)
		look("Ben", 5000, false, false)
	}
}
