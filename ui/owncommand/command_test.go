package owncommand

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const helper = "STORYDESK_TEST_HELPER"

// TestMain is also the program that the tests run.
func TestMain(m *testing.M) {
	switch os.Getenv(helper) {
	case "arguments":
		_ = json.NewEncoder(os.Stdout).Encode(os.Args[1:])
		os.Exit(3)
	case "flood":
		line := strings.Repeat("x", 1023) + "\n"
		for range 1024 {
			fmt.Print(line)
		}
		os.Exit(0)
	case "wait":
		select {}
	}
	os.Exit(m.Run())
}

func TestSubjectIsOneInertArgument(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "x")
	subject := fmt.Sprintf("$(touch %s); `touch %s` && touch %s | 'a\" {{.Ticket.ID}} \n*", file, file, file)
	t.Setenv(helper, "arguments")
	c := Command{Key: "f5", Where: OnTicket, Args: []string{os.Args[0], "--", "{{.Ticket.Subject}}", "#{{.Ticket.ID}}"}}
	args, err := c.Expand(Fields{Ticket: Ticket{ID: "7", Subject: subject}})
	if err != nil {
		t.Fatal(err)
	}
	result, err := Run(t.Context(), args)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := json.Unmarshal(result.Output, &got); err != nil {
		t.Fatalf("%v: %s", err, result.Output)
	}
	if want := []string{"--", subject, "#7"}; !slices.Equal(got, want) || result.Code != 3 {
		t.Errorf("arguments %q, exit code %d; want %q and 3", got, result.Code, want)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

func TestUnknownFieldsAreFoundBeforeTheCommandRuns(t *testing.T) {
	for _, test := range []struct {
		where Where
		arg   string
		want  string
	}{
		{OnTicket, "{{.Ticket.Titel}}", ".Ticket.Subject"},
		{OnTicket, "{{.Story.ID}}", "there is no field .Story"},
		{OnBoard, "{{.Ticket.ID}}", "there is no field .Ticket"},
		{OnStory, "{{.Prompt.other}}", ".Prompt.branch"},
		{OnStory, "{{.Story.ID", "cannot be read"},
		{OnStory, "{{range 9000000000000}}{{end}}", "cannot repeat"},
		{OnStory, "{{define \"a\"}}{{template \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}", "cannot call"},
		{OnStory, "{{range .Story.Tickets}}{{range 5}}x{{end}}{{end}}", "cannot repeat"},
		{OnStory, "{{printf \"%900000d\" 1}}", "no functions"},
		{OnStory, "{{.Story.ID}} {{.Prompt.branch}} {{range .Story.Tickets}}{{.ID}}{{end}}", ""},
	} {
		c := Command{Where: test.where, Args: []string{"git", test.arg}, Prompts: []string{"branch"}}
		errs := c.Check()
		switch {
		case test.want == "" && len(errs) > 0:
			t.Errorf("%s: %v", test.arg, errs)
		case test.want != "" && (len(errs) != 1 || errs[0].Index != 1 || !strings.Contains(errs[0].Message, test.want)):
			t.Errorf("%s: %v, want %q", test.arg, errs, test.want)
		}
	}
	if errs := (Command{Where: OnTicket, Args: []string{"{{.Ticket.Subject}}"}}).Check(); len(errs) != 1 {
		t.Errorf("a field chooses the program: %v", errs)
	}
	if errs := (Command{}).Check(); len(errs) != 1 {
		t.Errorf("no program: %v", errs)
	}
}

func TestOutputIsLimited(t *testing.T) {
	t.Setenv(helper, "flood")
	result, err := Run(t.Context(), []string{os.Args[0]})
	if err != nil || len(result.Output) != Limit || !result.Cut {
		t.Errorf("%d bytes, cut %v, %v", len(result.Output), result.Cut, err)
	}
}

func TestCommandEndsWithItsContext(t *testing.T) {
	t.Setenv(helper, "wait")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, []string{os.Args[0]}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestMissingProgramIsAnError(t *testing.T) {
	if _, err := Run(t.Context(), []string{filepath.Join(t.TempDir(), "none")}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
	c := Command{Key: "f5", Where: OnTicket, Args: []string{"echo", "{{.Ticket.Subject}}"}}
	if _, err := c.Expand(Fields{Ticket: Ticket{Subject: "a\x00b"}}); err == nil {
		t.Error("a zero byte is taken")
	}
}

// A command that names the list of what it acts on runs once for all of it.
func TestACommandThatNamesTheListRunsOnce(t *testing.T) {
	t.Parallel()
	for arg, want := range map[string]bool{
		"{{range .Stories}}{{.ID}} {{end}}": true, "{{if .Prompt.a}}{{else}}{{range .Stories}}{{.ID}}{{end}}{{end}}": true,
		"{{.Story.ID}}": false, "{{range .Story.Tickets}}{{.ID}}{{end}}": false, "x": false,
	} {
		c := Command{Where: OnStory, Args: []string{"echo", arg}, Prompts: []string{"a"}}
		if errs := c.Check(); len(errs) > 0 || c.Together() != want {
			t.Errorf("%s: together %v, %v", arg, c.Together(), errs)
		}
	}
	c := Command{Where: OnTicket, Args: []string{"echo", "{{range .Tickets}}{{.ID}};{{end}}"}}
	args, err := c.Expand(Fields{Tickets: []Ticket{{ID: "1"}, {ID: "2"}}})
	if err != nil || args[1] != "1;2;" {
		t.Errorf("%q, %v", args, err)
	}
	if errs := (Command{Where: OnTicket, Args: []string{"echo", "{{range .Stories}}{{end}}"}}).Check(); len(errs) != 1 {
		t.Errorf("a list of stories is taken on tickets: %v", errs)
	}
}
