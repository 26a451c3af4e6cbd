package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// task is something to be done to several objects.
type task[ID fmt.Stringer, T any] struct {
	ids []ID
	// backwards does the last one first. They are printed as they came.
	backwards bool
	do        func(ID) error
	// show reads an object after all was done.
	show func(ID) (T, error)
}

// each does a task and prints the objects after it. One that fails does not
// keep the others from being tried.
func each[ID interface {
	comparable
	fmt.Stringer
}, T any](a *app, p presenter[T], t task[ID, T]) error {
	if len(t.ids) == 1 {
		if err := t.do(t.ids[0]); err != nil {
			return err
		}
		v, err := t.show(t.ids[0])
		if err != nil {
			return err
		}
		return printChange(a, p, v)
	}
	order := slices.Clone(t.ids)
	if t.backwards {
		slices.Reverse(order)
	}
	failed := make(map[ID]bool)
	for _, id := range order {
		if err := t.do(id); err != nil {
			failed[id] = true
			a.report(about(id, err))
		}
	}
	var done []T
	for _, id := range t.ids {
		if failed[id] {
			continue
		}
		v, err := t.show(id)
		if err != nil {
			return err
		}
		done = append(done, v)
	}
	if err := printChanges(a, p, done); err != nil {
		return err
	}
	if len(failed) > 0 {
		return errSomeFailed
	}
	return nil
}

func printChanges[T any](a *app, p presenter[T], list []T) error {
	if a.flags.json {
		return a.printJSON(records(p, list))
	}
	for _, v := range list {
		if err := a.printLine(p.summary(v)); err != nil {
			return err
		}
	}
	return nil
}

// parseAll reads every argument before anything is done to the first.
func parseAll[T any](args []string, parse func(string) (T, error)) ([]T, error) {
	list := make([]T, len(args))
	for i, arg := range args {
		var err error
		if list[i], err = parse(arg); err != nil {
			return nil, err
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
