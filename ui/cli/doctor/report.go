package doctor

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/tracker/regular"
	"storydesk/ui/cli/finding"
	"storydesk/ui/cli/integration"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/setting"
)

// reportName is the report's file unless given otherwise.
const reportName = "storydesk-report.txt"

// logTail is how many lines from the end of the log a report has.
const logTail = 200

// createReport makes the file of a report, for its owner only. What it takes
// the place of goes away first, so that nobody who holds it open reads the new one.
func createReport(path string, force bool) (*os.File, error) {
	if info, err := os.Stat(path); err == nil {
		if err := regular.Check(path, info); err != nil {
			return nil, err
		}
	}
	if force {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, tracker.Errorf(tracker.CodeRefused, "the report cannot overwrite %s: %w", path, err)
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, tracker.Errorf(tracker.CodeRefused, "%s exists; name another file, or overwrite it with --force", path)
	case err != nil:
		return nil, tracker.Errorf(tracker.CodeRefused, "the report cannot be written (%w). Name a file in a folder that you can write to", err)
	}
	return file, nil
}

// writeReport writes everything that was found, without what must not leave
// the machine, and closes the file.
func (d *examination) writeReport(to *os.File) error {
	var out strings.Builder
	fmt.Fprintf(&out, "storydesk report of %s\n", time.Now().UTC().Format(time.RFC3339))
	out.WriteString("It holds no passwords or tokens and no texts of tickets, stories or comments.\n")
	heading := func(name string) { fmt.Fprintf(&out, "\n== %s\n", name) }
	heading("Checks")
	subject := ""
	for _, c := range d.checks {
		if c.Subject != subject {
			subject = c.Subject
			fmt.Fprintf(&out, "%s\n", cmp.Or(plaintext.Line(subject), "All"))
		}
		out.WriteString(finding.Lines(c, false, 0))
	}
	if d.links {
		heading("Links")
		for _, drift := range d.drifts {
			out.WriteString(driftLines(drift, false, 0))
		}
	}
	heading("Environment")
	for _, f := range environment(os.Getenv) {
		fmt.Fprintf(&out, "%s=%s\n", f.name, plaintext.Line(f.value))
	}
	heading("Database")
	for _, f := range d.facts {
		fmt.Fprintf(&out, "%s: %s\n", plaintext.Line(f.name), plaintext.Line(f.value))
	}
	heading(fmt.Sprintf("Log, its last %d lines", logTail))
	out.WriteString(d.endOfLog())
	text := d.redactor.Redact(out.String())
	if home, err := os.UserHomeDir(); err == nil && home != "/" {
		text = strings.ReplaceAll(text, home, "~") // it may contain the user's name
	}
	_, err := to.WriteString(text)
	if err = errors.Join(err, to.Sync(), to.Close()); err != nil {
		return tracker.Errorf(tracker.CodeInternal, "the report could not be written to %s: %w", to.Name(), err)
	}
	return nil
}

// environment lists the variables that matter here and are set. Of a secret
// only that it is.
func environment(getenv func(string) string) []fact {
	var set []fact
	names := []string{
		"STORYDESK_DB", session.EnvProject, "STORYDESK_CA_FILE",
		"TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "XDG_DATA_HOME", "XDG_STATE_HOME",
		"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
	}
	for _, setting := range setting.All() {
		names = append(names, setting.Env)
	}
	for _, name := range names {
		if value := getenv(name); name != "" && value != "" {
			set = append(set, fact{name, value})
		}
	}
	for _, name := range []string{"STORYDESK_SECRET", "SSH_CONNECTION", "DBUS_SESSION_BUS_ADDRESS"} {
		if getenv(name) != "" {
			set = append(set, fact{name, "(set)"})
		}
	}
	return set
}

// sessionFacts lists integrations and counts. None of it is a text
// that anybody wrote about a ticket or a story.
func sessionFacts(ctx context.Context, s *opened) ([]fact, error) {
	var facts []fact
	all, err := s.Service.Accounts.Integrations(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, in := range all {
		place, err := s.Service.Accounts.SecretPlace(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		tickets, err := s.Service.Views.Tickets(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		facts = append(facts, fact{"integration " + in.Name, fmt.Sprintf(
			"%s, signs in %s, secret in %s, view %s, %s, update comments %s, update state %s, %d tickets known",
			in.Host, integration.SignsIn(in), place, integration.ViewText(in), integration.Health(in), output.OnOff(in.UpdateComments), output.OnOff(in.UpdateState), len(tickets.Tickets))})
	}
	counts, err := countFacts(ctx, s)
	return append(facts, counts...), err
}

func countFacts(ctx context.Context, s *opened) ([]fact, error) {
	projects, err := s.Service.Projects.Projects(ctx)
	if err != nil {
		return nil, err
	}
	facts := []fact{{"projects", strconv.Itoa(len(projects))}}
	stories := 0
	for _, p := range projects {
		list, err := s.Service.Stories.Stories(ctx, p.ID, tracker.StoryFilter{})
		if err != nil {
			return nil, err
		}
		stories += len(list)
	}
	facts = append(facts, fact{"stories", strconv.Itoa(stories)})
	for _, state := range tracker.DeliveryStates() {
		list, err := s.Service.Outbox.Deliveries(ctx, tracker.DeliveryQuery{States: []tracker.DeliveryState{state}})
		if err != nil {
			return nil, err
		}
		facts = append(facts, fact{"private comments " + string(state), strconv.Itoa(len(list))})
	}
	return facts, nil
}

// endOfLog is the end of the log as it is, or why there is none.
func (d *examination) endOfLog() string {
	var whole []byte
	file, err := openExisting(d.LogPath, os.O_RDONLY)
	if err == nil {
		whole, err = io.ReadAll(file)
		err = errors.Join(err, file.Close())
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "empty: nothing has been logged yet\n"
	case err != nil:
		return err.Error() + "\n"
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	return string(bytes.Join(lines[max(0, len(lines)-1-logTail):], nil))
}
