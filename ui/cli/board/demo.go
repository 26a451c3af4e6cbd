package board

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/guard"
	"storydesk/tracker/regular"
	"storydesk/ui"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// sandboxName is the name of the demo's integration.
const sandboxName = "Sandbox"

// demo is one run of the demo command.
type demo struct {
	runner
	listen string
	noUI   bool
	empty  bool
}

// Demo returns the command that explores a sandbox.
func Demo(p session.Runner[UseCases]) *cobra.Command {
	d := &demo{runner: p}
	cmd := &cobra.Command{
		Use: "demo", Short: "Explore with a sample Zendesk on this machine",
		Long: `Explore storydesk with a sample Zendesk that runs inside it. Your own database is
never touched: the demo uses one in a temporary folder, or with --db the files
PATH and PATH.sandbox, or an empty database on a server. A new demo has sample stories on its board; --empty leaves
them out.

With --listen or --no-ui, the sample Zendesk's address and credentials are
printed as one line of JSON when it is ready. --no-ui serves until you stop it.`,
		Example: "storydesk demo\nstorydesk demo --no-ui --listen 127.0.0.1:8080", Args: usage.Takes(), RunE: d.start,
	}
	// The demo takes no path from the environment: that one is the user's own.
	cmd.Flags().StringVar(&d.Flags.Database, "db", "", "save the demo's database at this path, or on postgres://USER@HOST/DATABASE (default a temporary folder)")
	cmd.Flags().StringVar(&d.listen, "listen", "", "loopback address of the sample Zendesk, such as 127.0.0.1:8080 (default a free port)")
	cmd.Flags().BoolVar(&d.empty, "empty", false, "begin with an empty board instead of sample stories")
	cmd.Flags().BoolVar(&d.noUI, "no-ui", false, "do not open the board")
	return cmd
}

// start checks the flags before anything is made.
func (d *demo) start(cmd *cobra.Command, _ []string) error {
	if cmd.Flags().Changed("listen") {
		if err := checkLoopback(d.listen); err != nil {
			return err
		}
	}
	if cmd.Flags().Changed("db") && d.Flags.Database == "" {
		return tracker.Invalid("db", "--db needs a path")
	}
	if d.Flags.Database != "" {
		if err := session.CheckLocation("db", d.Flags.Database); err != nil {
			return err
		}
	}
	if !d.noUI {
		if err := needsTerminal(d.Program); err != nil {
			return err
		}
	}
	return d.run(cmd.Context())
}

// checkLoopback refuses an address that other machines could reach.
func checkLoopback(address string) error {
	host, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return tracker.Invalid("listen", "%q is not an address to listen on: give one such as 127.0.0.1:8080", address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return tracker.Invalid("listen", "the sandbox answers on this machine only: listen on 127.0.0.1, not on %q", host)
	}
	return nil
}

// demoLine shows scripts how to reach the sandbox.
type demoLine struct {
	URL      string         `json:"url"`
	Email    string         `json:"email"`
	Password string         `json:"password"`
	Token    string         `json:"token"`
	ViewID   tracker.ViewID `json:"view_id"`
	// The feed asks for a user only when it is told to.
	FeedURL      string `json:"feed_url"`
	FeedBaseURL  string `json:"feed_base_url"`
	FeedUser     string `json:"feed_user"`
	FeedPassword string `json:"feed_password"`
}

func (d *demo) run(ctx context.Context) (err error) {
	state := ""
	if d.Flags.Database != "" {
		if state, err = d.statePath(ctx, d.Flags.Database); err != nil {
			return err
		}
	}
	box, err := d.StartSandbox(ctx, session.SandboxOptions{StatePath: state, Address: d.listen})
	if err != nil {
		return tracker.Errorf(tracker.CodeUnavailable, "the sandbox cannot start: %w", err)
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	if d.noUI || d.listen != "" {
		line := demoLine{URL: box.URL, Email: box.Email, Password: box.Password, Token: box.Token, ViewID: box.View}
		line.FeedURL, line.FeedBaseURL, line.FeedUser, line.FeedPassword = box.Feed.URL, box.Feed.Base, box.Feed.User, box.Feed.Password
		if err := d.Printer().JSON(line); err != nil {
			return err
		}
	}
	if d.noUI {
		<-ctx.Done()
		return nil
	}
	path, tidy, err := d.database()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tidy()) }()
	d.OpenDatabase, d.ConfigFolder = d.OpenDemo, "" // the demo neither reads nor changes what is the user's own
	return ui.Run(ctx, terminal(d.Program), func(ctx context.Context, show ui.Show) error {
		return d.Within(ctx, path, tracker.DefaultGrace, func(ctx context.Context, s *opened) error { return d.open(ctx, s, box, screen{d.Program, show}) })
	})
}

// open shows the board on the demo's database. A demo that is not filled yet is filled
// while the board is there already.
func (d *demo) open(ctx context.Context, s *opened, box session.Sandbox, on screen) error {
	in, err := d.joinSandbox(ctx, s, box)
	if err != nil {
		return err
	}
	settings := s.Service.Screens.Settings
	begun, err := settings.Setting(ctx, settingFurnishing)
	if err != nil {
		return err
	}
	o := ui.Options{}
	if d.Flags.Database == "" {
		o.Notice = "sandbox: sample tickets, nothing is saved"
	}
	if begun == "" || d.empty {
		_, err = on.show(ctx, s, o)
		return err
	}
	furnishing, leave := context.WithCancel(ctx)
	done := make(chan error, 1)
	all := s.Service.Screens
	f := furnisher{
		stories: all.Stories, views: all.Views, parts: all.Parts, epics: s.Service.Epics, imports: all.Imports, projects: s.Service.Projects,
		in: in, now: all.Now(), happen: box.Happen,
	}
	go func() {
		done <- guard.Run(func() error {
			if err := f.furnish(furnishing); err != nil {
				return err
			}
			return settings.SaveSetting(furnishing, settingFurnishing, "")
		})
	}()
	_, err = on.show(ctx, s, o)
	leave()
	if failed := <-done; !errors.Is(failed, context.Canceled) {
		err = errors.Join(err, failed)
	}
	return err
}

// database returns where the demo stores its database, and how to clean up after it.
func (d *demo) database() (path string, tidy func() error, err error) {
	if d.Flags.Database != "" {
		return d.Flags.Database, func() error { return nil }, nil
	}
	folder, err := os.MkdirTemp("", "storydesk-demo-")
	if err != nil {
		return "", nil, fmt.Errorf("make a folder for the demo: %w", err)
	}
	return filepath.Join(folder, "demo.db"), func() error { return os.RemoveAll(folder) }, nil
}

// statePath is the file with the sample Zendesk of a database: beside the database's own file,
// or, where that is on a server, beside the log. It fails for a database that no demo made,
// before anything is changed in it.
func (d *demo) statePath(ctx context.Context, database string) (string, error) {
	if session.IsServer(database) {
		folder := filepath.Dir(d.LogPath)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return "", fmt.Errorf("make a folder for the demo: %w", err)
		}
		state := filepath.Join(folder, fmt.Sprintf("demo-%x.sandbox", sha256.Sum256([]byte(database))))
		return state, d.refuseRealServer(ctx, database, state)
	}
	state := database + ".sandbox"
	return state, d.refuseRealDatabase(database, state)
}

// refuseRealServer refuses a database on a server that has tables which no demo made.
func (d *demo) refuseRealServer(ctx context.Context, address, state string) error {
	if _, err := os.Stat(state); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	is, err := d.Storage.Describe(ctx, address)
	if err == nil && is.Schema > 0 {
		return tracker.Invalid("db", "%s is your own database; give the demo an empty one, or none", is.Name)
	}
	return err
}

// refuseRealDatabase refuses a database that no demo made.
func (d *demo) refuseRealDatabase(path, state string) error {
	full, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("find %s: %w", path, err)
	}
	info, noDatabase := os.Stat(full)
	if noDatabase == nil {
		if err := regular.Check(path, info); err != nil {
			return err
		}
	}
	_, noState := os.Stat(state)
	if full == filepath.Clean(d.DatabasePath) || noDatabase == nil && errors.Is(noState, fs.ErrNotExist) {
		return tracker.Invalid("db", "%s is your own database; give the demo another path, or none", path)
	}
	return nil
}

// settingFurnishing remembers that a demo is being filled with sample stories, until all
// are there: what is left before goes on at the next start.
const settingFurnishing = "demo_furnishing"

// joinSandbox ties the demo's project to its sandbox. A new demo is to be filled unless
// it is wanted empty.
func (d *demo) joinSandbox(ctx context.Context, s *opened, box session.Sandbox) (in tracker.Integration, err error) {
	project, err := s.Service.Projects.OpenProject(ctx, d.Flags.Project)
	if err != nil {
		return in, err
	}
	in, err = s.Service.Accounts.Integration(ctx, project.ID, sandboxName)
	switch {
	case tracker.CodeOf(err) == tracker.CodeNotFound:
		if !d.empty {
			if err := s.Service.Screens.Settings.SaveSetting(ctx, settingFurnishing, "begun"); err != nil {
				return in, err
			}
		}
		draft := tracker.NewIntegrationDraft(project.ID)
		draft.Name, draft.URL, draft.View = sandboxName, box.URL, fmt.Sprint(box.View)
		draft.Email, draft.Secret, draft.SecretInDatabase = box.Email, box.Token, true
		return s.Service.Accounts.AddIntegration(ctx, draft)
	case err != nil:
		return in, err
	}
	return in, s.Service.Accounts.FollowAccount(ctx, in.ID, box.URL)
}
