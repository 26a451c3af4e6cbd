package tracker

import "strconv"

// Counted writes a number with the word for what is counted.
func Counted(n int, one, more string) string { return strconv.Itoa(n) + " " + Plural(n, one, more) }

// Plural chooses the word for a number of things.
func Plural(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}
