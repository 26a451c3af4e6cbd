// Manual writes the manual pages of all commands into a folder: storydesk.1 and, for
// each command, a page such as storydesk-story-add.1.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra/doc"

	"storydesk/ui/cli"
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
	return doc.GenManTree(commands, &doc.GenManHeader{
		Title: "STORYDESK", Section: "1", Date: &day, Source: "storydesk " + version, Manual: "storydesk",
	}, folder)
}
