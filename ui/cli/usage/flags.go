package usage

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

// FlagError says what is wrong with a flag.
func FlagError(_ *cobra.Command, err error) error {
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

// Exclusive refuses two flags of which only one makes sense.
func Exclusive(flags *pflag.FlagSet, names ...string) error {
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

// SomeOf refuses a change that gives none of the flags which say what to change.
func SomeOf(flags *pflag.FlagSet, names ...string) error {
	long := make([]string, len(names))
	for i, name := range names {
		if flags.Changed(name) {
			return nil
		}
		long[i] = "--" + name
	}
	return tracker.Invalid("", "say what to change: %s", tracker.OneOf(long))
}

// Choices offers the shell the values of a flag.
func Choices(cmd *cobra.Command, flag string, values ...string) {
	// It fails only for a flag that the same function has not defined.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// Search is the help of a flag that takes a search.
func Search(kind search.Kind) string {
	return fmt.Sprintf("only %s with these words, \"phrases\" and terms such as linked:yes (prefix with - to exclude); terms: %s",
		kind, strings.Join(search.Fields(kind), ", "))
}

// DropFlag lets a command drop the comments that have not been sent.
func DropFlag(cmd *cobra.Command, drop *bool) {
	cmd.Flags().BoolVar(drop, "drop", false, "drop private comments that have not been sent")
}

// IntegrationFlag lets a command say which integration's ticket is meant.
func IntegrationFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "integration", "", "the ticket's integration by name or id, where several accounts have one")
}
