package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/remedy"
)

// errReported ends a command whose failures have been printed.
var errReported = errors.New("reported")

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

// explain reports the error that ended a command, with a hint where the
// command was used wrongly.
func (a *app) explain(root *cobra.Command, err error) {
	if errors.Is(err, errReported) {
		return
	}
	a.report(err)
	if a.wantsJSON() || tracker.CodeOf(err) != tracker.CodeInvalid {
		return
	}
	cmd, _, findErr := root.Find(a.Args)
	if findErr != nil {
		cmd = root
	}
	a.complain("Try `%s --help`.\n", cmd.CommandPath())
}

// report writes one error to standard error.
func (a *app) report(err error) {
	e := asError(err)
	message := plaintext.Line(e.Message) + remedy.ForError(e)
	var unchanged unchangedError
	if errors.As(err, &unchanged) {
		message = strings.TrimSuffix(message, ".") + ". Nothing was changed."
	}
	if !a.wantsJSON() {
		a.complain("storydesk: %s%s\n", message, advice(e.Causes, e.Steps))
		return
	}
	var f failure
	f.Error.Causes, f.Error.Steps = append([]string{}, e.Causes...), append([]string{}, e.Steps...)
	f.Error.Code, f.Error.Field, f.Error.Message = e.Code, orNull(cmp.Or(e.Field, remedy.Flag(e.Reason))), message
	line, err := json.Marshal(f)
	if err != nil {
		a.complain("storydesk: %s\n", message)
		return
	}
	a.complain("%s\n", line)
}

// advice lays out what may be behind an error or a warning, and what to do,
// each on a line of its own; empty where its sentence tells all.
func advice(causes, steps []string) string {
	var b strings.Builder
	for i, cause := range causes {
		if i == 0 {
			b.WriteString("\n  Likely causes:")
		}
		b.WriteString("\n  - " + plaintext.Line(cause))
	}
	for i, step := range steps {
		if i == 0 {
			b.WriteString("\n  What to do:")
		}
		fmt.Fprintf(&b, "\n  %d. %s", i+1, plaintext.Line(step))
	}
	return b.String()
}

// complain writes to standard error.
func (a *app) complain(format string, args ...any) { a.out().Complain(format, args...) }

// out prints what commands print, as the flags say.
func (a *app) out() output.Printer {
	return output.Printer{Out: a.Out, Err: a.Err, AsJSON: a.flags.json}
}

// asError finds the sentence for people in err.
func asError(err error) tracker.Error {
	var e *tracker.Error
	switch {
	case errors.As(err, &e):
		return *e
	case errors.Is(err, context.Canceled):
		return tracker.Error{Code: tracker.CodeUnavailable, Message: "interrupted"}
	}
	return tracker.Error{Code: tracker.CodeInternal, Message: err.Error()}
}

// wantsJSON tells whether errors are asked for as JSON, even where the
// arguments could not be read to their end.
func (a *app) wantsJSON() bool {
	given := a.Args
	if end := slices.Index(given, "--"); end >= 0 {
		given = given[:end]
	}
	return a.flags.json || slices.Contains(given, "--json")
}

// flagError says what is wrong with a flag.
func flagError(_ *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return tracker.Invalid(unknown.GetSpecifiedName(), "unknown flag: -%s", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		return tracker.Invalid(unknown.GetSpecifiedName(), "%s", err)
	case errors.As(err, &missing):
		return tracker.Invalid(missing.GetFlag().Name, "--%s needs a value", missing.GetFlag().Name)
	case errors.As(err, &wrong):
		f := wrong.GetFlag()
		return tracker.Invalid(f.Name, "--%s takes %s, not %q", f.Name, valueWord(f.Value.Type()), wrong.GetValue())
	}
	return tracker.Invalid("", "%s", err)
}

func valueWord(kind string) string {
	words := map[string]string{"bool": "true or false", "int": "a whole number", "duration": "a duration such as 120s"}
	return cmp.Or(words[kind], "another value")
}

// exclusive refuses two flags of which only one makes sense.
func exclusive(flags *pflag.FlagSet, names ...string) error {
	var given []string
	for _, name := range names {
		if flags.Changed(name) {
			given = append(given, name)
		}
	}
	if len(given) < 2 {
		return nil
	}
	return tracker.Invalid(given[1], "--%s and --%s cannot be used together", given[0], given[1])
}

// readAll reads a text from r, at most limit bytes of it.
func readAll(r io.Reader, limit int64, field string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read standard input: %w", err)
	case int64(len(text)) > limit:
		return "", tracker.Invalid(field, "standard input holds more than %d bytes", limit)
	}
	return string(text), nil
}
