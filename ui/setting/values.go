package setting

import (
	"slices"
	"strings"
)

// When is a setting's value while something holds, empty otherwise.
func When(holds bool, value string) string {
	if holds {
		return value
	}
	return ""
}

// FromEnviron is the value of a variable among NAME=value.
func FromEnviron(environ []string, name string) string {
	for _, e := range slices.Backward(environ) {
		if value, ok := strings.CutPrefix(e, name+"="); ok {
			return value
		}
	}
	return ""
}
