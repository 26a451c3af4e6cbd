// Manual writes the manual pages into a folder: storydesk.1, for each command a page such as
// storydesk-story-add.1, and for each topic of the help one such as storydesk-search.7.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra/doc"

	"storydesk/docs"
	"storydesk/ui/cli"
	"storydesk/ui/cli/topic"
)

func main() {
	version := flag.String("version", "", "the release that the pages belong to")
	date := flag.String("date", "", "its day, such as 2026-11-28")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "manual: needs the folder to write into")
		os.Exit(2)
	}
	if err := write(flag.Arg(0), *version, *date); err != nil {
		fmt.Fprintln(os.Stderr, "manual:", err)
		os.Exit(1)
	}
}

// write writes the pages of a release into a folder.
func write(folder, version, date string) error {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return fmt.Errorf("-date: %w", err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // pages are for everybody
		return err
	}
	commands := cli.Commands()
	commands.DisableAutoGenTag = true // the day stands in the header
	err = doc.GenManTree(commands, &doc.GenManHeader{
		Title: "STORYDESK", Section: "1", Date: &day, Source: "storydesk " + version, Manual: "storydesk",
	}, folder)
	if err != nil {
		return err
	}
	for _, t := range docs.Topics() {
		name := "storydesk-" + t.Name
		page := fmt.Sprintf("%% %q %q %q %q %q\n%s", strings.ToUpper(name), "7", day.Format("Jan 2006"), "storydesk "+version, "storydesk", manualOf(name, t))
		if err := os.WriteFile(filepath.Join(folder, name+".7"), md2man.Render([]byte(page)), 0o644); err != nil { //nolint:gosec // for everybody
			return err
		}
	}
	return nil
}

// tableWidth is that of tables in manuals, which stand in them as they are: set by the
// manual's own means, many are wider than a terminal.
const tableWidth = 72

// manualOf returns a topic as a manual is divided.
func manualOf(name string, t docs.Topic) string {
	_, text, _ := strings.Cut(t.Page, "\n")
	return "# NAME\n" + name + " - " + t.Title + "\n\n# DESCRIPTION\n" + topic.WithoutLinks(topic.TablesAsCode(text, tableWidth))
}
