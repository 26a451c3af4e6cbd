package story

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// partKind is a kind of thing that hangs on a story, each on a row of its own.
type partKind uint8

// The kinds.
const (
	aBlocker partKind = iota
	aReview
	aFile
)

// editPart and togglePart ask to edit a part of the story, and to say how far it is.
type (
	editPart struct {
		kind partKind
		id   int64
	}
	togglePart editPart
)

// IsIntent marks an intent.
func (editPart) IsIntent() {}

// IsIntent marks an intent.
func (togglePart) IsIntent() {}

// parts changes what hangs on a story.
type parts struct {
	*fields
	tasks *tasks
	// read is what was read last.
	read func() tracker.StoryDetail
	// compose begins a comment that carries an attachment.
	compose func(tracker.StoryFile) tea.Cmd
	// path is what was entered to attach a file, until that is attached: a mistyped one is
	// corrected.
	path string
}

// none says that nothing that hangs on the story is at a stop, empty where it is.
func (p *parts) none(stop intent.Intent) string {
	if _, ok := stop.(editPart); ok || p.tasks.none(stop) == "" {
		return ""
	}
	return "no task, blocker, review or attachment is selected"
}

// toggleAt says how far the part or the task at a stop is.
func (p *parts) toggleAt(stop intent.Intent) tea.Cmd {
	if at, ok := stop.(editPart); ok {
		return p.toggle(at)
	}
	return p.tasks.toggle(stop)
}

// removeAt removes the part or the task at a stop.
func (p *parts) removeAt(stop intent.Intent) tea.Cmd {
	if at, ok := stop.(editPart); ok {
		return p.remove(at)
	}
	return p.tasks.remove(stop)
}

// add asks what to add, and for that.
func (p *parts) add() tea.Cmd {
	rows := []dialog.Choice{
		{Text: "Blocker", Note: "what the story waits for"},
		{Text: "Review", Note: "of the work on it"},
		{Text: "Followers", Note: "who want to know of it"},
		{Text: "Attachment", Note: "a file, by its path"},
	}
	ask := []func() tea.Cmd{p.addBlocker, p.addReview, p.pickFollowers, p.addFile}
	return p.Open(dialog.NewChooser(p.Host, fmt.Sprintf("Add to %s", p.latest().ID), rows, func(i int) tea.Cmd { return ask[i]() }), pane.Overlay)
}

func (p *parts) addBlocker() tea.Cmd {
	story := p.latest().ID
	prompt := dialog.NewPrompt(p.Host, fmt.Sprintf("%s waits for", story), "", func(text string) tea.Cmd {
		return p.change("", func(ctx context.Context, s Parts) error {
			_, err := s.AddBlocker(ctx, story, text)
			return err
		})
	})
	prompt.Hint = "anything, or a story such as S-14"
	return p.Open(prompt, pane.Line)
}

func (p *parts) addReview() tea.Cmd {
	story := p.latest().ID
	known := func(context.Context) ([]string, error) { return tracker.ReviewTypes(), nil }
	return p.choose("Review", "", strings.EqualFold, known, func(kind string) tea.Cmd {
		return p.change(fmt.Sprintf("%s: %s review added", story, kind), func(ctx context.Context, s Parts) error {
			_, err := s.AddReview(ctx, story, kind, "")
			return err
		})
	})
}

// choose asks for one value, known or new; same tells which are one. Nothing is done without one.
func (p *parts) choose(of, now string, same func(a, b string) bool, known func(context.Context) ([]string, error), save func(string) tea.Cmd) tea.Cmd {
	picker := dialog.NewPicker(p.Host, fmt.Sprintf("%s of %s", of, p.latest().ID), []string{now}, known, func(names []string) tea.Cmd {
		if len(names) == 0 {
			return nil
		}
		return save(names[0])
	})
	picker.Single, picker.Same = true, same
	return p.Open(picker, pane.Overlay)
}

func (p *parts) pickFollowers() tea.Cmd {
	story := p.latest().ID
	save := func(people []string) tea.Cmd {
		return p.change("", func(ctx context.Context, s Parts) error { return s.SetFollowers(ctx, story, people) })
	}
	picker := dialog.NewPicker(p.Host, fmt.Sprintf("Followers of %s", story), p.read().Parts.Followers, p.people(), save)
	picker.Same = person.Same
	return p.Open(picker, pane.Overlay)
}

// follow makes the user one of those who follow the story, or no longer.
func (p *parts) follow() tea.Cmd {
	story, follows := p.latest().ID, !p.read().Parts.Mine
	said := fmt.Sprintf("You follow %s", story)
	if !follows {
		said = fmt.Sprintf("You no longer follow %s", story)
	}
	return p.change(said, func(ctx context.Context, s Parts) error { return s.Follow(ctx, story, follows) })
}

// edit asks for a part's new text, or for its reviewer.
func (p *parts) edit(at editPart) tea.Cmd {
	story := p.latest().ID
	if v, ok := p.reviewAt(at); ok {
		return p.choose("Reviewer", v.Reviewer, person.Same, p.people(), func(name string) tea.Cmd {
			return p.change("", func(ctx context.Context, s Parts) error { return s.AssignReview(ctx, story, v.ID, name) })
		})
	}
	if f, ok := p.fileAt(at); ok {
		return p.useFile(f)
	}
	b, ok := p.blockerAt(at)
	if !ok {
		return nil
	}
	return p.Open(dialog.NewPrompt(p.Host, fmt.Sprintf("%s waits for", story), b.Text, func(text string) tea.Cmd {
		return p.change("", func(ctx context.Context, s Parts) error { return s.EditBlocker(ctx, story, b.ID, text) })
	}), pane.Line)
}

// toggle resolves a blocker or reopens it, and asks how far a review is.
func (p *parts) toggle(at editPart) tea.Cmd {
	story := p.latest().ID
	if b, ok := p.blockerAt(at); ok {
		return p.change("", func(ctx context.Context, s Parts) error { return s.ResolveBlocker(ctx, story, b.ID, !b.Resolved()) })
	}
	if f, ok := p.fileAt(at); ok {
		return p.useFile(f)
	}
	v, ok := p.reviewAt(at)
	if !ok {
		return nil
	}
	var rows []dialog.Choice
	for _, status := range tracker.ReviewStatuses() {
		rows = append(rows, dialog.Choice{Text: status.Words(), Current: status == v.Status})
	}
	return p.Open(dialog.NewChooser(p.Host, fmt.Sprintf("%s review of %s", v.Type, story), rows, func(i int) tea.Cmd {
		return p.change("", func(ctx context.Context, s Parts) error {
			return s.SetReview(ctx, story, v.ID, tracker.ReviewStatuses()[i])
		})
	}), pane.Overlay)
}

// remove removes a part.
func (p *parts) remove(at editPart) tea.Cmd {
	story := p.latest().ID
	if b, ok := p.blockerAt(at); ok {
		return p.change("", func(ctx context.Context, s Parts) error { return s.RemoveBlocker(ctx, story, b.ID) })
	}
	if v, ok := p.reviewAt(at); ok {
		return p.change("", func(ctx context.Context, s Parts) error { return s.RemoveReview(ctx, story, v.ID) })
	}
	if f, ok := p.fileAt(at); ok {
		return p.removeFile(f)
	}
	return nil
}

func (p *parts) blockerAt(at editPart) (tracker.Blocker, bool) {
	for _, b := range p.read().Parts.Blockers {
		if at == (editPart{aBlocker, int64(b.ID)}) {
			return b, true
		}
	}
	return tracker.Blocker{}, false
}

func (p *parts) reviewAt(at editPart) (tracker.Review, bool) {
	for _, v := range p.read().Parts.Reviews {
		if at == (editPart{aReview, int64(v.ID)}) {
			return v, true
		}
	}
	return tracker.Review{}, false
}

func (p *parts) change(said string, do func(context.Context, Parts) error) tea.Cmd {
	service, story := p.Service.Parts, p.latest().ID
	return command.ChangeNamed(p.Commands, func(ctx context.Context) pane.Done {
		return pane.Done{Said: said, Err: do(ctx, service), What: command.Outcome{Story: story}}
	})
}

// followers names those who follow a story, empty for nobody.
func followers(p tracker.Parts) string {
	if len(p.Followers) == 0 {
		return ""
	}
	return "followed by " + strings.Join(p.Followers, ", ")
}
