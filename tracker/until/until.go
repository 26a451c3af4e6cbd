// Package until reads until when people snooze a ticket.
package until

import (
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
)

// Changed is the answer to until when that names no day.
const Changed = "it changes"

// Parse reads until when a ticket is snoozed: a day such as 2026-12-24, tomorrow,
// monday or next week, a number of days or weeks such as 3d or 2w, or "it changes",
// which is the zero time. A ticket comes back when its day begins where now is told.
// CodeInvalid, field "until", for anything else and for a day that has begun.
func Parse(text string, now time.Time) (time.Time, error) {
	word := strings.ToLower(strings.Join(strings.Fields(text), " "))
	word = strings.TrimPrefix(word, "until ")
	if word == Changed || word == "changed" {
		return time.Time{}, nil
	}
	year, month, day := now.Date()
	today := func(days int) time.Time { return time.Date(year, month, day+days, 0, 0, 0, 0, now.Location()) }
	toWeekday := func(d time.Weekday) int { return 1 + (int(d)-int(now.Weekday())+6)%7 }
	switch word {
	case "today":
		return time.Time{}, tracker.Invalid("until", "today has begun; choose tomorrow or a later day")
	case "tomorrow":
		return today(1), nil
	case "next week":
		return today(toWeekday(time.Monday)), nil
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if name := strings.ToLower(d.String()); word == name || word == name[:3] {
			return today(toWeekday(d)), nil
		}
	}
	if days, ok := countedDays(word); ok {
		return today(days), nil
	}
	at, err := time.ParseInLocation(time.DateOnly, word, now.Location())
	switch {
	case err != nil:
		return time.Time{}, tracker.Invalid("until", "%q is not a day: use tomorrow, monday, next week, 3d, 2w, 2006-01-02 or %q", text, Changed)
	case !at.After(now):
		return time.Time{}, tracker.Invalid("until", "%s is in the past; choose tomorrow or a later day", word)
	}
	return at, nil
}

// maxCounted is the most days or weeks that can be counted: some years.
const maxCounted = 999

// countedDays reads a number of days or weeks.
func countedDays(word string) (days int, ok bool) {
	number, ok := strings.CutSuffix(word, "d")
	unit := 1
	if !ok {
		number, ok = strings.CutSuffix(word, "w")
		unit = 7
	}
	n, err := strconv.Atoi(number)
	return n * unit, ok && err == nil && n > 0 && n <= maxCounted
}
