package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/guard"
	"storydesk/tracker/kind"
	"storydesk/ui/cli/usage"
	"storydesk/ui/config"
)

// EnvProject is the variable that names the project for commands.
const EnvProject = "STORYDESK_PROJECT"

// Session is an open database with the use cases on it that a group of commands
// needs.
type Session[U any] struct {
	*Opened
	// Service are the use cases of the group.
	Service U
}

// Opened is what every session has.
type Opened struct {
	own UseCases
	db  Database
	// Project is the one named with --project, else that of [Session.WorkProject].
	// It is zero in commands that need none and were given none.
	Project tracker.Project
	// UserKnown is true when the user has given a name.
	UserKnown bool
	// Alike are people who may be meant by the acting user's name, where nobody is known by it.
	Alike []string
	// Config is the user's config file, nil where none is read.
	Config *config.File
	// saved are the saved settings, by name.
	saved map[string]string
}

// Runner is the program as a group of commands sees it that needs the use cases U.
type Runner[U any] struct {
	*Program
	// Make makes the use cases on an open database: those of every session, and
	// those of the group.
	Make func(Config) (UseCases, U)
}

// Config is what the use cases on an open database are made with.
type Config struct {
	Store   tracker.Store
	Secrets tracker.Secrets
	Files   Files
	// Presence tells others what is open; nil where nobody else is.
	Presence Presence
	Zendesk  tracker.Zendesk
	Feeds    kind.Feeds
	// Team is true where several people's programs share the store.
	Team bool
	// Role is what the program is where nobody works with it, such as worker.
	Role string
	// Choices are those of the user's config file, nil where none is read.
	Choices tracker.Choices
	// Templates describe new stories, as the config file says.
	Templates tracker.Templates
	// User is the acting user's name.
	User string
	// Grace is how long a private comment waits before it leaves, QuietWindow how
	// long after a request that nobody answered it may be sent again.
	Grace, QuietWindow time.Duration
	// Refresh is how often views are read, 0 for the usual.
	Refresh time.Duration
	Log     *slog.Logger
}

// With opens the database around a command that needs no project. A project
// that is named must exist all the same, and hold the stories that are named.
func (r Runner[U]) With(do func(ctx context.Context, s *Session[U], args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		path, err := r.ChosenPath(cmd)
		if err != nil {
			return err
		}
		return r.Within(cmd.Context(), path, 0, func(ctx context.Context, s *Session[U]) error {
			if err := s.checkProject(ctx, cmd, args); err != nil {
				return err
			}
			return do(ctx, s, args)
		})
	}
}

// checkProject fails with CodeInvalid when the project named with --project is not
// that of a story among the arguments. What is no story is for the command to refuse.
func (s *Opened) checkProject(ctx context.Context, cmd *cobra.Command, args []string) error {
	if s.Project.ID == 0 {
		return nil
	}
	for i, arg := range args {
		id, err := tracker.ParseStoryID(arg)
		if err != nil || usage.Placeholder(cmd.Use, i) != "STORY" {
			continue
		}
		st, err := s.own.Stories.Locate(ctx, id)
		if err != nil || st.ProjectID == s.Project.ID {
			continue
		}
		p, err := s.own.Projects.Project(ctx, fmt.Sprint(int64(st.ProjectID)))
		if err != nil {
			return err
		}
		return tracker.Invalid("project", "%s is in project %s, not in %s. Leave out --project, or name that one.", id, p.Name, s.Project.Name)
	}
	return nil
}

// InProject opens the database and the project around a command.
func (r Runner[U]) InProject(do func(ctx context.Context, s *Session[U], args []string) error) func(*cobra.Command, []string) error {
	return r.With(func(ctx context.Context, s *Session[U], args []string) (err error) {
		if s.Project, err = s.WorkProject(ctx); err != nil {
			return err
		}
		return do(ctx, s, args)
	})
}

// WorkProject finds the project that a command works on: that of --project, else
// of STORYDESK_PROJECT, else the only one, else the one chosen for all commands.
func (s *Opened) WorkProject(ctx context.Context) (tracker.Project, error) {
	if s.Project.ID != 0 {
		return s.Project, nil
	}
	return s.UsualProject(ctx)
}

// UsualProject is the project that commands work on without --project.
func (s *Opened) UsualProject(ctx context.Context) (tracker.Project, error) {
	if name := strings.TrimSpace(os.Getenv(EnvProject)); name != "" {
		p, err := s.own.Projects.Project(ctx, name)
		if err != nil {
			e := AsError(err)
			e.Message, e.Err = EnvProject+": "+e.Message, err
			return p, &e
		}
		return p, nil
	}
	p, err := s.own.Projects.CommandProject(ctx)
	if tracker.CodeOf(err) == tracker.CodeInvalid {
		e := AsError(err)
		e.Err = err
		e.Steps = []string{
			"Name one with --project or " + EnvProject,
			"Or choose one for all commands with `storydesk project use NAME`",
		}
		return p, &e
	}
	return p, err
}

// Within opens the database at path, does something with it, and closes it.
// Comments wait for grace before they are sent.
func (r Runner[U]) Within(
	ctx context.Context, path string, grace time.Duration, do func(context.Context, *Session[U]) error,
) (err error) {
	log, closeLog := r.openLog()
	defer func() { err = errors.Join(err, closeLog()) }()
	db, err := r.OpenDatabase(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	s, err := r.newSession(ctx, db, grace, log)
	if err != nil {
		return err
	}
	err = guard.Run(func() error { return do(ctx, s) })
	var crash *guard.Crash
	switch {
	case errors.As(err, &crash):
		log.Error("crash", "panic", crash.Value, "stack", crash.Stack)
		where := r.LogPath
		if r.Log != nil {
			where = "the log"
		}
		return tracker.Errorf(tracker.CodeInternal, "%w; saved changes are safe, and the details are in %s", crash, where)
	case err != nil:
		log.Debug("command failed", "error", err)
	}
	return err
}

func (r Runner[U]) newSession(ctx context.Context, db Database, grace time.Duration, log *slog.Logger) (*Session[U], error) {
	s := &Session[U]{Opened: &Opened{db: db, saved: map[string]string{}, Config: r.ConfigFile()}}
	if err := s.readSettings(ctx); err != nil {
		return nil, err
	}
	window, err := s.Chosen(tracker.SettingQuietWindow)
	if err != nil {
		return nil, err
	}
	quiet, err := tracker.ParseQuietWindow(window)
	if err != nil {
		return nil, err
	}
	name, err := s.Chosen(tracker.SettingUser)
	if err != nil {
		return nil, err
	}
	me, err := actingUser(ctx, name, gitPatience)
	if err != nil {
		return nil, err
	}
	s.UserKnown = name != ""
	s.own, s.Service = r.Make(Config{
		Store: db.Store, Choices: s.choices(), Templates: r.Configured(), Zendesk: r.NewZendesk(log), Feeds: r.NewFeeds(log), Secrets: db.Secrets, Files: db.Files, Presence: db.Presence, User: me, Grace: grace, Team: db.Team, Role: r.Role,
		QuietWindow: quiet, Refresh: r.Configured().Refresh, Log: log,
	})
	if _, s.Alike, err = s.own.People.Meet(ctx); err != nil {
		return nil, err
	}
	if r.Flags.Project != "" {
		s.Project, err = s.own.Projects.Project(ctx, r.Flags.Project)
	}
	return s, err
}

// ChosenPath returns which database to open, by its path or the URL of a server: --db, else STORYDESK_DB, else that
// of the config file, else the usual one.
func (p *Program) ChosenPath(cmd *cobra.Command) (string, error) {
	if cmd.Flags().Changed("db") && p.Flags.Database == "" {
		return "", tracker.Invalid("db", "--db needs a path, or postgres://USER@HOST/DATABASE")
	}
	chosen := cmp.Or(p.Flags.Database, os.Getenv("STORYDESK_DB"))
	if chosen == "" {
		chosen = p.Configured().Database
	}
	if chosen == "" {
		return p.DatabasePath, nil
	}
	if IsServer(chosen) && p.Flags.Database == "" {
		return chosen, nil // only arguments are seen by others
	}
	return chosen, CheckLocation(flag, chosen)
}
