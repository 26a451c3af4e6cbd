package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/plaintext"
	"storydesk/ui/setting"
)

// envProject is the variable that names the project for commands.
const envProject = "STORYDESK_PROJECT"

// session is an open database with the use cases on it.
type session struct {
	*engine.Engine
	db Database
	// project is the one named with --project, else that of [session.workProject].
	// It is zero in commands that need none and were told none.
	project tracker.Project
	// userKnown is true when the user has told who they are.
	userKnown bool
	// kept are the settings as they were kept, by name.
	kept map[string]string
}

// action is what a command does.
type action func(ctx context.Context, s *session, args []string) error

// with opens the database around a command that needs no project. A project
// that is named must exist all the same, and hold the stories that are named.
func (a *app) with(do action) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		path, err := a.databasePath(cmd)
		if err != nil {
			return err
		}
		return a.within(cmd.Context(), path, 0, func(ctx context.Context, s *session) error {
			if err := s.checkProject(ctx, cmd, args); err != nil {
				return err
			}
			return do(ctx, s, args)
		})
	}
}

// checkProject fails with CodeInvalid when the project named with --project is not
// that of a story among the arguments. What is no story is for the command to refuse.
func (s *session) checkProject(ctx context.Context, cmd *cobra.Command, args []string) error {
	if s.project.ID == 0 {
		return nil
	}
	for i, arg := range args {
		id, err := tracker.ParseStoryID(arg)
		if err != nil || placeholder(cmd.Use, i) != "STORY" {
			continue
		}
		st, err := s.Stories.Locate(ctx, id)
		if err != nil || st.ProjectID == s.project.ID {
			continue
		}
		p, err := s.Projects.Project(ctx, fmt.Sprint(int64(st.ProjectID)))
		if err != nil {
			return err
		}
		return tracker.Invalid("project", "%s is in project %s, not in %s. Leave out --project, or name that one.", id, p.Name, s.project.Name)
	}
	return nil
}

// inProject opens the database and the project around a command.
func (a *app) inProject(do action) func(*cobra.Command, []string) error {
	return a.with(func(ctx context.Context, s *session, args []string) (err error) {
		if s.project, err = s.workProject(ctx); err != nil {
			return err
		}
		return do(ctx, s, args)
	})
}

// workProject finds the project that a command works on: that of --project, else
// of STORYDESK_PROJECT, else the only one, else the one chosen for all commands.
func (s *session) workProject(ctx context.Context) (tracker.Project, error) {
	if s.project.ID != 0 {
		return s.project, nil
	}
	if name := strings.TrimSpace(os.Getenv(envProject)); name != "" {
		p, err := s.Projects.Project(ctx, name)
		if err != nil {
			e := asError(err)
			e.Message, e.Err = envProject+": "+e.Message, err
			return p, &e
		}
		return p, nil
	}
	p, err := s.Projects.CommandProject(ctx)
	if tracker.CodeOf(err) == tracker.CodeInvalid {
		e := asError(err)
		e.Err = err
		e.Steps = []string{
			"Name one with --project or " + envProject,
			"Or choose one for all commands with `storydesk project use NAME`",
		}
		return p, &e
	}
	return p, err
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
	err = tracker.Guard(func() error { return do(ctx, s) })
	var crash *tracker.Crash
	switch {
	case errors.As(err, &crash):
		log.Error("crash", "panic", crash.Value, "stack", crash.Stack)
		return tracker.Errorf(tracker.CodeInternal, "%w; saved changes are safe, and the details are in %s", crash, a.LogPath)
	case err != nil:
		log.Debug("command failed", "error", err)
	}
	return err
}

func (a *app) newSession(ctx context.Context, db Database, grace time.Duration, log *slog.Logger) (*session, error) {
	s := &session{db: db, kept: map[string]string{}}
	if err := s.readSettings(ctx); err != nil {
		return nil, err
	}
	window, err := s.chosen(tracker.SettingQuietWindow)
	if err != nil {
		return nil, err
	}
	quiet, err := tracker.ParseQuietWindow(window)
	if err != nil {
		return nil, err
	}
	name, err := s.chosen(tracker.SettingUser)
	if err != nil {
		return nil, err
	}
	me, err := actingUser(ctx, name)
	if err != nil {
		return nil, err
	}
	s.userKnown = name != ""
	s.Engine = engine.New(kernel.Config{
		Store: db.Store, Zendesk: a.NewDesks(log), Secrets: db.Secrets, User: me, Grace: grace, QuietWindow: quiet,
		Now: time.Now, NewID: uuid.NewString, Log: log,
	})
	if a.flags.project != "" {
		s.project, err = s.Projects.Project(ctx, a.flags.project)
	}
	return s, err
}

// databasePath tells which database to open: --db, else STORYDESK_DB, else the
// user's own.
func (a *app) databasePath(cmd *cobra.Command) (string, error) {
	if cmd.Flags().Changed("db") && a.flags.db == "" {
		return "", tracker.Invalid("db", "--db needs a path")
	}
	chosen := cmp.Or(a.flags.db, os.Getenv("STORYDESK_DB"))
	if chosen == "" {
		return a.DatabasePath, nil
	}
	return chosen, inFolder(chosen)
}

// inFolder refuses a path that somebody chose whose folder is not there: it is
// more likely misspelt than wanted.
func inFolder(path string) error {
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) { //nolint:gosec // the path is the user's own
		return tracker.Invalid("db", "there is no folder %s: create it first, or choose another path with --db", folder)
	}
	return nil
}

// readSettings reads what is kept of each setting.
func (s *session) readSettings(ctx context.Context) error {
	return s.db.Store.Read(ctx, func(r tracker.Reader) (err error) {
		for _, setting := range setting.All() {
			if s.kept[setting.Name], err = r.Setting(setting.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

// chosen tells what holds for a setting: what its variable says, else what was
// kept when the session began, else the default.
func (s *session) chosen(name string) (string, error) {
	setting, err := setting.Find(name)
	if err != nil {
		return "", err
	}
	value, _, err := setting.Choose(os.Getenv, s.kept[name])
	return value, err
}

// actingUser tells who acts: the one that a setting names, else git's
// user.name, else the system's user.
func actingUser(ctx context.Context, setting string) (string, error) {
	if setting != "" {
		return setting, nil // without git, which takes longer than all else at the start
	}
	if name := strings.TrimSpace(plaintext.Line(gitUser(ctx))); name != "" {
		return name, nil
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
