package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A rule names words that no sentence uses, since another one is the word for
// the thing.
type rule struct {
	words *regexp.Regexp
	// except are uses that mean another thing.
	except *regexp.Regexp
	use    string
}

// rules returns what the words of the program must not be. One thing has one
// word on every surface.
func rules() []rule {
	word := func(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?i)\b(` + pattern + `)\b`) }
	return []rule{
		// Zendesk's own name of a private comment may be given once.
		{word(`notes?`), word(`internal notes?|release notes`), "private comment"},
		{word(`mend(s|ed|ing)?|amend(s|ed|ing)?`), nil, "fix"},
		{word(`kept`), nil, "saved"},
		{word(`throw(s|n)? away|thr(e|o)w(n)? away|forget(s)?|forgotten`), nil, "discard, delete"},
		{word(`(help )?desks?`), nil, "Zendesk"},
		{word(`unt(ie|ies|ied|ying)`), nil, "unlink"},
		{word(`ranks?`), nil, "priority, position"},
		{word(`mistakes?`), nil, "what failed, and why"},
		{word(`out of order`), nil, "has a problem"},
		{word(`anew`), nil, "again"},
		{word(`(give|take|took|taken|turn)s? (back|round)`), nil, "undo, restore"},
		{word(`gone`), nil, "was deleted, was removed"},
		// A clock may be behind another one.
		{word(`behind`), word(`clock is \S+ behind`), "waiting for"},
		// A web page may ask for something.
		{word(`do what`), word(`do what it asks`), "the name of each answer"},
		{word(`all is well|not well`), nil, "no problems, problems"},
		{word(`examine[sd]?`), nil, "check"},
	}
}

// breaches lists the words of a text that the rules forbid.
func breaches(rules []rule, text string) []string {
	var found []string
	for _, r := range rules {
		left := text
		if r.except != nil {
			left = r.except.ReplaceAllString(left, "")
		}
		if w := r.words.FindString(left); w != "" {
			found = append(found, fmt.Sprintf("“%s”: write %s", w, r.use))
		}
	}
	return found
}

// columns are the names of a table's columns, which only the database reads.
var columns = regexp.MustCompile(`^[a-z_., …⏎\s]*_[a-z_., …⏎\s]*$`)

// check returns what the sentences under root, and the documents beside them,
// must not say.
func check(root string) ([]string, error) {
	var wrong []string
	all := rules()
	add := func(place, text string) {
		for _, b := range breaches(all, text) {
			wrong = append(wrong, place+": "+b+": "+strings.TrimSpace(text))
		}
	}
	sentences, err := list(root)
	if err != nil {
		return nil, err
	}
	for _, s := range sentences {
		if !columns.MatchString(s.text) {
			add(fmt.Sprintf("%s:%d", s.file, s.line), s.text)
		}
	}
	for _, pattern := range []string{"*.md", "docs/*.md"} {
		documents, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			return nil, err
		}
		for _, d := range documents {
			if err := eachLine(d, add); err != nil {
				return nil, err
			}
		}
	}
	return wrong, nil
}

func eachLine(document string, add func(place, text string)) error {
	f, err := os.Open(document)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		add(fmt.Sprintf("%s:%d", filepath.Base(document), n), lines.Text())
	}
	return lines.Err()
}
