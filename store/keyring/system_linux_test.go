package keyring

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// noBus leaves the test without a session bus, and with a program that would
// start one if it were called.
func noBus(t *testing.T, address string) (called func() bool) {
	t.Helper()
	folder := t.TempDir()
	trace := filepath.Join(folder, "called")
	launcher := "#!/bin/sh\n: >" + trace + "\nexit 1\n"
	if err := os.WriteFile(filepath.Join(folder, "dbus-launch"), []byte(launcher), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	return func() bool {
		_, err := os.Stat(trace)
		return !errors.Is(err, fs.ErrNotExist)
	}
}

func TestSystemWithoutABus(t *testing.T) {
	called := noBus(t, "unix:path="+filepath.Join(t.TempDir(), "none"))
	_, getErr := System{}.Get(service, noEntry)
	for call, err := range map[string]error{
		"Get": getErr, "Set": System{}.Set(service, noEntry, "s"), "Delete": System{}.Delete(service, noEntry),
	} {
		if err == nil || errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", call, err)
		}
	}
	if called() {
		t.Error("a bus was started")
	}
}

// A bus that has to be looked for is found, or not, but never started.
func TestNoBusIsStarted(t *testing.T) {
	called := noBus(t, "autolaunch:")
	if err := findBus(); err != nil {
		if _, got := (System{}).Get(service, noEntry); got == nil || got.Error() != err.Error() {
			t.Errorf("got %v, want %v", got, err)
		}
	}
	if called() {
		t.Error("a bus was started")
	}
}
