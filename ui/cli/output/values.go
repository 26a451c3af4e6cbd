package output

import (
	"time"

	"storydesk/ui/text"
)

// Day is a day for people, by the local clock.
func Day(t time.Time) string { return local(t, time.DateOnly) }

// Moment is a time for people, by the local clock.
func Moment(t time.Time) string { return local(t, "2006-01-02 15:04") }

// Age writes how long before now a time was, such as "3h", empty for none.
func Age(now, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return text.Age(now, t)
}

func local(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(layout)
}

// OnOff is a switch for people.
func OnOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// OrNull is null in JSON for the zero value.
func OrNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// OrEmpty is [] in JSON for a nil slice.
func OrEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Stamp is a time in UTC and whole seconds, null for the zero time.
func Stamp(t time.Time) *time.Time {
	return OrNull(t.UTC().Truncate(time.Second))
}
