package config

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is what is wrong at a place of the file, and what would work.
type Problem struct {
	File string `json:"file"`
	// Line and Column count from 1; a column is a character. They are 0 where
	// the file as a whole is meant.
	Line   int `json:"line"`
	Column int `json:"column"`
	// Key is the key with its tables, such as settings.theme.
	Key     string `json:"key"`
	Message string `json:"message"`
	// Advice is true where the value is used all the same.
	Advice bool `json:"advice,omitempty"`
}

// Error implements error: the place and the sentence.
func (p Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// join writes a path as TOML does.
func join(path []string) string {
	var parts []string
	for _, p := range path {
		if !strings.HasPrefix(p, "#") {
			parts = append(parts, bare(p))
		}
	}
	return strings.Join(parts, ".")
}

// bare is a key as TOML writes it: in quotes where it needs them.
func bare(key string) string {
	for _, r := range key {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", r) {
			return quote(key)
		}
	}
	if key == "" {
		return `""`
	}
	return key
}

// hint proposes the nearest of some names, or lists them where none is near and
// they are few.
func hint(name string, names []string) string {
	best, distance := "", 1+max(2, len([]rune(name))/2)
	for _, n := range names {
		if d := editDistance(strings.ToLower(name), strings.ToLower(n)); d < distance {
			best, distance = n, d
		}
		if _, short, found := strings.Cut(n, "/"); found {
			if d := editDistance(strings.ToLower(name), short); d < distance {
				best, distance = n, d
			}
		}
	}
	if i := slices.IndexFunc(names, func(n string) bool { return len(name) > 2 && strings.HasPrefix(n, strings.ToLower(name)) }); best == "" && i >= 0 {
		best = names[i]
	}
	switch {
	case best != "":
		return "did you mean " + best + "?"
	case len(names) <= 20:
		return "use any of " + strings.Join(names, " ")
	}
	return "`storydesk config init --print` shows all keys"
}

// editDistance counts the letters to insert, delete or replace.
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range to {
			replace := diagonal
			if x != y {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
