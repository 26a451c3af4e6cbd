package prompt

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/term"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/output"
)

// Question is what is asked for.
type Question struct {
	// Field names it in errors, as its flag does.
	Field string
	// Label stands before the answer.
	Label string
	// Secret is true for an answer that is not shown.
	Secret bool
}

// Prompter asks on a terminal: plain lines one below the other, which a screen
// reader reads as they come.
type Prompter struct {
	in  *bufio.Reader
	out io.Writer
	fd  int
}

// New returns what asks on out and reads the answers from in, nil where in is
// no terminal.
func New(in io.Reader, out io.Writer) *Prompter {
	fd, ok := output.Terminal(in)
	if !ok {
		return nil
	}
	return &Prompter{in: bufio.NewReader(in), out: out, fd: fd}
}

// Say writes a line that is no question.
func (p *Prompter) Say(format string, args ...any) {
	output.Printer{Err: p.out}.Complain(format, args...)
}

// Answer asks for one field; the end of ctx is the end of the question.
func (p *Prompter) Answer(ctx context.Context, q Question, complaint string) (string, error) {
	if complaint != "" {
		p.Say("%s\n", plaintext.Line(complaint))
	}
	var text string
	var err error
	if q.Secret {
		text, err = p.secret(ctx, q.Label)
	} else {
		p.Say("%s: ", q.Label)
		text, err = AwaitText(ctx, func() (string, error) { return p.in.ReadString('\n') })
		text = strings.TrimSpace(text)
	}
	if errors.Is(err, context.Canceled) {
		p.Say("\n") // what follows begins a line
	}
	return text, Ended(err, q.Field)
}

// Agrees asks a question whose answer is no unless it is yes.
func (p *Prompter) Agrees(ctx context.Context, question string) (bool, error) {
	answer, err := p.Answer(ctx, Question{Field: "answer", Label: question + " [y/N]"}, "")
	return strings.HasPrefix(strings.ToLower(answer), "y"), err
}

// secret asks for something that is not shown. The echo ends before the
// question appears: an immediate answer is not shown either.
func (p *Prompter) secret(ctx context.Context, label string) (secret string, err error) {
	before, err := term.MakeRaw(p.fd)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, term.Restore(p.fd, before)) }()
	console := term.NewTerminal(rawConsole{p.in, p.out}, "")
	return AwaitText(ctx, func() (string, error) { return console.ReadPassword(label + ": ") })
}

// rawConsole is a terminal in raw mode, where ctrl+c is a character: to read it
// fails with context.Canceled.
type rawConsole struct {
	io.Reader
	io.Writer
}

func (c rawConsole) Read(b []byte) (int, error) {
	const ctrlC = 3
	n, err := c.Reader.Read(b)
	if bytes.IndexByte(b[:n], ctrlC) >= 0 {
		return 0, context.Canceled
	}
	return n, err
}

// AwaitText is what read returns, or the error of ctx where that ends first.
// The reading cannot be called off: it stays behind until the program ends.
func AwaitText(ctx context.Context, read func() (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	results := make(chan result, 1)
	go func() {
		text, err := read()
		results <- result{text, err}
	}()
	select {
	case got := <-results:
		return got.text, got.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Ended explains the end of input where an answer should be.
func Ended(err error, field string) error {
	if errors.Is(err, io.EOF) {
		return tracker.Invalid(field, "the input ended before the %s was given", field)
	}
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}
