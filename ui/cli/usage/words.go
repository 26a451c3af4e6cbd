package usage

import "strings"

// PlainWords are the values of an enumeration as strings.
func PlainWords[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}

// JoinWords lists an enumeration in a sentence.
func JoinWords[T ~string](values []T) string {
	list := PlainWords(values)
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " or " + list[last]
}
