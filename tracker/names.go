package tracker

import "strings"

// SameName reports whether two names are one to people.
func SameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
