package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
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

// domainRules returns what no sentence of the domain says beside that: a surface adds
// what to press or type, and the store what its database is called.
func domainRules() []rule {
	return []rule{
		{regexp.MustCompile("[`“]storydesk |(^|\\s)--[a-z]"), nil, "a Reason, which the surface answers with a command or a flag"},
		{regexp.MustCompile(`(?i)\b(press(es)?|ctrl|the board)\b`), nil, "a Reason, which the surface answers with a key"},
		{regexp.MustCompile(`(?i)\b(sqlite|wal|postgres(ql)?)\b`), nil, "the database"},
	}
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
		if strings.HasPrefix(s.file, "tracker/") {
			for _, b := range breaches(domainRules(), s.text) {
				wrong = append(wrong, fmt.Sprintf("%s:%d: %s: %s", s.file, s.line, b, s.text))
			}
		}
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

func TestForbiddenWordsAreFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"Notes wait for the desk":                            2,
		"Zendesk shows it as an internal note":               0,
		"an internal note, and another note":                 1,
		"the secret is kept in the keyring":                  1,
		"keep as draft":                                      0,
		"Mend the fields in red, then save":                  1,
		"the recommended way":                                0,
		"Private comment sent to #1044":                      0,
		"S-15 is gone again; took back: 1":                   2,
		"storydesk checks the installation, then deletes it": 0,
		"the view is read anew":                              1,
		"Do what? S-15 waits behind S-14":                    2,
		"do what it asks":                                    0,
		"this machine's clock is %s behind %s":               0,
		"{host} is out of order ({status})":                  1,
	} {
		if got := breaches(rules(), text); len(got) != want {
			t.Errorf("%q: %q, want %d", text, got, want)
		}
	}
}

func TestForbiddenWordsOfAProject(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write(t, root, "shop/shop.go", "package shop\n\nconst (\n\tsaid = \"the note waits\"\n\tcolumns = \"story_id, rank\"\n)\n")
	write(t, root, "tracker/rules.go", "package tracker\n\nconst (\n\tsaid = \"unsent; use `storydesk sync`, or --drop\"\n\tkey = \"press f2 on the board\"\n\tfine = \"storydesk sends it\"\n)\n")
	write(t, root, "ui/cli/flags.go", "package cli\n\nconst said = \"use `storydesk sync`, or --drop\"\n")
	write(t, root, "README.md", "# Shop\n\nIt mends shoes.\n")
	write(t, root, "docs/more.md", "Nothing is kept.\n")
	got, err := check(root)
	if err != nil || len(got) != 5 {
		t.Errorf("%q, %v", got, err)
	}
}

// The program and its documents use one word for one thing.
func TestTheProgramsWords(t *testing.T) {
	t.Parallel()
	wrong, err := check("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
}
