package ownaction

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/owncommand"
	"storydesk/ui/pane"
)

// limit is how long a command may take that has not got the terminal.
const limit = 2 * time.Minute

// Runner does the actions of the user's commands.
type Runner struct {
	*pane.Host
	Service UseCases
	Table   Table
}

// filled brings what a command is filled in with.
type filled struct {
	command owncommand.Command
	fields  owncommand.Fields
	err     error
}

// ended brings what became of a command. run names it to the window that shows it, 0
// for none.
type ended struct {
	run     int
	command owncommand.Command
	result  owncommand.Result
	err     error
}

// subject is what the cursor of the topmost pane is on.
func (r *Runner) subject() pane.Subject {
	if p, ok := r.Top().(pane.Pointing); ok {
		return p.Subject()
	}
	return pane.Subject{}
}

// choose returns the command of an action for what the cursor is on, or says why there
// is none.
func (r *Runner) choose(id intent.ActionID) (c owncommand.Command, refused string) {
	on := r.subject()
	for _, c := range r.Table.of[id] {
		switch {
		case c.Where == owncommand.OnTicket && on.Ticket == 0:
			refused = "“" + draw.Line(c.Name) + "” needs a ticket"
		case c.Where == owncommand.OnStory && on.Story == 0:
			refused = "“" + draw.Line(c.Name) + "” needs a story"
		default:
			return c, ""
		}
	}
	return c, refused
}

// Disabled says why a command cannot be run now; empty when it can, and for all that
// is no command.
func (r *Runner) Disabled(id intent.ActionID) string {
	_, refused := r.choose(id)
	return refused
}

// Handle runs a command; false for all that is none.
func (r *Runner) Handle(in intent.Intent) (tea.Cmd, bool) {
	act, ok := in.(intent.Act)
	if !ok || len(r.Table.of[act.ID]) == 0 {
		return nil, false
	}
	c, refused := r.choose(act.ID)
	if refused != "" {
		return r.Refuse(refused), true
	}
	return r.fill(c, r.subject()), true
}

// fill reads what the command may say.
func (r *Runner) fill(c owncommand.Command, on pane.Subject) tea.Cmd {
	service, project := r.Service, r.Project.Name
	return r.Ask(func(ctx context.Context) tea.Msg {
		f := filled{command: c, fields: owncommand.Fields{Project: project, Prompt: map[string]string{}}}
		switch c.Where {
		case owncommand.OnTicket:
			var d tracker.TicketDetail
			d, f.err = service.Views.Ticket(ctx, on.Integration, on.Ticket)
			f.fields.Ticket = config.Ticket(d.Ticket)
		case owncommand.OnStory:
			var d tracker.StoryDetail
			d, f.err = service.Stories.Story(ctx, on.Story)
			f.fields.Story = storyFields(d)
		case owncommand.OnBoard:
		}
		return f
	})
}

// Update takes what was read, and how a command ended; false for all else.
func (r *Runner) Update(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case filled:
		if msg.err != nil {
			return r.Fail(msg.err), true
		}
		return r.ask(msg.command, msg.fields, 0), true
	case ended:
		if msg.run != 0 && r.shown(msg.run) {
			return nil, false // its window says it
		}
		return r.report(msg), true
	}
	return nil, false
}

// ask asks the command's prompts from the n-th on, then whether to run it.
func (r *Runner) ask(c owncommand.Command, f owncommand.Fields, n int) tea.Cmd {
	if n < len(c.Prompts) {
		name := c.Prompts[n]
		p := dialog.NewPrompt(r.Host, draw.Line(c.Name)+" · "+draw.Line(name), "", func(text string) tea.Cmd {
			f.Prompt[name] = text
			return r.ask(c, f, n+1)
		})
		p.Reads = true
		return r.Open(p, pane.Line)
	}
	args, err := c.Expand(f)
	if err != nil {
		return r.Fail(err)
	}
	if !c.Confirm {
		return r.run(c, args)
	}
	return r.Open(dialog.NewQuestion(r.Host, "Run “"+draw.Line(c.Name)+"”: "+draw.Line(strings.Join(args, " "))+"?", func() tea.Cmd { return r.run(c, args) }), pane.Line)
}

// run starts the command.
func (r *Runner) run(c owncommand.Command, args []string) tea.Cmd {
	switch c.Output {
	case owncommand.Terminal:
		return r.handOver(c, args)
	case owncommand.Popup:
		return r.popUp(c, args)
	case owncommand.NoOutput:
	}
	return tea.Batch(r.Say("Running “"+draw.Line(c.Name)+"”…"), r.beside(r.Context(), 0, c, args))
}

// beside runs the command beside the program until parent ends.
func (r *Runner) beside(parent context.Context, run int, c owncommand.Command, args []string) tea.Cmd {
	return r.Do(func(context.Context) tea.Msg { //nolint:contextcheck // parent ends with the program or before
		ctx, cancel := context.WithTimeout(parent, limit)
		defer cancel()
		result, err := owncommand.Run(ctx, args)
		return ended{run, c, result, err}
	})
}

// report says how a command ended.
func (r *Runner) report(msg ended) tea.Cmd {
	if why := failure(msg); why != "" {
		return r.Fail(errors.New(why))
	}
	return r.Say("“" + draw.Line(msg.command.Name) + "” is done")
}

// failure says in one sentence how a command failed, empty when it did not.
func failure(msg ended) string {
	name := "“" + draw.Line(msg.command.Name) + "”"
	switch {
	case errors.Is(msg.err, context.DeadlineExceeded):
		return fmt.Sprintf("%s was stopped after %d minutes", name, int(limit.Minutes()))
	case errors.Is(msg.err, context.Canceled):
		return name + " was stopped"
	case msg.err != nil:
		return name + " could not be run: " + draw.Line(owncommand.Why(msg.err))
	case msg.result.Code == 0:
		return ""
	}
	said := fmt.Sprintf("%s failed with exit status %d", name, msg.result.Code)
	if first, _, _ := strings.Cut(strings.TrimSpace(string(msg.result.Complaint)), "\n"); first != "" {
		said += ": " + draw.Line(first)
	}
	return said
}
