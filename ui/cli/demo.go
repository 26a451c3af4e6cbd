package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// sandboxName is the name of the demo's integration.
const sandboxName = "Sandbox"

func (a *app) demo() *cobra.Command {
	var listen string
	var noUI bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Look around with a made-up Zendesk on this machine",
		Long: `Look around with a made-up Zendesk that runs in this program. Your own database
is never touched: the demo keeps its own in a temporary folder, or with --db in
PATH and PATH.sandbox.

With --listen or --no-ui the made-up Zendesk's address and credentials are
printed as one line of JSON when it is ready; --no-ui serves until it is told
to end.`,
		Example: "storydesk demo\nstorydesk demo --no-ui --listen 127.0.0.1:8080", Args: takes(),
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed("listen") {
			if err := checkLoopback(listen); err != nil {
				return err
			}
		}
		if !noUI {
			if err := a.needsTerminal(); err != nil {
				return err
			}
		}
		return a.runDemo(cmd.Context(), listen, noUI)
	}
	cmd.Flags().StringVar(&listen, "listen", "", "loopback address of the made-up Zendesk, such as 127.0.0.1:8080 (default a free port)")
	cmd.Flags().BoolVar(&noUI, "no-ui", false, "do not open the board")
	return cmd
}

// checkLoopback refuses an address that other machines could reach.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return tracker.Invalid("listen", "%q is not an address to listen on: give one such as 127.0.0.1:8080", address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return tracker.Invalid("listen", "the sandbox answers on this machine only: listen on 127.0.0.1, not on %q", host)
	}
	return nil
}

// demoLine tells scripts how to reach the sandbox.
type demoLine struct {
	URL      string         `json:"url"`
	Email    string         `json:"email"`
	Password string         `json:"password"`
	Token    string         `json:"token"`
	ViewID   tracker.ViewID `json:"view_id"`
}

func (a *app) runDemo(ctx context.Context, listen string, noUI bool) (err error) {
	path, state, tidy, err := a.demoFiles()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tidy()) }()
	box, err := a.StartSandbox(ctx, SandboxOptions{StatePath: state, Address: listen})
	if err != nil {
		return tracker.Errorf(tracker.CodeUnavailable, "the sandbox cannot start: %w", err)
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	if noUI || listen != "" {
		line := demoLine{URL: box.URL, Email: box.Email, Password: box.Password, Token: box.Token, ViewID: box.View}
		if err := a.printJSON(line); err != nil {
			return err
		}
	}
	if noUI {
		<-ctx.Done()
		return nil
	}
	return a.within(ctx, path, tracker.DefaultGrace, func(ctx context.Context, s *session) error {
		if err := joinSandbox(ctx, s, box); err != nil {
			return err
		}
		return a.board(ctx, s)
	})
}

// demoFiles tells where a demo keeps its database and its sandbox's state, and
// how to tidy up after it. Without --db the sandbox's state stays in memory.
func (a *app) demoFiles() (path, state string, tidy func() error, err error) {
	if a.flags.db == "" {
		folder, err := os.MkdirTemp("", "storydesk-demo-")
		if err != nil {
			return "", "", nil, fmt.Errorf("make a folder for the demo: %w", err)
		}
		return filepath.Join(folder, "demo.db"), "", func() error { return os.RemoveAll(folder) }, nil
	}
	state = a.flags.db + ".sandbox"
	if err := a.refuseRealDatabase(a.flags.db, state); err != nil {
		return "", "", nil, err
	}
	return a.flags.db, state, func() error { return nil }, nil
}

// refuseRealDatabase keeps the demo out of a database that no demo made.
func (a *app) refuseRealDatabase(path, state string) error {
	full, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("find %s: %w", path, err)
	}
	_, noDatabase := os.Stat(full)
	_, noState := os.Stat(state)
	if full == filepath.Clean(a.DatabasePath) || noDatabase == nil && errors.Is(noState, fs.ErrNotExist) {
		return tracker.Invalid("db", "%s is your own database; give the demo another path, or none", path)
	}
	return nil
}

// joinSandbox ties the demo's project to its sandbox.
func joinSandbox(ctx context.Context, s *session, box Sandbox) error {
	project, err := s.OpenProject(ctx, "")
	if err != nil {
		return err
	}
	in, err := s.Integration(ctx, project.ID, sandboxName)
	switch {
	case tracker.CodeOf(err) == tracker.CodeNotFound:
		draft := tracker.NewIntegrationDraft(project.ID)
		draft.Name, draft.URL, draft.View = sandboxName, box.URL, fmt.Sprint(box.View)
		draft.Email, draft.Secret, draft.SecretInDatabase = box.Email, box.Token, true
		_, err = s.AddIntegration(ctx, draft)
		return err
	case err != nil:
		return err
	}
	return s.FollowDesk(ctx, in.ID, box.URL)
}
