package integration

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/prompt"
	"storydesk/ui/cli/session"
)

const (
	// defaultPort is where a browser comes back to. It is fixed, for Zendesk may
	// compare redirect URLs to the letter.
	defaultPort = 8765
	// loginTime is how long somebody may take in the browser.
	loginTime = 10 * time.Minute
	// maxPasted is the longest address that is read from the terminal, in bytes.
	maxPasted = 8 << 10
)

// registering explains how an admin registers the client that people sign in with.
const registering = `Once for each Zendesk account, an admin registers the OAuth client:

  1. Admin Center > Apps and integrations > APIs > OAuth clients > Add OAuth client
  2. Name: storydesk. Unique identifier: storydesk, or another; it is the client id.
  3. Client kind: Public.
  4. Redirect URLs: http://127.0.0.1:8765/callback
  5. Allowed scopes, where the account has them: read and tickets:write, or more.
  6. Save. Zendesk shows a secret; a public client does not need it.

storydesk asks for the scopes read and tickets:write. If port 8765 is in use,
choose another with --port and register its redirect URL too.`

// loginFlags choose the way of a sign-in.
type loginFlags struct {
	port       int
	noBrowser  bool
	inDatabase bool
}

func (c commands) signIn() *cobra.Command {
	var f loginFlags
	cmd := c.onOne("login", "Sign an integration in with OAuth, in the browser",
		func(ctx context.Context, s *opened, in tracker.Integration) error {
			in, err := c.login(ctx, s, in, f)
			if err != nil {
				return err
			}
			return output.Object(c.Printer(), integrations(), in)
		})
	cmd.Long = `Sign an integration in with OAuth: the browser opens, you allow storydesk to read
and write tickets as you, and the tokens are saved where passwords are. If there is
no browser, as over SSH, storydesk shows the address: open it anywhere, then paste
the address that the browser ends at.

The integration needs a client id: storydesk integration edit NAME --auth oauth
--client-id ID. ` + registering
	cmd.Example = `storydesk integration login Support
storydesk integration login Support --no-browser`
	flags := cmd.Flags()
	flags.IntVar(&f.port, "port", defaultPort, "local port that the browser returns to")
	flags.BoolVar(&f.noBrowser, "no-browser", false, "show the address and read the answer from the terminal")
	flags.BoolVar(&f.inDatabase, "store-secret-in-db", false, "save the tokens unencrypted in the database instead of the system's keyring; on a server, everyone who can read the database can use them")
	return cmd
}

// firstLogin signs a new integration in at once where somebody is at the
// terminal, else says how to.
func (c commands) firstLogin(ctx context.Context, s *opened, in tracker.Integration, inDatabase bool) (tracker.Integration, error) {
	if _, ok := output.Terminal(c.In); !ok {
		c.Complain("%s is not signed in yet: run `storydesk integration login %q`.\n", plaintext.Line(in.Name), plaintext.Line(in.Name))
		return in, nil
	}
	signedIn, err := c.login(ctx, s, in, loginFlags{port: defaultPort, inDatabase: inDatabase})
	if err != nil {
		c.Complain("%s is added, but not signed in: `storydesk integration login %q` tries again.\n", plaintext.Line(in.Name), plaintext.Line(in.Name))
	}
	return signedIn, err
}

// login signs an integration in. Where the tokens have no place but the
// database, it asks for consent on a terminal.
func (c commands) login(ctx context.Context, s *opened, in tracker.Integration, f loginFlags) (tracker.Integration, error) {
	signedIn, err := c.tryLogin(ctx, s, in, f)
	if err == nil || tracker.ReasonOf(err) != tracker.ReasonNeedsConsent {
		return signedIn, err
	}
	var consent tracker.IntegrationDraft
	if err := askConsent(ctx, s, &consent, c.interview(false), err); err != nil {
		return signedIn, err
	}
	f.inDatabase = true
	return c.tryLogin(ctx, s, in, f)
}

func (c commands) tryLogin(ctx context.Context, s *opened, in tracker.Integration, f loginFlags) (tracker.Integration, error) {
	ctx, cancel := context.WithTimeout(ctx, loginTime)
	defer cancel()
	var warning func() string
	signedIn, err := s.Service.Accounts.SignIn(ctx, in.ID, f.port, f.inDatabase, func(ctx context.Context, begun tracker.SignIn) (string, error) {
		warning = begun.Warning
		if f.noBrowser || session.Unseen() != nil {
			return c.paste(ctx, begun)
		}
		stop := func() {}
		defer func() { stop() }()
		code, err := begun.Receive(ctx, func() error {
			c.Complain("Opening the browser. If nothing opens, press ctrl+c and add --no-browser.\n%s", browserErrors(begun))
			stop = c.complainLate(fmt.Sprintf("  the browser cannot reach %s: press ctrl+c and add --no-browser\n", begun.RedirectURL()))
			if err := c.OpenBrowser(begun.URL()); err != nil {
				return errors.Join(errNoBrowser, err)
			}
			return nil
		})
		if errors.Is(err, errNoBrowser) {
			return c.paste(ctx, begun)
		}
		return code, err
	})
	if err != nil {
		return signedIn, err
	}
	c.Complain("Signed in to %s as %s.\n", plaintext.Line(signedIn.Host), plaintext.Line(signedIn.Email))
	if text := warning(); text != "" {
		c.Complain("%s\n", plaintext.Line(text))
	}
	return signedIn, nil
}

// browserErrors says what the errors mean that only the browser shows.
func browserErrors(begun tracker.SignIn) string {
	var b strings.Builder
	b.WriteString("If the browser shows an error, find it here:\n")
	for _, e := range begun.BrowserErrors() {
		fmt.Fprintf(&b, "  %s: %s\n", plaintext.Line(e.Message), plaintext.Line(e.Meaning))
	}
	return b.String()
}

// complainLate lists what may be wrong, and a cause more, once the browser has
// taken its time, unless it is stopped before.
func (c commands) complainLate(more string) (stop func()) {
	after := c.After
	if after == nil {
		after = time.After
	}
	late, stopped := after(tracker.SignInHelpAfter), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		select {
		case <-stopped:
		case <-late:
			c.Complain("Nothing has come back for %d s. Likely causes:\n"+
				"  the browser shows one of the errors above\n"+
				"  nobody has pressed Allow yet, or the browser asks for a Zendesk sign-in first\n"+
				"%s", int(tracker.SignInHelpAfter.Seconds()), more)
		}
	})
	return func() {
		close(stopped)
		wait.Wait()
	}
}

// errNoBrowser ends the wait for a browser that could not be opened.
var errNoBrowser = errors.New("no browser could be opened")

// paste shows the address and reads what the browser came back with.
func (c commands) paste(ctx context.Context, begun tracker.SignIn) (string, error) {
	c.Complain("Open this address in a browser:\n\n%s\n\n"+
		"Allow storydesk there. The browser then goes to %s…, which may not open: that is fine.\n"+
		"%s"+
		"Paste that whole address here, within two minutes:\n", begun.URL(), begun.RedirectURL(), browserErrors(begun))
	stop := c.complainLate("  the browser shows that it cannot open the page: its address is what to paste\n")
	defer stop()
	text, err := prompt.AwaitText(ctx, func() (string, error) {
		return bufio.NewReader(io.LimitReader(c.In, maxPasted)).ReadString('\n')
	})
	if err != nil && (!errors.Is(err, io.EOF) || strings.TrimSpace(text) == "") {
		return "", prompt.Ended(err, "code")
	}
	return begun.Code(text)
}
