package integration

import (
	"cmp"
	"context"
	"os"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/prompt"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// commands are the commands on integrations.
type commands struct{ runner }

// Group returns the commands on integrations.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	return usage.Group("integration", "Integrations: a project's views of Zendesk accounts, and feeds", c.list(), c.show(), c.add(), c.edit(),
		c.remove(), c.turn("enable", true), c.turn("disable", false), c.test(), c.signIn())
}

func integrations() output.Presenter[tracker.Integration] {
	return output.Presenter[tracker.Integration]{
		None: "no integrations; `storydesk integration add` adds one", Record: recordIntegration,
		Columns: []string{"ID", "NAME", "PROJECT", "KIND", "HOST", "VIEW", "HEALTH"},
		Cells: func(in tracker.Integration) []string {
			return []string{strconv.FormatInt(int64(in.ID), 10), in.Name, in.Project, in.Kind, in.Host, ViewText(in), Health(in)}
		},
		Summary: func(in tracker.Integration) string {
			list := "view " + ViewText(in)
			if !kind.Of(in).Views {
				list = "feed"
			}
			return "integration " + in.Name + " (" + in.Host + ", " + list + ") is " + Health(in)
		},
	}
}

// ViewText is the number of an integration's view, with its title once that is known. It
// is empty where there is none.
func ViewText(in tracker.Integration) string {
	if !kind.Of(in).Views {
		return ""
	}
	id := strconv.FormatInt(int64(in.ViewID), 10)
	if in.ViewTitle == "" {
		return id
	}
	return id + " “" + in.ViewTitle + "”"
}

// Health says whether an integration sends, and if not why.
func Health(in tracker.Integration) string {
	switch {
	case !in.Active:
		return "off"
	case in.PausedReason != "":
		return "paused: " + session.Paused(in)
	}
	return "on"
}

// SignsIn says who signs in and how.
func SignsIn(in tracker.Integration) string {
	if in.Auth == "" {
		return "nobody"
	}
	text := "by " + string(in.Auth)
	if in.Email != "" {
		text = in.Email + " " + text
	}
	if in.ClientID != "" {
		text += " through " + in.ClientID
	}
	return text
}

// integrationFlags are an integration's fields as flags.
type integrationFlags struct {
	name, url, view, email, auth string
	clientID                     string
	// kind, feed, base and user are those of a feed.
	kind, feed, base, user        string
	secretStdin, secretInDatabase bool
	inactive, noComments, noState bool
	// signInOf names the integration whose saved sign-in is used again.
	signInOf string
	// authOpen is true where no flag names the method of signing in.
	authOpen bool
}

func (f *integrationFlags) bind(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.name, "name", "", "the integration's name")
	flags.StringVar(&f.kind, "kind", kind.Zendesk, "what it reads: zendesk, or other for a feed of stories in XML")
	flags.StringVar(&f.feed, "feed", "", "a feed's address, such as https://acme.com/stories.xml")
	flags.StringVar(&f.base, "base-url", "", "what the addresses of a feed's items begin with, such as https://acme.com/issues/")
	flags.StringVar(&f.user, "user", "", "who signs in to read a feed; empty where anybody may read it")
	flags.StringVar(&f.url, "url", "", "the account's address, such as acme or https://acme.zendesk.com")
	flags.StringVar(&f.view, "view", "", "the view: its number or its address in the browser")
	flags.StringVar(&f.email, "email", "", "address of the Zendesk user who signs in, such as ada@acme.com")
	flags.StringVar(&f.auth, "auth", string(tracker.AuthOAuth), "sign-in method: "+tracker.OneOf(tracker.AuthMethods())+"; token if an e-mail or a secret is given")
	flags.StringVar(&f.clientID, "client-id", "", "the OAuth client's unique identifier, for --auth oauth and --auth client")
	flags.BoolVar(&f.secretStdin, "password-stdin", false, "read the password, token or client secret from standard input")
	flags.BoolVar(&f.secretInDatabase, "store-secret-in-db", false, "save it unencrypted in the database instead of the system's keyring; on a server, everyone who can read the database can use it")
	flags.BoolVar(&f.inactive, "inactive", false, "show no tickets and send nothing")
	flags.BoolVar(&f.noComments, "no-update-comments", false, "story comments do not go to the tickets")
	flags.BoolVar(&f.noState, "no-update-state", false, "state changes do not go to the tickets")
	usage.Choices(cmd, "auth", usage.PlainWords(tracker.AuthMethods())...)
}

// apply sets the fields that were mentioned.
func (f *integrationFlags) apply(flags *pflag.FlagSet, d *tracker.IntegrationDraft) {
	f.authOpen = !flags.Changed("auth") && !flags.Changed("email") && !flags.Changed("client-id")
	for name, set := range map[string]func(){
		"feed":               func() { d.URL = f.feed },
		"base-url":           func() { d.Base = f.base },
		"user":               func() { d.Email = f.user },
		"name":               func() { d.Name = f.name },
		"url":                func() { d.URL = f.url },
		"view":               func() { d.View = f.view },
		"email":              func() { d.Email = f.email },
		"auth":               func() { d.Auth = tracker.AuthMethod(f.auth) },
		"client-id":          func() { d.ClientID = f.clientID },
		"store-secret-in-db": func() { d.SecretInDatabase, d.SecretOwn = f.secretInDatabase, !f.secretInDatabase },
		"inactive":           func() { d.Active = !f.inactive },
		"no-update-comments": func() { d.UpdateComments = !f.noComments },
		"no-update-state":    func() { d.UpdateState = !f.noState },
	} {
		if flags.Changed(name) {
			set()
		}
	}
}

// meantKind is the kind of a new integration: a feed's where a flag of feeds is given.
// CodeInvalid, field "kind".
func (f *integrationFlags) meantKind(flags *pflag.FlagSet) (kind.Kind, error) {
	if !flags.Changed("kind") && (flags.Changed("feed") || flags.Changed("base-url") || flags.Changed("user")) {
		return kind.Named(kind.Other), nil
	}
	return kind.Parse(f.kind)
}

// kindOpen reports whether no flag says what a new integration reads.
func (f *integrationFlags) kindOpen(flags *pflag.FlagSet) bool {
	for _, name := range []string{"kind", "feed", "base-url", "user", "url", "view", "email", "auth", "client-id", "sign-in-of"} {
		if flags.Changed(name) {
			return false
		}
	}
	return true
}

// meantAuth is the method of a new integration that names none: an e-mail or a
// secret is that of an API token.
func (f *integrationFlags) meantAuth(flags *pflag.FlagSet) tracker.AuthMethod {
	if flags.Changed("email") || f.secretStdin || os.Getenv("STORYDESK_SECRET") != "" {
		return tracker.AuthToken
	}
	return tracker.AuthOAuth
}

// shareSignIn fills a new integration's sign-in in from the one that
// --sign-in-of names, as far as no flag says otherwise.
func (f *integrationFlags) shareSignIn(ctx context.Context, s *opened, flags *pflag.FlagSet, d *tracker.IntegrationDraft) error {
	if f.signInOf == "" {
		return nil
	}
	other, err := s.Service.Accounts.Integration(ctx, s.Project.ID, f.signInOf)
	if err != nil {
		return err
	}
	f.authOpen = false
	d.SameSignIn = other.ID
	if !flags.Changed("auth") {
		d.Auth = other.Auth
	}
	d.URL, d.Email, d.ClientID = cmp.Or(d.URL, other.URL), cmp.Or(d.Email, other.Email), cmp.Or(d.ClientID, other.ClientID)
	return nil
}

func (c commands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the integrations of all projects, or of --project", Example: "storydesk integration list", Args: usage.Takes(),
		RunE: c.With(func(ctx context.Context, s *opened, _ []string) error {
			list, err := s.Service.Accounts.Integrations(ctx, s.Project.ID)
			if err != nil {
				return err
			}
			return output.List(c.Printer(), integrations(), list)
		}),
	}
}

// onOne is a command that works on the integration it names.
func (c commands) onOne(verb, short string, do func(context.Context, *opened, tracker.Integration) error) *cobra.Command {
	return &cobra.Command{
		Use: verb + " INTEGRATION", Short: short, Example: "storydesk integration " + verb + " Support", Args: usage.Takes("integration"),
		RunE: c.InProject(func(ctx context.Context, s *opened, args []string) error {
			if args[0] == "" {
				return tracker.Invalid("integration", "name the integration, or give its id")
			}
			in, err := s.Service.Accounts.Integration(ctx, s.Project.ID, args[0])
			if err != nil {
				return err
			}
			return do(ctx, s, in)
		}),
	}
}

func (c commands) show() *cobra.Command {
	return c.onOne("show", "Show an integration; its password or token is never shown",
		func(ctx context.Context, s *opened, in tracker.Integration) error {
			place, err := s.Service.Accounts.SecretPlace(ctx, in.ID)
			if err != nil {
				return err
			}
			return output.Full(c.Printer(), integrations(), in, output.Sheet{
				Title: in.Name,
				Fields: []output.Field{
					{"id", strconv.FormatInt(int64(in.ID), 10)}, {"project", in.Project}, {"kind", in.Kind}, {"url", in.URL},
					{"signs in", SignsIn(in)}, {"secret", whose(in, place, s.Service.Accounts.InTeam())}, {"view", ViewText(in)}, {"health", Health(in)},
					{"update comments", output.OnOff(in.UpdateComments)}, {"update state", output.OnOff(in.UpdateState)},
				},
			})
		})
}

// whose says where a secret is, and in a team whose it is, where something is sent with it.
func whose(in tracker.Integration, place tracker.SecretPlace, team bool) string {
	switch {
	case !team || !kind.Of(in).Sends:
		return string(place)
	case place == tracker.InDatabase:
		return "shared: everyone who can read this database can use it"
	case place == tracker.InKeyring:
		return "your own, in the keyring"
	}
	return "none here: others send"
}

func (c commands) add() *cobra.Command {
	var f integrationFlags
	var noTest bool
	cmd := &cobra.Command{
		Use: "add", Short: "Add an integration with a view of a Zendesk account, or with a feed",
		Long: `Add an integration. On a terminal, storydesk asks for missing values, and first what
the integration reads where no flag says so. The password
or API token comes from --password-stdin, STORYDESK_SECRET or a prompt. It is saved
in the system's keyring or, with --store-secret-in-db, in the database file.

By default you sign in with OAuth in the browser: at once on a terminal, else
with storydesk integration login, whose help explains how to get a client id.
With --email, --password-stdin or STORYDESK_SECRET the default is an API token.
With --auth client an OAuth client signs in with its own secret.

On a terminal, the account's host is shown and confirmed with enter before a
password, a token or a client's secret is asked for.

With --kind other, or --feed alone, the integration reads a feed: a list of stories
in XML at any address, as Pivotal Tracker's "Other" integration did. It needs --name,
--feed and --base-url, and --user with a password only where the feed asks for them.
Nothing is sent to a feed.

After saving, storydesk tests the connection, unless you add --no-test. It reports
problems, but the integration stays and the exit code is 0.`,
		Example: `storydesk integration add
storydesk integration add --name Support --url acme --view 5678 --client-id storydesk
storydesk integration add --name Support --url acme --view 5678 --email ada@acme.com --password-stdin < token
storydesk integration add --kind other --name Issues --feed https://acme.com/stories.xml --base-url https://acme.com/issues/`,
		Args: usage.Takes(),
	}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, _ []string) error {
		d := tracker.NewIntegrationDraft(s.Project.ID)
		ask := c.interview(f.secretStdin)
		k, err := f.meantKind(cmd.Flags())
		if err == nil && ask != nil && f.kindOpen(cmd.Flags()) {
			k, err = ask.kind(ctx)
		}
		if err != nil {
			return err
		}
		if d.Kind = k.Name; k.Views {
			d.Auth = f.meantAuth(cmd.Flags())
		} else {
			d.Auth = ""
		}
		f.apply(cmd.Flags(), &d)
		if err := f.shareSignIn(ctx, s, cmd.Flags(), &d); err != nil {
			return err
		}
		in, err := c.keep(ctx, s, &d, f, ask)
		if err != nil {
			return err
		}
		if in.Auth == tracker.AuthOAuth {
			if in, err = c.firstLogin(ctx, s, in, d.SecretInDatabase); err != nil {
				return err
			}
		}
		if err := output.Object(c.Printer(), integrations(), in); err != nil || noTest {
			return err
		}
		return c.tryNew(ctx, s, in)
	})
	f.bind(cmd)
	cmd.Flags().StringVar(&f.signInOf, "sign-in-of", "", "use the saved password, token or secret of another integration of the same account")
	cmd.Flags().BoolVar(&noTest, "no-test", false, "do not test the connection")
	return cmd
}

func (c commands) edit() *cobra.Command {
	var f integrationFlags
	var cmd *cobra.Command
	cmd = c.onOne("edit", "Change an integration",
		func(ctx context.Context, s *opened, in tracker.Integration) error {
			d := in.Draft()
			f.apply(cmd.Flags(), &d)
			in, err := c.keep(ctx, s, &d, f, c.interview(f.secretStdin))
			if err != nil {
				return err
			}
			return output.Object(c.Printer(), integrations(), in)
		})
	cmd.Long = `Change an integration; only the flags that you give change it. A new password or
token comes from --password-stdin or STORYDESK_SECRET; --store-secret-in-db alone
moves the saved one to the database file. Turn a flag off with =false.`
	cmd.Example = "storydesk integration edit Support --view 360005678 --no-update-state=false"
	f.bind(cmd)
	return cmd
}

func (c commands) remove() *cobra.Command {
	var drop bool
	var sure prompt.Confirmation
	cmd := c.onOne("remove", "Remove an integration with its password or token; stories and links stay",
		func(ctx context.Context, s *opened, in tracker.Integration) error {
			if err := sure.Confirm(ctx, c.Prompter(false), "remove integration "+in.Name+" with its password or token", prompt.CannotBeUndone); err != nil {
				return err
			}
			if err := s.Service.Accounts.RemoveIntegration(ctx, in.ID, drop); err != nil {
				return err
			}
			removed := integrations()
			removed.Summary = func(in tracker.Integration) string { return "removed integration " + in.Name }
			return output.Object(c.Printer(), removed, in)
		})
	cmd.Long = `Remove an integration with its password or token; stories and links stay. The
command prints the removed integration. It asks first; without a terminal it needs
--yes. If private comments have not been sent, it needs --drop, which drops them.`
	usage.DropFlag(cmd, &drop)
	sure.Bind(cmd)
	return cmd
}

func (c commands) turn(verb string, active bool) *cobra.Command {
	short := "Turn an integration off: it shows no tickets and sends nothing"
	if active {
		short = "Turn an integration on; this also ends a pause"
	}
	return c.onOne(verb, short, func(ctx context.Context, s *opened, in tracker.Integration) error {
		in, err := s.Service.Accounts.SetIntegrationActive(ctx, in.ID, active)
		if err != nil {
			return err
		}
		return output.Object(c.Printer(), integrations(), in)
	})
}
