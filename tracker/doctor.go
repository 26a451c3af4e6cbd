package tracker

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Level says how a check ended.
type Level string

// The levels.
const (
	// LevelOK: all is well.
	LevelOK Level = "ok"
	// LevelInfo: nothing is wrong, but it is good to know.
	LevelInfo Level = "info"
	// LevelWarning: it works, but somebody should look.
	LevelWarning Level = "warning"
	// LevelFailed: it does not work.
	LevelFailed Level = "failed"
	// LevelSkipped: it could not be looked at, or need not be.
	LevelSkipped Level = "skipped"
)

// Check is one thing that was examined.
type Check struct {
	// Name is the check's name, the same in every run.
	Name string
	// Subject is the integration that it is about, empty for none.
	Subject string
	Level   Level
	// Text says in a sentence what was found.
	Text string
	// Causes and Steps are as in Error.
	Causes []string
	Steps  []string
	// Field is the form field or flag that mends it, empty when none does.
	Field string
}

// checkTime is the longest that the check of one integration may take.
const checkTime = 60 * time.Second

// Examine looks at all that storydesk needs to work beside its database:
// the keyring, the queue of notes, and each integration. It reports each check
// as it ends, and fails only when the database or ctx does.
func (s *Service) Examine(ctx context.Context, report func(Check)) error {
	all, err := s.Integrations(ctx, 0)
	if err != nil {
		return err
	}
	check, err := s.checkSecrets(ctx, all)
	if err != nil {
		return err
	}
	report(check)
	if err := s.checkQueue(ctx, report); err != nil {
		return err
	}
	if len(all) == 0 {
		report(Check{Name: "integrations", Level: LevelOK, Text: "none yet; “storydesk integration add” adds one"})
	}
	for _, in := range all {
		if err := s.checkIntegration(ctx, in, report); err != nil {
			return err
		}
	}
	return nil
}

// checkSecrets tells where passwords and tokens are, and whether they can be had.
func (s *Service) checkSecrets(ctx context.Context, all []Integration) (Check, error) {
	places := make(map[SecretPlace]int)
	for _, in := range all {
		place, err := s.Secrets.Place(ctx, in.ID)
		if err != nil {
			return Check{}, err
		}
		places[place]++
	}
	c := Check{Name: "keyring", Level: LevelOK, Text: "the system's keyring works"}
	answers := s.Secrets.HasKeyring(ctx)
	switch {
	case !answers && places[InKeyring] > 0:
		c.Level, c.Field = LevelFailed, "password"
		c.Text = fmt.Sprintf("the system's keyring does not answer; it holds the sign-in of %s", count(places[InKeyring], "integration"))
		c.Causes = []string{"it is locked", "this is a session without a desktop, such as one over SSH"}
		c.Steps = []string{"unlock the keyring and start storydesk again", "or enter the password or token again and save it in the database"}
	case !answers && places[InDatabase] > 0:
		c.Text = "no keyring is available; passwords and tokens are saved in the database, as you chose"
	case !answers:
		c.Level = LevelWarning
		c.Text = "no keyring is available; a password or token can only be saved in the database"
	case places[InDatabase] > 0:
		c.Text += fmt.Sprintf("; the sign-in of %s is saved in the database, as you chose", count(places[InDatabase], "integration"))
	}
	return c, ctx.Err()
}

// checkIntegration tests one integration's connection and tells how its view
// was read last.
func (s *Service) checkIntegration(ctx context.Context, in Integration, report func(Check)) error {
	tell := func(c Check) {
		c.Subject = in.Name
		report(c)
	}
	if !in.Active {
		tell(Check{Name: "connection", Level: LevelSkipped, Text: "it is off: no tickets are shown and nothing is sent"})
		return nil
	}
	if in.PausedReason != "" {
		tell(Check{
			Name: "sending", Level: LevelFailed, Text: "it is paused: " + in.PausedReason,
			Steps: []string{fmt.Sprintf("fix the cause, then run “storydesk integration enable %q”", in.Name)},
		})
	}
	trying, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	err := s.TestIntegration(trying, in.Draft(), func(step TestStep) {
		c := Check{Name: step.Name, Level: LevelOK, Text: strings.TrimPrefix(step.Text, step.Name+" "), Steps: step.Steps}
		if step.Warning {
			c.Level = LevelWarning
		}
		tell(c)
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		tell(FailedCheck("connection", err))
	}
	last, err := s.lastReading(ctx, in)
	if err == nil {
		tell(last)
	}
	return err
}

// lastReading tells how an integration's view was read last.
func (s *Service) lastReading(ctx context.Context, in Integration) (Check, error) {
	var f Fetch
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		f, err = r.Fetch(in.ID)
		return err
	})
	c := Check{Name: "reading", Level: LevelOK}
	switch {
	case CodeOf(err) == CodeNotFound:
		c.Level, c.Text = LevelSkipped, "its view has not been loaded yet"
		return c, nil
	case err != nil:
		return c, err
	case f.FinishedAt.IsZero():
		c.Text = "its view is loading"
		return c, nil
	}
	c.Text = "its view was refreshed " + ago(f.FinishedAt, s.Now())
	switch {
	case f.Problem != "":
		c.Level = LevelWarning
		c.Text += ", which ended early: " + f.Problem
	case f.Partial:
		c.Text += ", in part"
	}
	return c, nil
}

// queued is one way in which a note has not arrived.
type queued struct {
	name string
	// none is said where there is no such note, words of those that there are.
	none   string
	words  string
	states []DeliveryState
	// patience is how old such a note may grow before somebody should look.
	patience time.Duration
	step     string
}

func queuedKinds() []queued {
	return []queued{
		{
			"waiting", "no private comment is waiting", "waiting", []DeliveryState{DeliveryWaiting, DeliverySending}, 10 * time.Minute,
			"run “storydesk sync”: it sends what can be sent, and says what holds the rest",
		},
		{
			"unconfirmed", "no private comment is unconfirmed", "unconfirmed: no answer came", []DeliveryState{DeliveryUnconfirmed}, 0,
			"leave storydesk running or run “storydesk sync”: it checks the ticket before sending again",
		},
		{
			"parked", "no private comment is parked", "parked: refused by Zendesk", []DeliveryState{DeliveryParked}, 0,
			"run “storydesk delivery list --state parked” to see why; retry or drop each",
		},
	}
}

// checkQueue tells which notes have not arrived.
func (s *Service) checkQueue(ctx context.Context, report func(Check)) error {
	for _, kind := range queuedKinds() {
		notes, err := s.Deliveries(ctx, DeliveryQuery{States: kind.states})
		if err != nil {
			return err
		}
		c := Check{Name: kind.name, Level: LevelOK, Text: kind.none}
		if len(notes) > 0 {
			oldest, now := notes[len(notes)-1], s.Now()
			c.Text = fmt.Sprintf("%s %s; the oldest was created %s", count(len(notes), "private comment"), kind.words, ago(oldest.CreatedAt, now))
			if oldest.Reason != "" {
				c.Text += ": " + oldest.Reason
			}
			if now.Sub(oldest.CreatedAt) > kind.patience {
				c.Level, c.Steps = LevelWarning, []string{kind.step}
			}
		}
		report(c)
	}
	return nil
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// ago writes how long ago something was, in the largest whole unit.
func ago(t, now time.Time) string {
	switch d := now.Sub(t); {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return count(int(d/time.Minute), "minute") + " ago"
	case d < 48*time.Hour:
		return count(int(d/time.Hour), "hour") + " ago"
	default:
		return count(int(d/(24*time.Hour)), "day") + " ago"
	}
}
