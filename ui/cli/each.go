package cli

import (
	"slices"
	"strings"
	"time"

	"storydesk/ui/cli/output"
)

// printAll reads objects as they are after a change, and prints them.
func printAll[ID, T any](to output.Printer, how output.Presenter[T], ids []ID, read func(ID) (T, error)) error {
	list, err := readAllOf(ids, read)
	if err != nil {
		return err
	}
	return printEach(to, how, list)
}

// printEach prints objects after a change: the only one as itself.
func printEach[T any](to output.Printer, how output.Presenter[T], list []T) error {
	if len(list) == 1 {
		return output.Object(to, how, list[0])
	}
	return output.Objects(to, how, list)
}

// readAllOf reads an object for each of some ids.
func readAllOf[ID, T any](ids []ID, read func(ID) (T, error)) ([]T, error) {
	list := make([]T, len(ids))
	for i, id := range ids {
		var err error
		if list[i], err = read(id); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// unchangedError ends a change of several objects of which none was changed.
type unchangedError struct{ error }

// Unwrap returns why none was changed.
func (e unchangedError) Unwrap() error { return e.error }

// allOrNone makes the error of a change of several objects say that none of
// them was changed.
func allOrNone[ID any](ids []ID, err error) error {
	if err == nil || len(ids) < 2 {
		return err
	}
	return unchangedError{err}
}

// parseAll reads every argument before anything is done to the first.
func parseAll[T any](args []string, parse func(string) (T, error)) ([]T, error) {
	return readAllOf(args, parse)
}

// parseEach is parseAll where what is named twice is meant once.
func parseEach[T comparable](args []string, parse func(string) (T, error)) ([]T, error) {
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

// plainWords are the values of an enumeration as strings.
func plainWords[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}

// joinWords lists an enumeration in a sentence.
func joinWords[T ~string](values []T) string {
	list := plainWords(values)
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " or " + list[last]
}

// day and moment write times for people, by the local clock.
func day(t time.Time) string    { return local(t, time.DateOnly) }
func moment(t time.Time) string { return local(t, "2006-01-02 15:04") }

func local(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(layout)
}
