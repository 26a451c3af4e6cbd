package usage

// PlainWords are the values of an enumeration as strings.
func PlainWords[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}
