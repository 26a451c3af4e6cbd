package integration

import (
	"context"
	"os"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/finding"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
)

// testTimeout is how long the test of a new integration may take.
const testTimeout = 60 * time.Second

// testRecord is a connection test's outcome.
type testRecord struct {
	Integration string       `json:"integration"`
	OK          bool         `json:"ok"`
	Steps       []stepRecord `json:"steps"`
}

type stepRecord struct {
	Name    string   `json:"name"`
	Text    string   `json:"text"`
	Warning bool     `json:"warning"`
	Steps   []string `json:"steps"`
}

func recordStep(step verdict.TestStep) stepRecord {
	return stepRecord{step.Name, step.Text, step.Warning, append([]string{}, step.Steps...)}
}

func (c commands) test() *cobra.Command {
	return c.onOne("test", "Try an integration's connection, step by step",
		func(ctx context.Context, s *opened, in tracker.Integration) error {
			outcome, failed, err := c.try(ctx, s, in)
			switch {
			case err != nil:
				return err
			case c.Flags.JSON:
				err = c.Printer().JSON(outcome)
			}
			if failed != nil {
				return asFailed(failed)
			}
			return err
		})
}

// try tests an integration's connection and prints each step for people.
// failed is what the test found wrong.
func (c commands) try(ctx context.Context, s *opened, in tracker.Integration) (outcome testRecord, failed, err error) {
	outcome = testRecord{Integration: in.Name, Steps: []stepRecord{}}
	failed = s.Service.Accounts.TestIntegration(ctx, in.Draft(), func(step verdict.TestStep) {
		outcome.Steps = append(outcome.Steps, recordStep(step))
		if !c.Flags.JSON && err == nil {
			err = c.printStep(step)
		}
	})
	outcome.OK = failed == nil
	return outcome, failed, err
}

// tryNew tests an integration that was just added, if it can sign in by now.
// A failed test is reported, and undoes nothing.
func (c commands) tryNew(ctx context.Context, s *opened, in tracker.Integration) error {
	place, err := s.Service.Accounts.SecretPlace(ctx, in.ID)
	if err != nil || place == tracker.InNoPlace && in.Auth != "" || !in.Active {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, testTimeout)
	defer cancel()
	_, failed, err := c.try(ctx, s, in)
	if failed == nil {
		return err
	}
	e := session.AsError(failed)
	e.Message = in.Name + " is added, but does not work yet: " + e.Message
	c.Report(&e)
	return err
}

// printStep prints a step of a test, and below a warning what to do about it.
func (c commands) printStep(step verdict.TestStep) error {
	level := verdict.LevelOK
	if step.Warning {
		level = verdict.LevelWarning
	}
	return c.Printer().Write(finding.Mark(level, output.ASCIILocale(os.Getenv)) + " " + plaintext.Line(step.Text) + finding.Advice(nil, step.Steps) + "\n")
}

// asFailed makes a failed test count as a failure, not as wrong usage.
func asFailed(err error) error {
	e := session.AsError(err)
	if e.Code == tracker.CodeInvalid {
		e.Code = tracker.CodeRefused
	}
	e.Err = err
	return &e
}
