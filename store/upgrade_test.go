package store

import (
	"maps"
	"testing"
	"time"

	"storydesk/tracker"
)

// Deliveries that were recorded under the states' earlier names are read under
// today's, and hold their lane as before.
func TestUpgradeOfDeliveryStates(t *testing.T) {
	path := testPath(t)
	db, err := open(t.Context(), path, options{
		patience:   time.Second,
		migrations: schema(t, func(path string) bool { return path < "00007" }),
	})
	if err != nil {
		t.Fatal(err)
	}
	old := map[tracker.DeliveryID]string{1: "delivered", 2: "unknown", 3: "waiting", 4: "parked", 5: "dropped", 6: "sending"}
	for id, state := range old {
		_, err := db.writer.Exec(`INSERT INTO delivery (id, seq, operation, story_id, activity_id, comment_id, host, ticket_id, kind,
			opens, state, attempts, not_before, reason, stamp, sent_at, late, audit_id, created_at, text)
			VALUES (?1, ?1, 'op-' || ?1, 1, 1, 0, 'acme.zendesk.com', 1042, 'comment', 0, ?2, 1, 0, '', 0, 0, 0, 0, 0, 'text')`, id, state)
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = db.writer.Exec(`INSERT INTO lane (host, ticket_id, head_id, due_at) VALUES ('acme.zendesk.com', 1042, 2, 0)`)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	now := make(map[tracker.DeliveryID]string)
	err = mustOpen(t, path).Read(t.Context(), func(r tracker.Reader) error {
		list, err := r.Deliveries(tracker.DeliveryQuery{})
		for _, d := range list {
			now[d.ID] = string(d.State)
			if want := map[bool]tracker.DeliveryID{true: 2}[d.ID == 3]; d.Behind != want {
				t.Errorf("delivery %d waits behind %d, want %d", d.ID, d.Behind, want)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[tracker.DeliveryID]string{1: "sent", 2: "unconfirmed", 3: "waiting", 4: "parked", 5: "dropped", 6: "sending"}
	if !maps.Equal(now, want) {
		t.Errorf("the states are %v, want %v", now, want)
	}
}

// Tickets that were here before they could be unread are not new.
func TestUpgradeOfTickets(t *testing.T) {
	path := testPath(t)
	db, err := open(t.Context(), path, options{
		patience:   time.Second,
		migrations: schema(t, func(path string) bool { return path < "00013" }),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO ticket (host, id, subject, status, priority, type, requester, organization, tags, url, created_at, updated_at, description)
			VALUES ('acme.zendesk.com', 1, 's', 'new', '', '', '', '', '[]', '', 0, 5000, ''), ('acme.zendesk.com', 2, 's', 'new', '', '', '', '', '[]', '', 0, 5000, '')`,
		`INSERT INTO ticket_seen (host, ticket_id, up_to) VALUES ('acme.zendesk.com', 2, 4000)`,
	} {
		if _, err := db.writer.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	err = mustOpen(t, path).Read(t.Context(), func(r tracker.Reader) error {
		for id, want := range map[tracker.TicketID]int64{1: 5, 2: 4} {
			key := tracker.TicketKey{Host: "acme.zendesk.com", ID: id}
			if upTo, err := r.SeenUpTo(key); err != nil || upTo.Unix() != want {
				t.Errorf("%s was seen up to %s, %v", id, upTo, err)
			}
			if ticket, err := r.Ticket(key); err != nil || ticket.SLA.Told || ticket.Progress.Told {
				t.Errorf("%s: %+v, %v", id, ticket, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A ticket that is linked already is followed from the upgrade on: what it says is no news.
func TestUpgradeFollowsLinkedTickets(t *testing.T) {
	path := testPath(t)
	db, err := open(t.Context(), path, options{
		patience:   time.Second,
		migrations: schema(t, func(path string) bool { return path < "00014" }),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO project VALUES (1, 'p', 'p', '[]', 0, 1, 1, 'UTC', 10, 3, 0, 0, 1)`,
		`INSERT INTO story (id, project_id, name, type, state, board_group, board_order, requester, owners, labels, rank, created_at, updated_at, description)
			VALUES (1, 1, 's', 'bug', 'started', 1, 1, '', '[]', '[]', 1, 0, 0, '')`,
		`INSERT INTO ticket (host, id, subject, status, priority, type, requester, organization, tags, url, created_at, updated_at, description)
			VALUES ('acme.zendesk.com', 1, 's', 'open', 'high', '', '', '', '[]', '', 0, 5000, '')`,
		`INSERT INTO link (story_id, host, ticket_id, url, created_at) VALUES (1, 'acme.zendesk.com', 1, '', 0)`,
	} {
		if _, err := db.writer.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	err = mustOpen(t, path).Read(t.Context(), func(r tracker.Reader) error {
		list, err := r.Followed("acme.zendesk.com")
		if len(list) != 1 || list[0].Since.Unix() != 5 || list[0].Changed() {
			t.Errorf("followed: %+v", list)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A lease that somebody holds while the database is upgraded stays; other settings do.
func TestUpgradeOfLeases(t *testing.T) {
	path := testPath(t)
	db, err := open(t.Context(), path, options{
		patience:   time.Second,
		migrations: schema(t, func(path string) bool { return path < "00012" }),
	})
	if err != nil {
		t.Fatal(err)
	}
	for key, value := range map[string]string{
		"renewal/1": `{"holder":"op-1","until":"2026-11-16T10:00:06.123456789+01:00"}`,
		"renewal/2": `not JSON`, "renewal/3": `{}`, "user": "Ada",
	} {
		if err := db.Write(t.Context(), func(w tracker.Writer) error { return w.SaveSetting(key, value) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	err = mustOpen(t, path).Read(t.Context(), func(r tracker.Reader) error {
		for name, want := range map[string]tracker.Lease{
			"renewal/1": {Name: "renewal/1", Holder: "op-1", Until: time.Date(2026, 11, 16, 9, 0, 6, 123e6, time.UTC)},
			"renewal/2": {}, "renewal/3": {},
		} {
			if got, err := r.Lease(name); err != nil || got != want {
				t.Errorf("%s: %+v, %v, want %+v", name, got, err, want)
			}
			if left, err := r.Setting(name); err != nil || left != "" {
				t.Errorf("%s is still a setting: %q, %v", name, left, err)
			}
		}
		user, err := r.Setting("user")
		if user != "Ada" {
			t.Errorf("the user is %q", user)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Of an integration that an earlier program paused only the sentence is known.
func TestUpgradeOfPauses(t *testing.T) {
	path := testPath(t)
	db, err := open(t.Context(), path, options{
		patience:   time.Second,
		migrations: schema(t, func(path string) bool { return path < "00016" }),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.writer.Exec(`INSERT INTO project (id, name, name_key, point_scale, estimate_all, iteration_weeks, week_start, time_zone,
		initial_velocity, velocity_averaged_over, created_at, updated_at) VALUES (1, 'Acme', 'acme', '[]', 0, 1, 1, 'UTC', 10, 3, 0, 0)`); err != nil {
		t.Fatal(err)
	}
	for reason, want := range map[string]tracker.PauseCause{
		"": "", "the sign-in to acme.zendesk.com is no longer valid": tracker.PauseSignedOut, "Support is not signed in": tracker.PauseSignedOut,
		"the sign-in to acme.zendesk.com lacks the scope tickets:write":                                                                  tracker.PauseSignedOut,
		"acme.zendesk.com rejected the API token for ada@acme.com":                                                                       tracker.PauseRejected,
		"a private comment was added to #7 as a PUBLIC comment. Sending is paused: check the ticket, then turn the integration on again": tracker.PausePublic,
		"there is no Zendesk account at acme.zendesk.com: check the address":                                                             tracker.PauseNoAccount,
		"acme.zendesk.com does not allow ada@acme.com the scope tickets:write":                                                           tracker.PauseForbidden,
		"ada@acme.com may not change ticket #7":                                                                                          tracker.PauseForbidden, "something else": tracker.PauseUnknown,
	} {
		_, err := db.writer.Exec(`INSERT INTO integration (project_id, name, kind, url, host, email, auth, client_id, view_id, view_title,
			active, update_comments, update_state, paused_reason, created_at, updated_at, name_key)
			VALUES (1, ?1, 'zendesk', '', 'acme.zendesk.com', '', 'token', '', 1, '', 1, 1, 1, ?2, 0, 0, ?1)`, "want "+string(want)+" "+reason, reason)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	var list []tracker.Integration
	err = mustOpen(t, path).Read(t.Context(), func(r tracker.Reader) (err error) {
		list, err = r.Integrations(0)
		return err
	})
	if err != nil || len(list) != 10 {
		t.Fatalf("%d integrations, %v", len(list), err)
	}
	for _, in := range list {
		if in.Name != "want "+string(in.PausedCause)+" "+in.PausedReason {
			t.Errorf("%q is paused by %q", in.Name, in.PausedCause)
		}
	}
}

// Stories that were here before they could be searched are found by what they say.
func TestUpgradeOfStoriesToBeSearched(t *testing.T) {
	path := testPath(t)
	db, err := open(t.Context(), path, options{
		patience:   time.Second,
		migrations: schema(t, func(path string) bool { return path < "00026" }),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO project (id, name, name_key, point_scale, estimate_all, iteration_weeks, week_start, time_zone, initial_velocity, velocity_averaged_over, created_at, updated_at)
			VALUES (1, 'p', 'p', '[1]', 0, 1, 1, 'UTC', 10, 3, 0, 0)`,
		`INSERT INTO story (id, project_id, name, type, state, board_group, board_order, requester, owners, labels, rank, created_at, updated_at, description)
			VALUES (7, 1, 'Größe', 'bug', 'started', 1, 1, '', '["Ada"]', '[]', 1, 0, 0, '')`,
		`INSERT INTO comment (story_id, author, text, created_at) VALUES (7, 'Ada', 'ÄRGER', 0)`,
	} {
		if _, err := db.writer.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	err = mustOpen(t, path).Read(t.Context(), func(r tracker.Reader) error {
		list, err := r.FindStories(tracker.StorySearch{Project: 1, Must: []string{"größe", "ärger", "ada"}})
		if len(list) != 1 || list[0].ID != 7 {
			t.Errorf("found %+v", list)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
