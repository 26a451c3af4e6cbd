package usage

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// OfferFirst completes the first argument with known words.
func OfferFirst(words []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

// Placeholder is what a usage line calls its n-th argument, empty for none. The
// one with dots stands for all that follow.
func Placeholder(use string, n int) string {
	for i, word := range strings.Fields(use)[1:] {
		name, repeats := strings.CutSuffix(strings.Trim(word, "[]()"), "...")
		if i == n || repeats {
			return name
		}
	}
	return ""
}

// ParseAll reads every argument before anything is done to the first.
func ParseAll[T any](args []string, parse func(string) (T, error)) ([]T, error) {
	list := make([]T, len(args))
	for i, arg := range args {
		var err error
		if list[i], err = parse(arg); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ParseEach is ParseAll where what is named twice is meant once.
func ParseEach[T comparable](args []string, parse func(string) (T, error)) ([]T, error) {
	var list []T
	for _, arg := range args {
		v, err := parse(arg)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list, nil
}

// Takes asks for exactly the arguments named.
func Takes(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < len(names) {
			return Missing(cmd, names[len(args)])
		}
		return AtMost(cmd, args, len(names))
	}
}

// TakesSome asks for one argument or more.
func TakesSome(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return Missing(cmd, name)
		}
		return nil
	}
}

// Missing is the error of a command without an argument that it needs.
func Missing(cmd *cobra.Command, name string) error {
	return tracker.Invalid(name, "%s needs %s", commandName(cmd), strings.ToUpper(name))
}

// AtMost refuses more than n arguments.
func AtMost(cmd *cobra.Command, args []string, n int) error {
	if len(args) > n {
		return tracker.Invalid("", "%s does not take the argument %q", commandName(cmd), args[n])
	}
	return nil
}

// ParseAttachment reads the number of an attachment, as a command prints it.
func ParseAttachment(text, command string) (tracker.FileID, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n <= 0 {
		return 0, tracker.Invalid("attachment", "%q is not an attachment: give its number, as `%s` prints it", text, command)
	}
	return tracker.FileID(n), nil
}
