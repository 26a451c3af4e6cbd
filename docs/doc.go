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

// Names returns the names of all topics, in alphabetical order.
func Names() []string {
	files, err := pages.ReadDir(".")
	if err != nil {
		panic(err) // they are part of the program
	}
	var names []string
	for _, f := range files {
		if page := strings.TrimSuffix(f.Name(), ".md"); !forDevelopers(page) {
			names = append(names, nameOf(page))
		}
	}
	slices.Sort(names)
	return names
}

// Topics returns all topics by name.
func Topics() []Topic {
	var topics []Topic
	for _, name := range Names() {
		topic, _ := Find(name)
		topics = append(topics, topic)
	}
	return topics
}

// Find returns the topic of a name, or of the name of its page.
func Find(name string) (Topic, bool) {
	name = nameOf(name)
	if !slices.Contains(Names(), name) {
		return Topic{}, false
	}
	page, err := pages.ReadFile(pageOf(name) + ".md")
	if err != nil {
		panic(err) // they are part of the program
	}
	title, _, _ := strings.Cut(strings.TrimPrefix(string(page), "# "), "\n")
	return Topic{Name: name, Title: title, Page: string(page)}, true
}

// The page about settings, and its topic: people look for the config file.
const settingsPage, configTopic = "settings", "config"

// nameOf returns what the topic of a page is called.
func nameOf(page string) string {
	if page == settingsPage {
		return configTopic
	}
	return page
}

// pageOf is the inverse of nameOf.
func pageOf(name string) string {
	if name == configTopic {
		return settingsPage
	}
	return name
}

// forDevelopers reports whether a page is about the program's source.
func forDevelopers(page string) bool {
	return page == "architecture" || page == "dependencies" || page == "performance"
}
