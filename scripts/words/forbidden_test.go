package main

import "testing"

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
	write(t, root, "README.md", "# Shop\n\nIt mends shoes.\n")
	write(t, root, "docs/more.md", "Nothing is kept.\n")
	got, err := check(root)
	if err != nil || len(got) != 3 {
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
