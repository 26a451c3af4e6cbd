package session

import (
	"fmt"
	"io"

	"storydesk/tracker"
	"storydesk/ui/cli/prompt"
)

// ReadInput reads standard input, at most limit bytes of it, as the text of a field.
func (p *Program) ReadInput(limit int64, field string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(p.In, limit+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read standard input: %w", err)
	case int64(len(text)) > limit:
		return "", tracker.Invalid(field, "standard input holds more than %d bytes", limit)
	}
	return string(text), nil
}

// Prompter returns nil where nobody can be asked: standard input is no
// terminal, or holds the secret.
func (p *Program) Prompter(inputTaken bool) *prompt.Prompter {
	if inputTaken {
		return nil
	}
	return prompt.New(p.In, p.Err)
}
