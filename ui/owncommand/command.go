package owncommand

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"
)

// Where says what a command acts on.
type Where string

// The places of commands.
const (
	// OnTicket and OnStory need a ticket or a story that the cursor is on.
	OnTicket Where = "ticket"
	OnStory  Where = "story"
	// OnBoard needs neither.
	OnBoard Where = "board"
)

// Output says what becomes of what a command prints.
type Output string

// The outputs.
const (
	// NoOutput is shown only when the command fails.
	NoOutput Output = "none"
	// Popup shows it in a window of the board.
	Popup Output = "popup"
	// Terminal gives the command the terminal until it ends.
	Terminal Output = "terminal"
)

// Command is a command on a key.
type Command struct {
	// Key runs it; Name is what help and the palette call it.
	Key, Name string
	Where     Where
	// Args are the program and its arguments, which may contain fields
	// such as {{.Ticket.ID}}.
	Args []string
	// Prompts are asked for before it runs. The answer to "branch" is {{.Prompt.branch}}.
	Prompts []string
	// Confirm asks before it runs.
	Confirm bool
	Output  Output
}

// Ticket is what a command may say of a ticket.
type Ticket struct {
	ID, Subject, Status, Priority, Requester, Organisation, URL string
}

// Story is what a command may say of a story.
type Story struct {
	ID, Name, Type, State, Owner, Description string
	Labels                                    []string
	Tickets                                   []Ticket
}

// Fields are what a command is filled in with.
type Fields struct {
	Project string
	Ticket  Ticket
	Story   Story
	// Tickets and Stories are all that it acts on: the marked ones, else the one that the
	// cursor is on.
	Tickets []Ticket
	Stories []Story
	Prompt  map[string]string
}

// Check returns all that is wrong with the arguments: one error each, with the
// argument's index.
func (c Command) Check() []ArgumentError {
	if len(c.Args) == 0 || c.Args[0] == "" {
		return []ArgumentError{{0, "command needs a program, such as [\"git\", \"switch\", \"{{.Story.ID}}\"]"}}
	}
	var list []ArgumentError
	if strings.Contains(c.Args[0], "{{") {
		list = append(list, ArgumentError{0, "the program's name cannot contain fields; put them into the arguments"})
	}
	sample := c.data(c.sample())
	for i, text := range c.Args[1:] {
		if _, err := expand(text, sample); err != nil {
			list = append(list, ArgumentError{i + 1, explain(err, c.fieldNames())})
		}
	}
	return list
}

// sample are fields of which none is empty.
func (c Command) sample() Fields {
	story := Story{Labels: []string{""}, Tickets: []Ticket{{}}}
	f := Fields{Prompt: map[string]string{}, Story: story, Stories: []Story{story}, Tickets: []Ticket{{}}}
	for _, name := range c.Prompts {
		f.Prompt[name] = ""
	}
	return f
}

// Together reports whether the command names the list of all that it acts on, such as
// {{range .Stories}}: it runs once for all of them then, else once for each.
func (c Command) Together() bool {
	data := c.data(c.sample())
	delete(data, "Tickets")
	delete(data, "Stories")
	return slices.ContainsFunc(c.Args, func(text string) bool {
		_, err := expand(text, data)
		return err != nil
	})
}

// ArgumentError says what is wrong with an argument.
type ArgumentError struct {
	// Index counts from 0, the program.
	Index   int
	Message string
}

// Expand fills the arguments in: as many as the command has, whatever the
// fields contain.
func (c Command) Expand(f Fields) ([]string, error) {
	if errs := c.Check(); len(errs) > 0 {
		return nil, fmt.Errorf("command on %s: %s", c.Key, errs[0].Message)
	}
	args := []string{c.Args[0]}
	for _, text := range c.Args[1:] {
		arg, err := expand(text, c.data(f))
		if err != nil {
			return nil, fmt.Errorf("command on %s: %s", c.Key, explain(err, c.fieldNames()))
		}
		if strings.ContainsRune(arg, 0) {
			return nil, fmt.Errorf("command on %s: an argument contains a zero byte, which no program takes", c.Key)
		}
		args = append(args, arg)
	}
	return args, nil
}

// data are the fields that exist where the command runs.
func (c Command) data(f Fields) map[string]any {
	prompt := f.Prompt
	if prompt == nil {
		prompt = map[string]string{}
	}
	data := map[string]any{"Project": f.Project, "Prompt": prompt}
	switch c.Where {
	case OnTicket:
		data["Ticket"], data["Tickets"] = f.Ticket, f.Tickets
	case OnStory:
		data["Story"], data["Stories"] = f.Story, f.Stories
	case OnBoard:
	}
	return data
}

// fieldNames lists the fields for an error.
func (c Command) fieldNames() []string {
	names := []string{".Project"}
	switch c.Where {
	case OnTicket:
		names = append(append(names, ticketFields()...), ".Tickets")
	case OnStory:
		names = append(append(names, storyFields()...), ".Stories")
	case OnBoard:
	}
	for _, p := range c.Prompts {
		names = append(names, ".Prompt."+p)
	}
	return names
}

func ticketFields() []string {
	return []string{
		".Ticket.ID", ".Ticket.Subject", ".Ticket.Status", ".Ticket.Priority", ".Ticket.Requester", ".Ticket.Organisation", ".Ticket.URL",
	}
}

func storyFields() []string {
	return []string{
		".Story.ID", ".Story.Name", ".Story.Type", ".Story.State", ".Story.Owner", ".Story.Description", ".Story.Labels", ".Story.Tickets",
	}
}

// CheckStory returns what is wrong with the template of a story, which may name
// the ticket that the story is made from; empty for nothing.
func CheckStory(text string) string {
	for _, t := range []*Ticket{{}, nil} {
		if _, err := ExpandStory(text, "", t); err != nil && !needsTicket(err) {
			return explain(err, append([]string{".Project"}, ticketFields()...))
		}
	}
	return ""
}

// ExpandStory fills the template of a story in. t is the ticket that the story is made
// from; without one a template that names a field of it fails, except where it asks
// {{with .Ticket}} or {{if .Ticket}} first.
func ExpandStory(text, project string, t *Ticket) (string, error) {
	return expand(text, map[string]any{"Project": project, "Ticket": t})
}

// NamesTicket reports whether the template of a story says anything of a ticket.
func NamesTicket(text, project string) bool {
	_, err := expand(text, map[string]any{"Project": project})
	return err != nil
}

// needsTicket reports whether a template failed because there is no ticket.
func needsTicket(err error) bool {
	return errors.As(err, new(template.ExecError)) && strings.Contains(err.Error(), "nil pointer evaluating")
}

// Wheres and Outputs list the words that a config may use.
func Wheres() []string { return []string{string(OnTicket), string(OnStory), string(OnBoard)} }

// Outputs lists the outputs by name.
func Outputs() []string { return []string{string(NoOutput), string(Popup), string(Terminal)} }

// explain names the field that does not exist, and those that do.
func explain(err error, fields []string) string {
	message := err.Error()
	if errors.As(err, new(notSimpleError)) {
		return message
	}
	if _, after, found := strings.Cut(message, "at <"); found {
		field, _, _ := strings.Cut(after, ">")
		if !slices.Contains(fields, field) {
			return fmt.Sprintf("there is no field %s here; use any of %s", field, strings.Join(fields, " "))
		}
	}
	message = strings.TrimPrefix(message, "template: :1: ")
	return "the template cannot be read (" + strings.TrimPrefix(message, "template: ") + "); fields look like {{" + fields[len(fields)-1] + "}}"
}
