package store

import (
	"errors"
	"os"
	"strings"
	"testing"

	"storydesk/tracker"
)

func TestSecretNeedsConsent(t *testing.T) {
	db := mustOpen(t, testPath(t))
	err := db.Secrets().Keep(t.Context(), 1, "s", false)
	refused(t, err, tracker.CodeRefused, "save the secret unencrypted")
	var told *tracker.Error
	if !errors.As(err, &told) || told.Field != "store-secret-in-db" {
		t.Errorf("the field is %q", told.Field)
	}
	refused(t, db.Secrets().Keep(t.Context(), 99, "s", true), tracker.CodeNotFound)
}

// A forgotten secret, and that of a removed integration, leave the file.
func TestSecretsAreWiped(t *testing.T) {
	path := testPath(t)
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	const secret = "correct horse battery staple"
	var in tracker.Integration
	err = db.Write(t.Context(), func(w tracker.Writer) (err error) {
		in, err = addIntegration(w)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Secrets().Keep(t.Context(), in.ID, secret, true); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(w tracker.Writer) error { return w.RemoveIntegration(in.ID) }); err != nil {
		t.Fatal(err)
	}
	_, err = db.Secrets().Secret(t.Context(), in.ID)
	refused(t, err, tracker.CodeNotFound)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(file), secret) {
		t.Error("the secret is still in the file")
	}
}
