package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/tracker/plaintext"
	"storydesk/tracker/redact"
	"storydesk/tracker/regular"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/finding"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/prompt"
	"storydesk/ui/cli/remedy"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/setting"
)

// fact is a line of the report.
type fact struct{ name, value string }

// examination is one run of the doctor command.
type examination struct {
	runner
	links  bool
	repair bool
	mails  bool
	force  bool
	// ask asks about repairs, nil where none are wanted.
	ask    *prompt.Prompter
	checks []verdict.Check
	drifts []linkcheck.Drift
	// redactor knows the secrets once the database is open.
	redactor redact.Redactor
	// facts are what the report says about an open database.
	facts []fact
	// printErr is the first failure to print.
	printErr error
}

// checkRecord is a check as JSON.
type checkRecord struct {
	Name    string        `json:"name"`
	Subject *string       `json:"subject"`
	Level   verdict.Level `json:"level"`
	Text    string        `json:"text"`
	Causes  []string      `json:"causes"`
	Steps   []string      `json:"steps"`
	Field   *string       `json:"field"`
}

func recordCheck(c verdict.Check) any {
	return checkRecord{
		Name: c.Name, Subject: output.OrNull(c.Subject), Level: c.Level, Text: c.Text,
		Causes: output.OrEmpty(c.Causes), Steps: output.OrEmpty(c.Steps), Field: output.OrNull(c.Field),
	}
}

// Command returns the command that checks the installation.
func Command(p session.Runner[UseCases]) *cobra.Command {
	d := &examination{runner: p}
	cmd := &cobra.Command{
		Use: "doctor [--report [FILE]]", Short: "Check the installation and suggest fixes",
		Long: `Check the program, the database, the keyring, every integration and the queue
of private comments. Each problem comes with likely causes and steps to fix
it. The exit code is 1 when something failed. Nothing is sent or
changed, except that an older storydesk's database is upgraded.

--links also compares every linked story with its ticket, in all projects or in
that of --project. It reports tickets that were merged, closed, deleted or hidden,
that left the view or were solved, and comments that are missing, redacted or
public. It uses at most half of the account's rate limit. --repair asks before each
repair: unlink the story, link it to the ticket that its own was merged into, or
queue a private comment again, which storydesk sync sends. On the board,
“verify links” in the deliveries does the same.

--report also writes the results to FILE, with the versions, the settings and the
end of the log, so that you can mail it. It leaves out passwords, tokens and the
texts of tickets, stories and comments, and shortens e-mail addresses to the first
letter and the domain.`,
		Example: "storydesk doctor\nstorydesk doctor --links\nstorydesk doctor --report\nstorydesk doctor --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := p.ChosenPath(cmd)
			if err != nil {
				return err
			}
			return d.run(cmd.Context(), path, args)
		},
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 && !d.mails {
			return tracker.Invalid("report", "a file is for --report: storydesk doctor --report %s", args[0])
		}
		return usage.AtMost(cmd, args, 1)
	}
	flags := cmd.Flags()
	flags.BoolVar(&d.links, "links", false, "compare every linked story with its ticket, too")
	flags.BoolVar(&d.repair, "repair", false, "with --links: ask before each repair")
	flags.BoolVar(&d.mails, "report", false, "write a report that can be mailed to FILE (default "+reportName+")")
	flags.BoolVar(&d.force, "force", false, "overwrite an existing file with the report")
	return cmd
}

func (d *examination) run(ctx context.Context, path string, args []string) error {
	if d.repair {
		if d.ask = d.Prompter(false); d.ask == nil || !d.links {
			return tracker.Invalid("repair", "--repair goes with --links, on a terminal: it asks before each repair")
		}
	}
	var to *os.File
	if d.mails {
		var err error
		// Before the checks, which take a while.
		if to, err = createReport(append(args, reportName)[0], d.force); err != nil {
			return err
		}
	}
	d.checkProgram()
	if err := d.checkDatabase(ctx, path); err != nil {
		if to != nil {
			err = errors.Join(err, to.Close(), os.Remove(to.Name()))
		}
		return err
	}
	if to != nil {
		if err := d.writeReport(to); err != nil {
			return err
		}
	}
	if err := d.conclude(to); err != nil {
		return err
	}
	if d.count(verdict.LevelFailed) > 0 {
		return session.ErrReported
	}
	return nil
}

// addCheck records the outcome of a check and prints it.
func (d *examination) addCheck(c verdict.Check) {
	c = remedy.ForCheck(c)
	newSubject := len(d.checks) == 0 || d.checks[len(d.checks)-1].Subject != c.Subject
	d.checks = append(d.checks, c)
	lines := finding.Lines(c, output.ASCIILocale(os.Getenv), d.Printer().Width())
	if newSubject && c.Subject != "" {
		lines = output.Bold(plaintext.Line(c.Subject)) + "\n" + lines
	}
	d.print(lines)
}

// print prints lines unless JSON is wanted or an earlier one failed.
func (d *examination) print(lines string) {
	if !d.Flags.JSON && d.printErr == nil {
		d.printErr = d.Printer().Text(lines)
	}
}

// conclude prints what it comes to.
func (d *examination) conclude(report *os.File) error {
	name := ""
	if report != nil {
		name = report.Name()
	}
	failed, warned := d.count(verdict.LevelFailed), d.count(verdict.LevelWarning)
	if d.Flags.JSON {
		checks := make([]any, len(d.checks))
		for i, c := range d.checks {
			checks[i] = recordCheck(c)
		}
		return d.Printer().JSON(struct {
			OK     bool    `json:"ok"`
			Checks []any   `json:"checks"`
			Links  []any   `json:"links"`
			Report *string `json:"report"`
		}{failed == 0, checks, d.driftRecords(), output.OrNull(name)})
	}
	if d.printErr != nil {
		return d.printErr
	}
	verdict := "No problems found"
	if failed+warned > 0 {
		verdict = fmt.Sprintf("%d failed, %d to look at", failed, warned)
	}
	if name != "" {
		verdict += "; the report is in " + name + ", read it before you mail it"
	}
	return d.Printer().Line(verdict)
}

// count returns how many checks and links ended so.
func (d *examination) count(level verdict.Level) int {
	n := 0
	for _, drift := range d.drifts {
		if drift.Level == level {
			n++
		}
	}
	for _, c := range d.checks {
		if c.Level == level {
			n++
		}
	}
	return n
}

// checkProgram reports on the program and where it runs.
func (d *examination) checkProgram() {
	b := d.Build
	d.addCheck(verdict.Check{
		Name: "version", Level: verdict.LevelOK,
		Text: strings.TrimSpace(fmt.Sprintf("storydesk %s %.7s", b.Version, b.Commit)) + fmt.Sprintf(", %s, SQLite %s, %s/%s", b.Go, b.SQLite, runtime.GOOS, runtime.GOARCH),
	})
	d.addCheck(d.checkTerminal())
	d.addCheck(checkTime(time.Now(), os.Getenv("TZ")))
	d.addCheck(checkLog(d.LogPath))
}

// openExisting opens a file that is there, and nothing but a regular one.
func openExisting(path string, flag int) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := regular.Check(path, info); err != nil {
		return nil, err
	}
	return os.OpenFile(path, flag, 0)
}

// checkLog reports whether the log can be written, without making it.
func checkLog(path string) verdict.Check {
	c := verdict.Check{Name: "log", Level: verdict.LevelOK, Text: path}
	file, err := openExisting(path, os.O_APPEND|os.O_WRONLY)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.Text += ", none yet"
	case err != nil:
		c.Level, c.Text = verdict.LevelWarning, "the log cannot be written: "+err.Error()
		c.Steps = []string{"check the permissions of the file and its folder; until then nothing is logged"}
	case file.Close() != nil:
		c.Level, c.Text = verdict.LevelWarning, "the log cannot be written to its end: "+path
	}
	return c
}

func (d *examination) checkTerminal() verdict.Check {
	c := verdict.Check{Name: "terminal", Level: verdict.LevelOK}
	fd, ok := output.Terminal(d.Out)
	if !ok {
		c.Level, c.Text = verdict.LevelSkipped, "standard output is not a terminal"
		return c
	}
	kind := os.Getenv("TERM")
	c.Text = cmp.Or(kind, "unknown kind")
	if w, h, err := term.GetSize(fd); err == nil {
		c.Text += fmt.Sprintf(", %d×%d", w, h)
	}
	if output.ASCIILocale(os.Getenv) {
		c.Text += ", ASCII: $LC_ALL, $LC_CTYPE and $LANG name no UTF-8"
	}
	if kind == "" || kind == "dumb" {
		c.Level, c.Steps = verdict.LevelWarning, []string{"set TERM to your terminal's type, such as xterm-256color, so that the board can be drawn"}
	}
	return c
}

// checkTime reports the time zone, and whether TZ names one.
func checkTime(now time.Time, zone string) verdict.Check {
	c := verdict.Check{Name: "time", Level: verdict.LevelOK, Text: now.Format("2006-01-02 15:04 MST (-07:00)")}
	if _, err := time.LoadLocation(strings.TrimPrefix(zone, ":")); err != nil && !strings.HasPrefix(strings.TrimPrefix(zone, ":"), "/") {
		c.Level = verdict.LevelWarning
		c.Text += fmt.Sprintf("; TZ names no time zone that is known here: %q", zone)
		c.Steps = []string{"set TZ to a name such as Europe/Stockholm, or leave it out"}
	}
	return c
}

// checkDatabase examines the file and, where it can be opened, everything else.
// It fails only when ctx ends: the database's own failures are what it looks for.
func (d *examination) checkDatabase(ctx context.Context, path string) error {
	database := d.InspectDatabase(ctx, path)
	for _, c := range database.Checks {
		d.addCheck(c)
	}
	if database.Missing {
		return ctx.Err()
	}
	if !database.Usable {
		d.addCheck(verdict.Check{Name: "integrations", Level: verdict.LevelSkipped, Text: "not checked: the database cannot be used"})
		return ctx.Err()
	}
	err := d.Within(ctx, path, 0, d.checkSession)
	if err != nil && ctx.Err() == nil {
		d.addCheck(verdict.FailedCheck("opening", err))
		return nil
	}
	return err
}

// checkSession examines what needs an open database.
func (d *examination) checkSession(ctx context.Context, s *opened) (err error) {
	if err := d.checkSettings(ctx, s); err != nil {
		return err
	}
	d.addCheck(verdict.Check{Name: "user", Level: verdict.LevelOK, Text: "stories and private comments use the name " + s.Actor()})
	if err := s.Service.Checkup.Examine(ctx, d.addCheck); err != nil {
		return err
	}
	if err := d.checkLinks(ctx, s); err != nil {
		return err
	}
	if !d.mails {
		return nil
	}
	if d.redactor, err = s.Service.Checkup.Redactor(ctx); err != nil {
		return err
	}
	facts, err := sessionFacts(ctx, s)
	d.facts = append(d.facts, facts...)
	return err
}

// checkSettings reports which settings are not the usual ones, and which cannot work.
func (d *examination) checkSettings(ctx context.Context, s *opened) error {
	var chosen []string
	failed := false
	for _, one := range setting.All() {
		h, err := s.Effective(ctx, one)
		switch {
		case tracker.CodeOf(err) == tracker.CodeInvalid:
			failed = true
			d.addCheck(verdict.FailedCheck("settings", err))
		case err != nil:
			return err
		case h.From != setting.SourceDefault:
			chosen = append(chosen, h.Name+" "+h.Value)
		}
		d.facts = append(d.facts, fact{"setting " + h.Name, fmt.Sprintf("%s (%s)", h.Value, h.Source())})
	}
	if !failed {
		d.addCheck(verdict.Check{Name: "settings", Level: verdict.LevelOK, Text: cmp.Or(strings.Join(chosen, ", "), "all default")})
	}
	return nil
}
