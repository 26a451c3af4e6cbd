package dialog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/pane"
)

// maxEdited is how much of an edited file is read back, in bytes: more than
// any text that the tracker takes.
const maxEdited = 1 << 20

// textEditor lets a person write a text in an editor of their own. It is a
// tea.ExecCommand: while it runs, the terminal belongs to the editor.
type textEditor struct {
	ctx context.Context
	// argv is the editor's command line without the file.
	argv []string
	// text is what is edited, after Run what came of it; what names it to the
	// user, who sees its file's name.
	text, what string
	Handover
}

// TextEdited brings a text back from the user's editor.
type TextEdited struct {
	Key, Text string
	Err       error
}

// EditText hands the terminal to the user's editor with a text, whose key begins
// with what it is; what comes of it is a [TextEdited].
func EditText(s *pane.Host, key, text string) tea.Cmd {
	argv, err := editorCommand(s.Environ)
	if err != nil {
		return s.Fail(err)
	}
	what, _, _ := strings.Cut(key, "/")
	e := &textEditor{ctx: s.Context(), argv: argv, what: what, text: text}
	return HandOver(e, func(err error) tea.Msg { return TextEdited{key, e.text, err} })
}

// editorCommand returns the command line of the person's editor: $VISUAL, else
// $EDITOR, else vi.
func editorCommand(environ []string) ([]string, error) {
	command := "vi"
	for _, name := range []string{"EDITOR", "VISUAL"} {
		for _, entry := range environ {
			if key, value, _ := strings.Cut(entry, "="); key == name && strings.TrimSpace(value) != "" {
				command = value
			}
		}
	}
	return splitWords(command)
}

// Run writes the text to a file that only its owner can read, waits for the
// editor and reads the file back. The text stays as it was on any error.
func (e *textEditor) Run() (err error) {
	dir, err := os.MkdirTemp("", "storydesk-")
	if err != nil {
		return fmt.Errorf("create a file for the editor: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, e.what+".md")
	written := e.text
	if written != "" {
		written += "\n" // as text files end
	}
	if err := os.WriteFile(file, []byte(written), 0o600); err != nil {
		return fmt.Errorf("the editor's file: %w", err)
	}
	//nolint:gosec // the command is the user's own choice of editor
	cmd := exec.CommandContext(e.ctx, e.argv[0], append(e.argv[1:len(e.argv):len(e.argv)], file)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = e.Stdin, e.Stdout, e.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("editor %s: %w", e.argv[0], err)
	}
	text, err := readAtMost(file, maxEdited)
	if err != nil {
		return fmt.Errorf("the editor's file: %w", err)
	}
	e.text = strings.TrimSuffix(text, "\n")
	return nil
}

func readAtMost(path string, n int64) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(f, n))
	return string(text), errors.Join(err, f.Close())
}

// splitWords splits a command line into words as a shell does, knowing quotes
// and backslashes but neither expansions nor operators. It is ours because no
// library that is looked after does just that: github.com/mattn/go-shellwords
// 1.0.16 ends at an operator such as ; or | without an error, refuses parentheses
// and drops every backslash between double quotes; github.com/google/shlex (2019)
// drops those too and takes # for a comment; github.com/kballard/go-shellquote
// does it right but has no release and was last changed in 2018.
func splitWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	var quote rune
	inWord, escaped := false, false
	for _, r := range line {
		switch {
		case escaped:
			if quote == '"' && r != '"' && r != '\\' {
				word.WriteByte('\\')
			}
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped, inWord = true, true
		case r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, inWord = r, true
		case r == ' ' || r == '\t':
			if inWord {
				words = append(words, word.String())
				word.Reset()
			}
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 || escaped {
		return nil, fmt.Errorf("the editor's command line %q has an unclosed quote", line)
	}
	if inWord {
		words = append(words, word.String())
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("the editor's command line %q names no program", line)
	}
	return words, nil
}
