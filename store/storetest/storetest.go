// Package storetest is the contract of tracker.Store and tracker.Secrets as
// tests. Whatever implements them, a test double too, must pass.
package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// Run tests the contract of one store. open returns a new, empty one each time
// and closes it when the test ends.
func Run(t *testing.T, open func(t *testing.T) tracker.Store) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, *suite){
		"transactions":        testTransactions,
		"cancelled":           testCancelled,
		"projects":            testProjects,
		"integrations":        testIntegrations,
		"removed integration": testRemoveIntegration,
		"moved host":          testMoveHost,
		"stories":             testStories,
		"deleted stories":     testDeletedStories,
		"restored links":      testRestoredLinks,
		"tasks":               testTasks,
		"blockers":            testBlockers,
		"reviews":             testReviews,
		"followers":           testFollowers,
		"attachments":         testFiles,
		"open parts":          testOpen,
		"epics":               testEpics,
		"people":              testPeople,
		"renamed people":      testRename,
		"board order":         testBoardOrder,
		"ranks":               testRanks,
		"last planned":        testLastPlanned,
		"history":             testHistory,
		"search":              testSearch,
		"search answers":      testSearchAnswers,
		"field changes":       testFieldChanges,
		"linked tickets":      testLinkedTickets,
		"links":               testLinks,
		"imported stories":    testImported,
		"imported epics":      testImportedEpics,
		"imported files":      testImportedFiles,
		"what stories bring":  testBrought,
		"cards":               testCards,
		"many cards":          testManyCards,
		"tickets":             testTickets,
		"ticket facts":        testTicketFacts,
		"unread tickets":      testUnread,
		"tickets put aside":   testAsides,
		"seen tickets":        testSeen,
		"seen by each":        testSeenByEach,
		"kept seen":           testKeptSeen,
		"marks of renamed":    testMarksOfRenamed,
		"ticket events":       testTicketEvents,
		"unread events":       testUnreadEvents,
		"demand":              testDemand,
		"outside the view":    testOutsideView,
		"followed tickets":    testFollowed,
		"fetches":             testFetches,
		"overtaken fetch":     testOvertakenFetch,
		"changed view":        testChangedView,
		"deliveries":          testDeliveries,
		"delivery attempts":   testDeliveryAttempts,
		"delivery identity":   testDeliveryIdentity,
		"oldest pending":      testOldestPending,
		"delivery queries":    testDeliveryQueries,
		"lane order":          testLaneOrder,
		"leases":              testLeases,
		"renewed lease":       testRenewal,
		"held lanes":          testHeldLanes,
		"busy hosts":          testBusyHosts,
		"passed integrations": testPassedIntegrations,
		"senders":             testSenders,
		"grace":               testGrace,
		"outage":              testOutage,
		"far future":          testFarFuture,
		"what was sent":       testSent,
		"texts":               testTexts,
		"named leases":        testNamedLeases,
	} {
		t.Run(name, func(t *testing.T) { test(t, &suite{t: t, store: open(t)}) })
	}
}

// RunShared tests the contract of one store opened twice, as two processes
// would. open returns both and closes them when the test ends.
func RunShared(t *testing.T, open func(t *testing.T) (a, b tracker.Store)) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, *suite, *suite){
		"writers take turns": testTurns,
		"claimers":           testClaimers,
		"snapshot":           testSnapshot,
		"watch":              testWatch,
	} {
		t.Run(name, func(t *testing.T) {
			a, b := open(t)
			test(t, &suite{t: t, store: a}, &suite{t: t, store: b})
		})
	}
}

// RunSecrets tests the contract of secrets saved in a store. open returns both,
// new and empty, and closes them when the test ends.
func RunSecrets(t *testing.T, open func(t *testing.T) (tracker.Store, tracker.Secrets)) {
	t.Helper()
	store, secrets := open(t)
	testSecrets(t, &suite{t: t, store: store}, secrets)
}

// suite is a store under test with what the tests do over and over.
type suite struct {
	t     *testing.T
	store tracker.Store
}

// epoch is the tests' time of day; nothing here reads the clock.
func epoch() time.Time { return time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC) }

func at(d time.Duration) time.Time { return epoch().Add(d) }

// write fails the test when fn does.
func (s *suite) write(fn func(w tracker.Writer) error) {
	s.t.Helper()
	if err := s.store.Write(s.t.Context(), fn); err != nil {
		s.t.Fatalf("write: %v (%v)", err, errors.Unwrap(err))
	}
}

// read fails the test when fn does.
func (s *suite) read(fn func(r tracker.Reader) error) {
	s.t.Helper()
	if err := s.store.Read(s.t.Context(), fn); err != nil {
		s.t.Fatalf("read: %v (%v)", err, errors.Unwrap(err))
	}
}

// refused runs fn in a transaction of its own, which must fail with the code
// and the field.
func (s *suite) refused(code tracker.Code, field string, fn func(w tracker.Writer) error) {
	s.t.Helper()
	err := s.store.Write(s.t.Context(), fn)
	var told *tracker.Error
	if !errors.As(err, &told) || told.Code != code || told.Field != field || told.Message == "" {
		s.t.Fatalf("got %#v, want code %q, field %q and a sentence", err, code, field)
	}
}

// get reads one value.
func get[T any](s *suite, fn func(r tracker.Reader) (T, error)) T {
	s.t.Helper()
	var got T
	s.read(func(r tracker.Reader) (err error) {
		got, err = fn(r)
		return err
	})
	return got
}

// same fails the test when got is not want. Nil and empty lists are the same.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func (s *suite) project(name string) tracker.Project {
	s.t.Helper()
	p := tracker.NewProject(name)
	p.CreatedAt, p.UpdatedAt = epoch(), epoch()
	s.write(func(w tracker.Writer) error { return w.AddProject(&p) })
	return p
}

const host = "acme.zendesk.com"

// integration adds an active one of a new project with the host.
func (s *suite) integration(name, host string) tracker.Integration {
	s.t.Helper()
	p := s.project("project of " + name)
	in := tracker.Integration{
		ProjectID: p.ID, Project: p.Name, Name: name, Kind: kind.Zendesk, URL: "https://" + host, Host: host,
		Email: "agent@acme.com", Auth: tracker.AuthToken, ClientID: "a client", ViewID: 42, ViewTitle: "All unsolved",
		Active: true, UpdateComments: true, UpdateState: true, CreatedAt: epoch(), UpdatedAt: epoch(),
	}
	s.write(func(w tracker.Writer) error { return w.AddIntegration(&in) })
	return in
}

func (s *suite) story(project tracker.ProjectID, state tracker.State, rank int64) tracker.Story {
	s.t.Helper()
	st := tracker.Story{
		ProjectID: project, Name: "a story", Type: tracker.Feature, State: state, Rank: rank,
		Requester: "Ada", CreatedAt: epoch(), UpdatedAt: epoch(),
	}
	s.write(func(w tracker.Writer) error { return w.AddStory(&st) })
	return st
}

// delivery adds one that waits for ticket n of the integration's host.
func (s *suite) delivery(in tracker.Integration, n tracker.TicketID, operation string) tracker.Delivery {
	s.t.Helper()
	d := tracker.Delivery{
		Operation: operation, StoryID: 7, Origin: tracker.Origin{ActivityID: 8, CommentID: 9}, Ticket: tracker.TicketKey{Host: in.Host, ID: n},
		IntegrationID: in.ID, Integration: in.Name, Kind: tracker.KindComment, Text: "text of " + operation, Opens: true,
		State: tracker.DeliveryWaiting, NotBefore: epoch(), CreatedAt: epoch(),
	}
	s.write(func(w tracker.Writer) error {
		if err := w.AddDelivery(d); err != nil {
			return err
		}
		added, err := w.Deliveries(tracker.DeliveryQuery{Limit: 1})
		if err == nil {
			d.ID, d.Seq = added[0].ID, added[0].Seq
		}
		return err
	})
	return d
}

func (s *suite) saveDelivery(d tracker.Delivery) {
	s.t.Helper()
	s.write(func(w tracker.Writer) error { return w.SaveDelivery(&d) })
}

// claim claims at now for a minute.
func (s *suite) claim(now time.Time, busy ...string) (c tracker.Claim, ok bool) {
	s.t.Helper()
	s.write(func(w tracker.Writer) (err error) {
		c, ok, err = w.ClaimLane(now, now.Add(time.Minute), busy)
		return err
	})
	return c, ok
}

// claimed claims and fails the test unless it gets that delivery.
func (s *suite) claimed(now time.Time, operation string) tracker.Claim {
	s.t.Helper()
	c, ok := s.claim(now)
	if !ok || c.Delivery.Operation != operation {
		s.t.Fatalf("claimed %q (%v), want %q", c.Delivery.Operation, ok, operation)
	}
	return c
}

// noneDue fails the test when a lane can be claimed.
func (s *suite) noneDue(now time.Time) {
	s.t.Helper()
	if c, ok := s.claim(now); ok {
		s.t.Fatalf("claimed %q at %v, want none", c.Delivery.Operation, now)
	}
}

func (s *suite) release(l tracker.Lane) {
	s.t.Helper()
	s.write(func(w tracker.Writer) error { return w.ReleaseLane(l) })
}

// due fails the test unless the next lane is due at want; zero means none.
func (s *suite) due(want time.Time) {
	s.t.Helper()
	s.read(func(r tracker.Reader) error {
		got, ok, err := r.NextDue()
		if !got.Equal(want) || ok != !want.IsZero() {
			s.t.Fatalf("next due at %v (%v), want %v", got, ok, want)
		}
		return err
	})
}
