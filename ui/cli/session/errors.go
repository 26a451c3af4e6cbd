package session

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/finding"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/remedy"
)

// unchangedError ends a change of several objects of which none was changed.
type unchangedError struct{ error }

// Unwrap returns why none was changed.
func (e unchangedError) Unwrap() error { return e.error }

// AllOrNone makes the error of a change of several objects say that none of
// them was changed.
func AllOrNone[ID any](ids []ID, err error) error {
	if err == nil || len(ids) < 2 {
		return err
	}
	return unchangedError{err}
}

// ErrReported ends a command whose failures have been printed.
var ErrReported = errors.New("reported")

// failure is an error as JSON.
type failure struct {
	Error struct {
		Code    tracker.Code `json:"code"`
		Field   *string      `json:"field"`
		Message string       `json:"message"`
		Causes  []string     `json:"causes"`
		Steps   []string     `json:"steps"`
	} `json:"error"`
}

// Explain reports the error that ended a command, with a hint where the
// command was used wrongly.
func (p *Program) Explain(root *cobra.Command, err error) {
	if errors.Is(err, ErrReported) {
		return
	}
	p.Report(err)
	if p.wantsJSON() || tracker.CodeOf(err) != tracker.CodeInvalid {
		return
	}
	cmd, _, findErr := root.Find(p.Args)
	if findErr != nil {
		cmd = root
	}
	p.Complain("Try `%s --help`.\n", cmd.CommandPath())
}

// Report writes one error to standard error.
func (p *Program) Report(err error) {
	e := AsError(err)
	message := plaintext.Line(e.Message) + remedy.ForError(e)
	var unchanged unchangedError
	if errors.As(err, &unchanged) {
		message = strings.TrimSuffix(message, ".") + ". Nothing was changed."
	}
	if !p.wantsJSON() {
		p.Complain("storydesk: %s%s\n", message, finding.Advice(e.Causes, e.Steps))
		return
	}
	var f failure
	f.Error.Causes, f.Error.Steps = append([]string{}, e.Causes...), append([]string{}, e.Steps...)
	f.Error.Code, f.Error.Field, f.Error.Message = e.Code, output.OrNull(cmp.Or(e.Field, remedy.Flag(e.Reason))), message
	line, err := json.Marshal(f)
	if err != nil {
		p.Complain("storydesk: %s\n", message)
		return
	}
	p.Complain("%s\n", line)
}

// AsError finds the sentence for people in err.
func AsError(err error) tracker.Error {
	var e *tracker.Error
	switch {
	case errors.As(err, &e):
		return *e
	case errors.Is(err, context.Canceled):
		return tracker.Error{Code: tracker.CodeUnavailable, Message: "interrupted"}
	}
	return tracker.Error{Code: tracker.CodeInternal, Message: err.Error()}
}

// wantsJSON reports whether errors are asked for as JSON, even where the
// arguments could not be read to their end.
func (p *Program) wantsJSON() bool {
	given := p.Args
	if end := slices.Index(given, "--"); end >= 0 {
		given = given[:end]
	}
	return p.Flags.JSON || slices.Contains(given, "--json")
}

// Sentence is an error's sentence with the command or flag that helps.
func Sentence(err error) string { return remedy.Sentence(err) }

// Paused returns why an integration is paused, with the command that helps.
func Paused(in tracker.Integration) string { return remedy.Paused(in) }
