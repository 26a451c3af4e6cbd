package ownaction

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	"storydesk/ui/present"
)

// limit is how long a command may take that has not got the terminal.
const limit = 2 * time.Minute

// Runner does the actions of the user's commands.
type Runner struct {
	*pane.Host
	Service UseCases
	Table   Table
}

// MostRows is how many marked rows a command is run on at most.
const MostRows = 200

// row is what a command is run on: what it may say of it, and what people call it.
type row struct {
	name   string
	fields owncommand.Fields
}

// call is a run of a command: the arguments, and which row they are about.
type call struct {
	of   string
	args []string
}

// filled brings what a command is filled in with, row by row.
type filled struct {
	command owncommand.Command
	rows    []row
	err     error
}

// ended brings what became of a command. run names it to the window that shows it, 0
// for none.
type ended struct {
	run     int
	command owncommand.Command
	result  owncommand.Result
	err     error
	// calls is how often it was to run, done how often it did well, and of the row on
	// which it did not: it stops there.
	calls, done int
	of          string
}

// subject is what the cursor of the topmost pane is on.
func (r *Runner) subject() pane.Subject {
	if p, ok := r.Top().(pane.Pointing); ok {
		return p.Subject()
	}
	return pane.Subject{}
}

// marks counts the marked rows of the topmost pane.
func (r *Runner) marks() int {
	if p, ok := r.Top().(pane.Marking); ok {
		return p.Marks()
	}
	return 0
}

// choose returns the command of an action for what the cursor is on, or says why there
// is none.
func (r *Runner) choose(id intent.ActionID) (c owncommand.Command, refused string) {
	on := r.subject()
	for _, c := range r.Table.of[id] {
		switch {
		case c.Where == owncommand.OnTicket && on.Ticket == 0:
			refused = "“" + draw.Line(c.Name) + "” needs a ticket"
		case c.Where == owncommand.OnStory && on.Story == 0 && r.marks() == 0:
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
	on, refused := r.subjects(c)
	if refused != "" {
		return r.Refuse(refused), true
	}
	return r.fill(c, on), true
}

// subjects are what a command acts on: the marked rows, else that with the cursor. It says
// why there are none.
func (r *Runner) subjects(c owncommand.Command) (on []pane.Subject, refused string) {
	if c.Where == owncommand.OnBoard || r.marks() == 0 {
		return []pane.Subject{r.subject()}, ""
	}
	if n := r.marks(); n > MostRows {
		return nil, fmt.Sprintf("“%s” runs on %d rows at most; %d are marked", draw.Line(c.Name), MostRows, n)
	}
	marked, ok := r.Top().(pane.Marking)
	if !ok {
		return nil, ""
	}
	none := 0
	for _, s := range marked.Marked() {
		switch {
		case c.Where == owncommand.OnStory && s.Story == 0:
			none++
		case c.Where == owncommand.OnStory && slices.ContainsFunc(on, func(o pane.Subject) bool { return o.Story == s.Story }):
		default:
			on = append(on, s)
		}
	}
	switch {
	case none == 0 && len(on) == 0:
		return nil, "nothing is marked here"
	case none > 0:
		return nil, fmt.Sprintf("“%s” needs stories; %s without one", draw.Line(c.Name), tracker.Counted(none, "marked ticket is", "marked tickets are"))
	}
	return on, ""
}

// fill reads what the command may say of what it acts on.
func (r *Runner) fill(c owncommand.Command, on []pane.Subject) tea.Cmd {
	service, project := r.Service, r.Project.Name
	return r.Ask(func(ctx context.Context) tea.Msg {
		f := filled{command: c, rows: make([]row, len(on))}
		for i, s := range on {
			if f.rows[i], f.err = read(ctx, service, c.Where, s); f.err != nil {
				return f
			}
			f.rows[i].fields.Project = project
		}
		return f
	})
}

// read reads what a command may say of one row.
func read(ctx context.Context, service UseCases, where owncommand.Where, on pane.Subject) (r row, err error) {
	switch where {
	case owncommand.OnTicket:
		var d tracker.TicketDetail
		d, err = service.Views.Ticket(ctx, on.Integration, on.Ticket)
		r = row{name: on.Ticket.String(), fields: owncommand.Fields{Ticket: config.Ticket(d.Ticket)}}
	case owncommand.OnStory:
		var d tracker.StoryDetail
		d, err = service.Stories.Story(ctx, on.Story)
		r = row{name: on.Story.String(), fields: owncommand.Fields{Story: storyFields(d)}}
	case owncommand.OnBoard:
	}
	return r, err
}

// Update takes what was read, and how a command ended; false for all else.
func (r *Runner) Update(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case filled:
		if msg.err != nil {
			return r.Fail(msg.err), true
		}
		return r.ask(msg.command, msg.rows, map[string]string{}, 0), true
	case ended:
		if msg.run != 0 && r.shown(msg.run) {
			return nil, false // its window says it
		}
		return r.report(msg), true
	}
	return nil, false
}

// ask asks the command's prompts from the n-th on, then whether to run it. The answers are
// those for all rows.
func (r *Runner) ask(c owncommand.Command, rows []row, answers map[string]string, n int) tea.Cmd {
	if n < len(c.Prompts) {
		name := c.Prompts[n]
		p := dialog.NewPrompt(r.Host, draw.Line(c.Name)+" · "+draw.Line(name), "", func(text string) tea.Cmd {
			answers[name] = text
			return r.ask(c, rows, answers, n+1)
		})
		p.Reads = true
		return r.Open(p, pane.Line)
	}
	calls, err := callsOf(c, rows, answers)
	if err != nil {
		return r.Fail(err)
	}
	if !c.Confirm && len(rows) == 1 {
		return r.run(c, calls)
	}
	return r.Open(dialog.NewQuestion(r.Host, question(c, rows, calls), func() tea.Cmd { return r.run(c, calls) }), pane.Line)
}

// callsOf are the runs of a command: one for each row, or one for all together where it
// names their list.
func callsOf(c owncommand.Command, rows []row, answers map[string]string) ([]call, error) {
	var all owncommand.Fields
	for _, row := range rows {
		all.Tickets, all.Stories = append(all.Tickets, row.fields.Ticket), append(all.Stories, row.fields.Story)
	}
	if c.Together() {
		rows = rows[:1]
	}
	calls := make([]call, len(rows))
	for i, row := range rows {
		f := row.fields
		f.Tickets, f.Stories, f.Prompt = all.Tickets, all.Stories, answers
		args, err := c.Expand(f)
		if err != nil {
			return nil, err
		}
		calls[i] = call{row.name, args}
	}
	return calls, nil
}

// question asks whether to run a command, and says on how many rows. What it would run is
// shown where the user asked to confirm that.
func question(c owncommand.Command, rows []row, calls []call) string {
	name, what := "Run “"+draw.Line(c.Name)+"”", ""
	if c.Confirm {
		what = ": " + draw.Line(strings.Join(calls[0].args, " "))
	}
	if len(rows) == 1 {
		return name + what + "?"
	}
	of := present.StoryCount(len(rows))
	if c.Where == owncommand.OnTicket {
		of = present.TicketCount(len(rows))
	}
	if len(calls) == 1 {
		return fmt.Sprintf("%s once for %s%s?", name, of, what)
	}
	if what != "" {
		what += " …"
	}
	return fmt.Sprintf("%s %d times, once for each of %s%s?", name, len(calls), of, what)
}

// run starts the command, once for each call, one after the other.
func (r *Runner) run(c owncommand.Command, calls []call) tea.Cmd {
	switch c.Output {
	case owncommand.Terminal:
		return r.handOver(c, calls)
	case owncommand.Popup:
		return r.popUp(c, calls)
	case owncommand.NoOutput:
	}
	return tea.Batch(r.Say("Running “"+draw.Line(c.Name)+"”…"), r.beside(r.Context(), 0, c, calls))
}

// beside runs the command beside the program until parent ends.
func (r *Runner) beside(parent context.Context, run int, c owncommand.Command, calls []call) tea.Cmd {
	return r.Do(func(context.Context) tea.Msg { //nolint:contextcheck // parent ends with the program or before
		e := ended{run: run, command: c, calls: len(calls)}
		var printed owncommand.Result
		for _, one := range calls {
			e.of = one.of
			e.result, e.err = runOne(parent, one.args)
			printed = printed.Then(heading(one, calls), e.result)
			if e.err != nil || e.result.Code != 0 {
				break
			}
			e.done++
		}
		e.result.Output, e.result.Cut = printed.Output, printed.Cut
		return e
	})
}

// heading names the row that an output is about, where there are several.
func heading(c call, calls []call) string {
	if len(calls) == 1 {
		return ""
	}
	return "── " + c.of + " ──"
}

func runOne(parent context.Context, args []string) (owncommand.Result, error) {
	ctx, cancel := context.WithTimeout(parent, limit)
	defer cancel()
	return owncommand.Run(ctx, args)
}

// report says how a command ended.
func (r *Runner) report(msg ended) tea.Cmd {
	if why := failure(msg); why != "" {
		return r.Fail(errors.New(why))
	}
	said := "“" + draw.Line(msg.command.Name) + "” is done"
	if msg.calls > 1 {
		said += fmt.Sprintf(" · %d times", msg.calls)
	}
	return r.Say(said)
}

// failure says in one sentence how a command failed, empty when it did not.
func failure(msg ended) string {
	name, after := "“"+draw.Line(msg.command.Name)+"”", ""
	if msg.calls > 1 {
		name += " on " + msg.of
		after = fmt.Sprintf("; %d of %d are done", msg.done, msg.calls)
	}
	switch {
	case errors.Is(msg.err, context.DeadlineExceeded):
		return fmt.Sprintf("%s was stopped after %d minutes", name, int(limit.Minutes())) + after
	case errors.Is(msg.err, context.Canceled):
		return name + " was stopped" + after
	case msg.err != nil:
		return name + " could not be run: " + draw.Line(owncommand.Why(msg.err)) + after
	case msg.result.Code == 0:
		return ""
	}
	said := fmt.Sprintf("%s failed with exit status %d", name, msg.result.Code)
	if first, _, _ := strings.Cut(strings.TrimSpace(string(msg.result.Complaint)), "\n"); first != "" {
		said += ": " + draw.Line(first)
	}
	return said + after
}
