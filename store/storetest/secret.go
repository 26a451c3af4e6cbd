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
	_, err := secrets.Secret(ctx, in.ID)
	code("Secret of none", err, tracker.CodeNotFound, "")
	for _, secret := range []string{"first", "sécond\n'"} {
		if err := secrets.Keep(ctx, in.ID, secret, true); err != nil {
			t.Fatalf("keep: %v", err)
		}
		got, err := secrets.Secret(ctx, in.ID)
		if got != secret || err != nil {
			t.Errorf("kept %q, got %q (%v)", secret, got, err)
		}
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
}
