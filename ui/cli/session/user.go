package session

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strings"
	"time"

	"storydesk/tracker/plaintext"
)

// actingUser returns who acts: the one that a setting names, else git's
// user.name where git answers within patience, else the system's user.
func actingUser(ctx context.Context, setting string, patience time.Duration) (string, error) {
	if setting != "" {
		return setting, nil // without git, which takes longer than all else at the start
	}
	if name := strings.TrimSpace(plaintext.Line(gitUser(ctx, patience))); name != "" {
		return name, nil
	}
	u, err := user.Current()
	if err != nil {
		return "", fmt.Errorf("find out who you are (set STORYDESK_USER): %w", err)
	}
	return cmp.Or(strings.TrimSpace(plaintext.Line(u.Name)), u.Username), nil
}

// Self is the name under which somebody acts who has chosen none: that of the variable
// STORYDESK_USER, else git's, else the system's.
func Self(ctx context.Context) (string, error) {
	return actingUser(ctx, strings.TrimSpace(os.Getenv("STORYDESK_USER")), gitPatience)
}

// gitPatience is how long git may take: a start waits for it.
const gitPatience = 2 * time.Second

// gitUser asks git; it is empty where git is missing, slow or not configured.
func gitUser(ctx context.Context, patience time.Duration) string {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	name, err := exec.CommandContext(ctx, "git", "config", "user.name").Output()
	if err != nil {
		return ""
	}
	return string(name)
}

// Actor is the acting user's name.
func (s *Opened) Actor() string { return s.own.Settings.Actor() }
