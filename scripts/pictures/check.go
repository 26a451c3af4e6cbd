package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// lot is what differs from run to run: the audits that the sandbox numbers in the order in which
// comments come, and the references of comments.
var lot = regexp.MustCompile(`audit \d+|(S-\d+)·[0-9a-f]{6}\b`)

// check makes the pictures of a folder anew and fails where one is not as it is there.
func check(ctx context.Context, folder string) (err error) {
	work, err := os.MkdirTemp("", "storydesk-pictures-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := pictures(ctx, work); err != nil {
		return err
	}
	made, err := filepath.Glob(filepath.Join(work, "*.svg"))
	if err != nil {
		return err
	}
	var differ []string
	for _, picture := range made {
		name := filepath.Base(picture)
		fresh, err := os.ReadFile(picture)
		if err != nil {
			return err
		}
		committed, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		if !same(string(fresh), string(committed)) {
			differ = append(differ, name)
		}
	}
	if len(differ) > 0 {
		return fmt.Errorf("not what the program shows now: %s; make them anew with go run ./scripts/pictures", strings.Join(differ, ", "))
	}
	return nil
}

// same reports whether two pictures show the same, but for what is drawn by lot.
func same(a, b string) bool {
	return lot.ReplaceAllString(a, "$1") == lot.ReplaceAllString(b, "$1")
}
