package importing

import (
	"context"
	"errors"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/source"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// stride is how many stories are done between two reports of progress.
const stride = 64

// step says how far the work is.
type step struct {
	transfer.Progress
	run  int
	rest <-chan step
}

// told is what an import says about rows, up to maxTold of each kind.
type told struct {
	findings, changes []string
	// more counts what is left out.
	more int
}

// maxTold is how many findings, and how many changed stories, are listed at most.
const maxTold = 10_000

func (t *told) add(list *[]string, text string) {
	if len(*list) == maxTold {
		t.more++
		return
	}
	*list = append(*list, draw.Line(text))
}

// over says how the work ended.
type over struct {
	run    int
	report transfer.Report
	told   told
	err    error
}

// read finds out what an import would do.
func (p *Pane) read() tea.Cmd { return p.begin(reading) }

// bring imports the file, when it is known who is meant by the names in it.
func (p *Pane) bring() tea.Cmd {
	if unsure := p.unanswered(); len(unsure) > 0 {
		return p.askPerson(unsure[0], p.bring)
	}
	return p.begin(writing)
}

// unanswered are the people of whom it is not known whether they are somebody here.
func (p *Pane) unanswered() []transfer.Person {
	return slices.DeleteFunc(p.report.Unsure(), func(person transfer.Person) bool {
		_, answered := p.people[person.Name]
		return answered
	})
}

// begin reads or imports the file, in place of what is under way.
func (p *Pane) begin(as stage) tea.Cmd {
	p.stop()
	ctx, stop := context.WithCancel(p.Context())
	steps := make(chan step, 1)
	p.stage, p.stop, p.run, p.problem = as, stop, p.Next(), ""
	p.progress = step{}
	p.show(nil)
	run, service, file, people := p.run, p.Service, p.path.chosen, maps.Clone(p.people)
	o := transfer.Options{Project: p.project.ID, DryRun: as == reading, People: people}
	return tea.Batch(p.Do(func(context.Context) tea.Msg {
		defer close(steps)
		defer stop()
		return work(ctx, service, file, o, run, steps)
	}), pane.NextStep(steps))
}

// work reads or imports a file.
func work(ctx context.Context, service UseCases, file string, o transfer.Options, run int, steps chan step) (end over) {
	end.run = run
	from, opened, err := source.Open(file, nil)
	if err != nil {
		end.err = err
		return end
	}
	o.Found = func(f transfer.Finding) { end.told.add(&end.told.findings, f.String()) }
	o.Changed = func(c transfer.Change) { end.told.add(&end.told.changes, c.String()) }
	o.Progress = func(p transfer.Progress) {
		if p.Stories%stride > 0 && p.Stories != p.AllStories {
			return
		}
		select {
		case steps <- step{p, run, steps}:
		default: // the one before has not been shown
		}
	}
	end.report, err = service.Imports.Import(ctx, from, o)
	end.err = errors.Join(err, opened.Close())
	return end
}

// took shows how the work ended.
func (p *Pane) took(end over) tea.Cmd {
	was := p.stage
	p.report, p.readable = end.report, end.err == nil || was == writing
	if end.err != nil {
		p.stage = asking
		p.problem = draw.Line(end.err.Error())
		if was == writing {
			p.problem = "Nothing was imported. " + p.problem
		}
		if errors.Is(end.err, context.Canceled) {
			p.problem = "Stopped. Nothing was imported."
		}
		return nil
	}
	p.stage = ready
	if was == writing {
		p.stage = done
		p.show(lines(p.report, end.told))
		return p.Say("Imported " + p.fileName() + ": " + present.StoryCount(p.report.Counts[transfer.Stories].Added) + " added, " +
			tracker.Counted(p.report.Counts[transfer.Stories].Changed, "one changed", "changed"))
	}
	p.show(lines(p.report, end.told))
	return nil
}
