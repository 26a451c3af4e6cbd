package checkup

import (
	"context"
	"fmt"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/sending"
	"storydesk/tracker/verdict"
)

// checkTime is the longest that the check of one integration may take.
const checkTime = 60 * time.Second

// Examine looks at all that storydesk needs to work beside its database:
// the keyring, the queue of private comments, and each integration. It reports each check
// as it ends, and fails only when the database or ctx does.
func (s *Service) Examine(ctx context.Context, report func(verdict.Check)) error {
	all, err := s.accounts.Integrations(ctx, 0)
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
		report(verdict.Check{Name: "integrations", Level: verdict.LevelOK, Text: "none yet", Remedy: verdict.RemedyAddIntegration})
	}
	for _, in := range all {
		if err := s.checkIntegration(ctx, in, report); err != nil {
			return err
		}
	}
	return nil
}

// checkSecrets returns where passwords and tokens are, and whether they can be had.
func (s *Service) checkSecrets(ctx context.Context, all []tracker.Integration) (verdict.Check, error) {
	places := make(map[tracker.SecretPlace]int)
	for _, in := range all {
		place, err := s.Secrets.Place(ctx, in.ID)
		if err != nil {
			return verdict.Check{}, err
		}
		places[place]++
	}
	c := verdict.Check{Name: "keyring", Level: verdict.LevelOK, Text: "the system's keyring works"}
	answers := s.Secrets.HasKeyring(ctx)
	switch {
	case !answers && places[tracker.InKeyring] > 0:
		c.Level, c.Field = verdict.LevelFailed, "password"
		c.Text = fmt.Sprintf("the system's keyring does not answer; it holds the sign-in of %s", tracker.Counted(places[tracker.InKeyring], "integration", "integrations"))
		c.Causes = []string{"it is locked", "this is a session without a desktop, such as one over SSH"}
		c.Steps = []string{"unlock the keyring and start storydesk again", "or enter the password or token again and save it in the database"}
	case !answers && places[tracker.InDatabase] > 0 && s.Team:
		c.Text = "no keyring is available; the credentials in the database are shared: everyone who can read it can use them"
	case !answers && places[tracker.InDatabase] > 0:
		c.Text = "no keyring is available; passwords and tokens are saved in the database, as you chose"
	case places[tracker.InDatabase] > 0 && s.Team:
		c.Text += fmt.Sprintf("; the credentials of %s are shared: everyone who can read this database can use them", tracker.Counted(places[tracker.InDatabase], "integration", "integrations"))
	case !answers:
		c.Level = verdict.LevelWarning
		c.Text = "no keyring is available; a password or token can only be saved in the database"
	case places[tracker.InDatabase] > 0:
		c.Text += fmt.Sprintf("; the sign-in of %s is saved in the database, as you chose", tracker.Counted(places[tracker.InDatabase], "integration", "integrations"))
	}
	return c, ctx.Err()
}

// checkIntegration tests one integration's connection and tells how its view
// was read last.
func (s *Service) checkIntegration(ctx context.Context, in tracker.Integration, report func(verdict.Check)) error {
	tell := func(c verdict.Check) {
		c.Subject = in.Name
		report(c)
	}
	if !in.Active {
		tell(verdict.Check{Name: "connection", Level: verdict.LevelSkipped, Text: "it is off: no tickets are shown and nothing is sent"})
		return nil
	}
	if in.PausedReason != "" {
		tell(verdict.Check{
			Name: "sending", Level: verdict.LevelFailed, Text: "it is paused: " + in.PausedReason,
			Remedy: verdict.RemedyEnable,
		})
	}
	if others, err := s.othersSend(ctx, in); err != nil || others.Text != "" {
		if err == nil {
			tell(others)
			others, err = s.lastReading(ctx, in)
		}
		if err == nil {
			tell(others)
		}
		return err
	}
	trying, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	err := s.accounts.TestIntegration(trying, in.Draft(), func(step verdict.TestStep) {
		c := verdict.Check{Name: step.Name, Level: verdict.LevelOK, Text: strings.TrimPrefix(step.Text, step.Name+" "), Steps: step.Steps}
		if step.Warning {
			c.Level = verdict.LevelWarning
		}
		tell(c)
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		tell(verdict.FailedCheck("connection", err))
	}
	last, err := s.lastReading(ctx, in)
	if err == nil {
		tell(last)
	}
	return err
}

// othersSend says who sends for an integration that this user is not signed in to; it has no
// Text where this program sends.
func (s *Service) othersSend(ctx context.Context, in tracker.Integration) (c verdict.Check, err error) {
	here, err := s.accounts.SignedIn(ctx, in)
	if err != nil || here {
		return c, err
	}
	var last tracker.Sender
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		all, err := r.Senders()
		for _, sender := range all {
			if sender.IntegrationID == in.ID {
				last = sender
			}
		}
		return err
	})
	c = verdict.Check{Name: "sending", Level: verdict.LevelOK, Text: "you are not signed in here: " + sending.Line(in.Name, last, s.Now(), "")}
	if !sending.There(last, s.Now()) {
		c.Level = verdict.LevelWarning
		c.Steps = []string{"sign in, or have storydesk run by somebody who is", "or let the team share the credentials"}
	}
	return c, err
}

// lastReading returns how an integration's view was read last.
func (s *Service) lastReading(ctx context.Context, in tracker.Integration) (verdict.Check, error) {
	var f tracker.Fetch
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		f, err = r.Fetch(in.ID)
		return err
	})
	c := verdict.Check{Name: "reading", Level: verdict.LevelOK}
	switch {
	case tracker.CodeOf(err) == tracker.CodeNotFound:
		c.Level, c.Text = verdict.LevelSkipped, "its view has not been loaded yet"
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
		c.Level = verdict.LevelWarning
		c.Text += ", which ended early: " + f.Problem
	case f.Partial:
		c.Text += ", in part"
	}
	return c, nil
}

// queued is one way in which a private comment has not arrived.
type queued struct {
	name string
	// none is said where there is no such private comment, words of those that there are.
	none   string
	words  string
	states []tracker.DeliveryState
	// patience is how old such a private comment may grow before somebody should look.
	patience time.Duration
	remedy   verdict.Remedy
}

func queuedKinds() []queued {
	return []queued{
		{
			"waiting", "no private comment is waiting", "waiting", []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliverySending}, 10 * time.Minute,
			verdict.RemedySend,
		},
		{
			"unconfirmed", "no private comment is unconfirmed", "unconfirmed: no answer came", []tracker.DeliveryState{tracker.DeliveryUnconfirmed}, 0,
			verdict.RemedyConfirm,
		},
		{
			"parked", "no private comment is parked", "parked: refused by Zendesk", []tracker.DeliveryState{tracker.DeliveryParked}, 0,
			verdict.RemedyDecide,
		},
	}
}

// checkQueue checks which private comments have not arrived.
func (s *Service) checkQueue(ctx context.Context, report func(verdict.Check)) error {
	for _, kind := range queuedKinds() {
		deliveries, err := s.outbox.Deliveries(ctx, tracker.DeliveryQuery{States: kind.states})
		if err != nil {
			return err
		}
		c := verdict.Check{Name: kind.name, Level: verdict.LevelOK, Text: kind.none}
		if len(deliveries) > 0 {
			oldest, now := deliveries[len(deliveries)-1], s.Now()
			c.Text = fmt.Sprintf("%s %s; the oldest was created %s", tracker.Counted(len(deliveries), "private comment", "private comments"), kind.words, ago(oldest.CreatedAt, now))
			if oldest.Reason != "" {
				c.Text += ": " + oldest.Reason
			}
			if now.Sub(oldest.CreatedAt) > kind.patience {
				c.Level, c.Remedy = verdict.LevelWarning, kind.remedy
			}
		}
		report(c)
	}
	return nil
}

// ago writes how long ago something was, in the largest whole unit.
func ago(t, now time.Time) string {
	switch d := now.Sub(t); {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return tracker.Counted(int(d/time.Minute), "minute", "minutes") + " ago"
	case d < 48*time.Hour:
		return tracker.Counted(int(d/time.Hour), "hour", "hours") + " ago"
	default:
		return tracker.Counted(int(d/(24*time.Hour)), "day", "days") + " ago"
	}
}
