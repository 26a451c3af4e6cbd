// Package docs holds the pages of the documentation that `storydesk help TOPIC` shows: the
// files of this folder are their only source.
package docs

import (
	"embed"
	"slices"
	"strings"
)

//go:embed *.md
var pages embed.FS

// Topic is a page for those who use the program.
type Topic struct {
	// Name is what people ask for, Title what the page is called.
	Name, Title string
	// Page is its text in Markdown.
	Page string
}

// Topics returns all topics by name.
func Topics() []Topic {
	files, err := pages.ReadDir(".")
	if err != nil {
		panic(err) // they are part of the program
	}
	var topics []Topic
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".md")
		if forDevelopers(name) {
			continue
		}
		page, err := pages.ReadFile(f.Name())
		if err != nil {
			panic(err)
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(string(page), "# "), "\n")
		topics = append(topics, Topic{Name: nameOf(name), Title: title, Page: string(page)})
	}
	slices.SortFunc(topics, func(a, b Topic) int { return strings.Compare(a.Name, b.Name) })
	return topics
}

// Find returns the topic of a name, or of the name of its page.
func Find(name string) (Topic, bool) {
	topics := Topics()
	i := slices.IndexFunc(topics, func(t Topic) bool { return t.Name == nameOf(name) })
	if i < 0 {
		return Topic{}, false
	}
	return topics[i], true
}

// nameOf returns what the topic of a page is called: people look for the config file.
func nameOf(page string) string {
	if page == "settings" {
		return "config"
	}
	return page
}

// forDevelopers reports whether a page is about the program's source.
func forDevelopers(page string) bool {
	return page == "architecture" || page == "dependencies" || page == "performance"
}
