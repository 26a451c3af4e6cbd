package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
)

// The names under which settings are kept.
const (
	settingQuietWindow = "quiet_window"
	settingTheme       = "theme"
)

// session is an open database with the use cases on it.
type session struct {
	*tracker.Service
	db Database
	// project is the one named with --project, else the one opened last. It
	// is zero in commands that need none and were told none.
	project tracker.Project
	// userKnown is true when the user has told who they are.
	userKnown bool
	// theme is the remembered choice of colours, as it was written.
	theme string
}

// action is what a command does.
type action func(ctx context.Context, s *session, args []string) error

// with opens the database around a command that needs no project. A project
// that is named must exist all the same.
func (a *app) with(do action) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		path, err := a.databasePath(cmd)
		if err != nil {
			return err
		}
		return a.within(cmd.Context(), path, 0, func(ctx context.Context, s *session) error { return do(ctx, s, args) })
	}
}

// inProject opens the database and the project around a command.
func (a *app) inProject(do action) func(*cobra.Command, []string) error {
	return a.with(func(ctx context.Context, s *session, args []string) (err error) {
		if a.flags.project == "" {
			if s.project, err = s.OpenProject(ctx, ""); err != nil {
				return err
			}
		}
		return do(ctx, s, args)
	})
}

// within opens the database at path, does something with it, and closes it.
// Notes wait for grace before they leave.
func (a *app) within(
	ctx context.Context, path string, grace time.Duration, do func(context.Context, *session) error,
) (err error) {
	log, closeLog := a.openLog()
	defer func() { err = errors.Join(err, closeLog()) }()
	db, err := a.OpenDatabase(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	s, err := a.newSession(ctx, db, grace, log)
	if err != nil {
		return err
	}
	if err := do(ctx, s); err != nil {
		log.Debug("command failed", "error", err)
		return err
	}
	return nil
}

func (a *app) newSession(ctx context.Context, db Database, grace time.Duration, log *slog.Logger) (*session, error) {
	settings := map[string]string{tracker.SettingUser: "", settingQuietWindow: "", settingTheme: ""}
	err := db.Store.Read(ctx, func(r tracker.Reader) (err error) {
		for key := range settings {
			if settings[key], err = r.Setting(key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	quiet, err := quietWindow(settings[settingQuietWindow])
	if err != nil {
		return nil, err
	}
	me, err := actingUser(ctx, settings[tracker.SettingUser])
	if err != nil {
		return nil, err
	}
	known := os.Getenv("STORYDESK_USER") != "" || settings[tracker.SettingUser] != ""
	s := &session{db: db, userKnown: known, theme: settings[settingTheme], Service: tracker.New(tracker.Config{
		Store: db.Store, Desks: a.NewDesks(log), Secrets: db.Secrets, User: me, Grace: grace, QuietWindow: quiet,
		Now: time.Now, NewID: uuid.NewString, Log: log,
	})}
	if a.flags.project != "" {
		s.project, err = s.Project(ctx, a.flags.project)
	}
	return s, err
}

// databasePath tells which database to open: --db, else STORYDESK_DB, else the
// user's own.
func (a *app) databasePath(cmd *cobra.Command) (string, error) {
	if cmd.Flags().Changed("db") && a.flags.db == "" {
		return "", tracker.Invalid("db", "--db needs a path")
	}
	return cmp.Or(a.flags.db, os.Getenv("STORYDESK_DB"), a.DatabasePath), nil
}

// quietWindow tells how long to wait after a request that nobody answered:
// STORYDESK_QUIET_WINDOW, else the setting, else the default.
func quietWindow(setting string) (time.Duration, error) {
	text := cmp.Or(os.Getenv("STORYDESK_QUIET_WINDOW"), setting)
	if text == "" {
		return tracker.DefaultQuietWindow, nil
	}
	window, err := time.ParseDuration(text)
	if err != nil || window < 0 {
		return 0, tracker.Invalid(settingQuietWindow, "%q is not a quiet window: give a duration such as 120s, or 0", text)
	}
	return window, nil
}

// actingUser tells who acts: STORYDESK_USER, else the setting, else git's
// user.name, else the system's user.
func actingUser(ctx context.Context, setting string) (string, error) {
	for _, ask := range []func() string{
		func() string { return os.Getenv("STORYDESK_USER") },
		func() string { return setting },
		func() string { return gitUser(ctx) },
	} {
		if name := strings.TrimSpace(plaintext.Line(ask())); name != "" {
			return name, nil
		}
	}
	u, err := user.Current()
	if err != nil {
		return "", fmt.Errorf("find out who you are (set STORYDESK_USER): %w", err)
	}
	return cmp.Or(strings.TrimSpace(plaintext.Line(u.Name)), u.Username), nil
}

// gitUser asks git; it is empty where git is missing, slow or was never told.
func gitUser(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	name, err := exec.CommandContext(ctx, "git", "config", "user.name").Output()
	if err != nil {
		return ""
	}
	return string(name)
}
