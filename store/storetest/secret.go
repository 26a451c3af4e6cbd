package storetest

import (
	"errors"
	"testing"

	"storydesk/tracker"
)

func testSecrets(t *testing.T, s *suite, secrets tracker.Secrets) {
	in, other := s.integration("zd", host), s.integration("other", host)
	ctx := t.Context()
	code := func(what string, err error, code tracker.Code, field string) {
		t.Helper()
		var told *tracker.Error
		if !errors.As(err, &told) || told.Code != code || told.Field != field {
			t.Errorf("%s returned %#v, want code %q and field %q", what, err, code, field)
		}
	}
	place := func(want tracker.SecretPlace) {
		t.Helper()
		if got, err := secrets.Place(ctx, in.ID); got != want || err != nil {
			t.Errorf("the place is %q (%v), want %q", got, err, want)
		}
	}
	_, err := secrets.Secret(ctx, in.ID)
	code("Secret of none", err, tracker.CodeNotFound, "")
	place(tracker.InNoPlace)
	code("Keep for no integration", secrets.Keep(ctx, 99, "s", true), tracker.CodeNotFound, "")
	for _, secret := range []string{"first", "sécond\n'"} {
		if err := secrets.Keep(ctx, in.ID, secret, true); err != nil {
			t.Fatalf("keep: %v", err)
		}
		got, err := secrets.Secret(ctx, in.ID)
		if got != secret || err != nil {
			t.Errorf("kept %q, got %q (%v)", secret, got, err)
		}
	}
	place(tracker.InDatabase)
	if secrets.HasKeyring(ctx) {
		testKeyring(t, in.ID, secrets)
		place(tracker.InKeyring)
	} else {
		code("Keep without consent", secrets.Keep(ctx, in.ID, "third", false), tracker.CodeRefused, "store-secret-in-db")
		place(tracker.InDatabase)
	}
	_, err = secrets.Secret(ctx, other.ID)
	code("Secret of another", err, tracker.CodeNotFound, "")
	for range 2 {
		if err := secrets.Forget(ctx, in.ID); err != nil {
			t.Errorf("forget: %v", err)
		}
	}
	_, err = secrets.Secret(ctx, in.ID)
	code("Secret when forgotten", err, tracker.CodeNotFound, "")
	place(tracker.InNoPlace)
}

// testKeyring moves a secret to the database and back.
func testKeyring(t *testing.T, id tracker.IntegrationID, secrets tracker.Secrets) {
	t.Helper()
	if err := secrets.Keep(t.Context(), 99, "s", false); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("Keep for no integration: %v", err)
	}
	for i, secret := range []string{"third", "fourth", "fifth\n'é\x00"} {
		if err := secrets.Keep(t.Context(), id, secret, i == 1); err != nil {
			t.Fatalf("keep: %v", err)
		}
		got, err := secrets.Secret(t.Context(), id)
		if got != secret || err != nil {
			t.Errorf("kept %q, got %q (%v)", secret, got, err)
		}
	}
}
