package alike

import (
	"fmt"
	"strings"
)

// DidYouMean writes "; did you mean b?" for the word of a list that one which is
// not in it was most likely meant to be; empty where none is near.
func DidYouMean[S ~string](word string, list []S) string {
	const far = 3
	best, least := "", far
	for _, s := range list {
		if d := Distance(word, string(s)); d < least {
			best, least = string(s), d
		}
	}
	for _, s := range list {
		if best == "" && len(word) >= far && strings.HasPrefix(string(s), word) {
			best = string(s)
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", best)
}

// Distance counts the letters to add, leave out or replace to make a word of
// another (https://en.wikipedia.org/wiki/Levenshtein_distance).
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
