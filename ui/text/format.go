package text

import (
	"strconv"
	"time"
)

// Age says how long ago t was, in one number and one letter: "now", "4m", "2h",
// "3d", "5w", "1y". What lies ahead is "now".
func Age(now, t time.Time) string {
	const day = 24 * time.Hour
	switch d := now.Sub(t); {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return count(d, time.Minute) + "m"
	case d < day:
		return count(d, time.Hour) + "h"
	case d < 7*day:
		return count(d, day) + "d"
	case d < 365*day:
		return count(d, 7*day) + "w"
	default:
		return count(d, 365*day) + "y"
	}
}

func count(d, unit time.Duration) string {
	return strconv.Itoa(int(d / unit))
}

// Count writes n; from 10,000 on with a thin no-break space (U+202F) between
// thousands, as SI does.
func Count(n int) string {
	const thin = "\u202F"
	digits := strconv.Itoa(n)
	if n > -10_000 && n < 10_000 {
		return digits
	}
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + thin + digits[i:]
	}
	return digits
}
