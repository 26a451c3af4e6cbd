package config

import (
	"maps"
	"slices"
	"strings"
)

// Initial is the text of a new file: every key with its default as a comment,
// and in force those values that the user has chosen already.
func Initial(v Vocabulary, chosen map[string]string, chosenKeys map[string][]string) []byte {
	var b strings.Builder
	b.WriteString("# storydesk's config. Lines that begin with # are examples or the defaults; remove the # to change them.\n" +
		"# `storydesk config check` checks this file. Flags and environment variables override it.\n")
	for _, s := range Schema(v) {
		writeSection(&b, s, chosen, chosenKeys)
	}
	for line := range strings.SplitSeq(examples, "\n") {
		b.WriteString(strings.TrimSpace("# "+line) + "\n")
	}
	return []byte(b.String())
}

// examples are commands that many have a use for.
const examples = `
Commands that are ready to use. What a ticket or a story says is always one argument,
and no shell reads it: where you write sh -c yourself, pass it as $1 after the script.

A branch named after the story:
[[commands]]
name = "branch"
key = "f6"
where = "story"
prompts = ["words"]
command = ["git", "switch", "--create", "{{.Story.ID}}-{{.Prompt.words}}"]

The ticket as a line of Markdown (pbcopy is for macOS; elsewhere wl-copy or xclip):
[[commands]]
name = "copy as Markdown"
key = "f7"
where = "ticket"
command = ["sh", "-c", 'printf "%s" "$1" | pbcopy', "sh", "[#{{.Ticket.ID}} {{.Ticket.Subject}}]({{.Ticket.URL}})"]

The story as an issue on GitHub:
[[commands]]
name = "GitHub issue"
key = "f8"
where = "story"
command = ["gh", "issue", "create", "--title", "{{.Story.Name}}", "--body", "{{.Story.Description}}"]
confirm = true
output = "popup"`

func writeSection(b *strings.Builder, s Section, chosen map[string]string, chosenKeys map[string][]string) {
	b.WriteString("\n")
	for line := range strings.SplitSeq(s.Meaning, "\n") {
		if line != "" {
			b.WriteString("# " + line + "\n")
		}
	}
	switch {
	case s.form == named:
		b.WriteString("# [" + s.Name + ".mine]\n")
	case s.form == listed:
		b.WriteString("# [[" + s.Name + "]]\n")
	case s.Name != "":
		b.WriteString("[" + s.Name + "]\n")
	}
	for _, k := range s.Keys {
		line := "# " + bare(k.Name) + " = " + k.Example
		value, inForce := chosen[k.Name]
		list, bound := chosenKeys[k.Name]
		switch {
		case s.Name == settings && inForce:
			line = bare(k.Name) + " = " + quote(value)
		case s.Name == keys && bound:
			line = bare(k.Name) + " = " + quoteAll(list)
		}
		if s.Name == keys {
			b.WriteString(line + "  # " + k.Meaning + "\n")
		} else {
			b.WriteString("# " + k.Meaning + "\n" + line + "\n")
		}
	}
	if s.Name == keys {
		writeOtherKeys(b, s, chosenKeys)
	}
}

// writeOtherKeys writes keys of actions that the table does not have, such as
// those of another version: they stay the user's choice.
func writeOtherKeys(b *strings.Builder, s Section, chosen map[string][]string) {
	for _, name := range slices.Sorted(maps.Keys(chosen)) {
		if !slices.ContainsFunc(s.Keys, func(k Key) bool { return k.Name == name }) {
			b.WriteString(bare(name) + " = " + quoteAll(chosen[name]) + "\n")
		}
	}
}
