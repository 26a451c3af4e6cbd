package ui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// storyPane shows one story: its tickets, description, comments with what
// became of their notes, and history. A comment is written below them.
type storyPane struct {
	*shell
	id tracker.StoryID
	// asked is the generation of the last reading.
	asked int
	// detail is nil until the story was read, and after it was deleted.
	detail       *tracker.StoryDetail
	integrations []tracker.Integration
	carriers     carriers
	// awaited is an action to be done when the story was read, empty for none.
	awaited actionID
	// problem is the sentence of the error that the last reading ended with.
	problem string
	doc     document
	comment commentDraft
}

// storyRead brings a story with all that its detail shows.
type storyRead struct {
	asked        int
	detail       tracker.StoryDetail
	integrations []tracker.Integration
	err          error
}

func newStoryPane(s *shell, id tracker.StoryID) *storyPane {
	return &storyPane{shell: s, id: id, comment: newCommentDraft(s, id)}
}

// detailActions are those of a story's and a ticket's detail, besides those
// that they share with the board in scopeItem and scopeList.
func detailActions() []action {
	return []action{
		{id: actBack, scope: scopeDetail, keys: bind("esc", "back", "esc"), group: groupScreens, help: "back to the board", footer: 70},
		{id: actRefresh, scope: scopeDetail, keys: bind("r", "refresh", "r"), group: groupView, help: "read the story or the conversation again"},
		{id: actMove, scope: scopeDetail, keys: bind("m", "move", "m"), group: groupItem, help: "to any place on the board"},
		{id: actSend, scope: scopeComposer, keys: bind("ctrl+s", "send", "ctrl+s"), group: groupText, help: "send the comment", footer: 1},
		{id: actEditor, scope: scopeComposer, keys: bind("ctrl+o", "editor", "ctrl+o"), group: groupText, help: "write it in $VISUAL or $EDITOR", footer: 2},
		{id: actBack, scope: scopeComposer, keys: bind("esc", "keep the draft", "esc"), group: groupText, help: "keep the draft and go back", footer: 3},
	}
}

// Init reads the story and the comment that was begun.
func (p *storyPane) Init() tea.Cmd { return tea.Batch(p.reload(), p.comment.draft.ask()) }

func (p *storyPane) reload() tea.Cmd {
	p.asked = p.next()
	asked, id, service := p.asked, p.id, p.service
	return p.do(func(ctx context.Context) tea.Msg {
		read := storyRead{asked: asked}
		if read.detail, read.err = service.Story(ctx, id); read.err == nil {
			read.integrations, read.err = service.Integrations(ctx, read.detail.Story.ProjectID)
		}
		return read
	})
}

// Update follows what changes, and types the comment.
func (p *storyPane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changed:
		if msg.hint.Has(tracker.HintStories | tracker.HintTickets | tracker.HintDeliveries | tracker.HintIntegrations) {
			return p.reload()
		}
	case storyRead:
		if msg.asked == p.asked {
			return p.show(msg)
		}
	case ticked:
		p.doc.aged(p.service.Now())
		if p.countsDown() {
			p.doc.changed()
		}
	default:
		return p.updateComment(msg)
	}
	return nil
}

// show takes what was read. A story that is gone takes its pane with it, unless
// somebody is writing on it.
func (p *storyPane) show(read storyRead) tea.Cmd {
	p.doc.changed()
	p.problem = ""
	if read.err == nil {
		p.detail, p.integrations, p.carriers = &read.detail, read.integrations, carriersOf(read.integrations)
		return p.doAwaited()
	}
	gone := p.detail != nil && tracker.CodeOf(read.err) == tracker.CodeNotFound
	p.problem = line(read.err.Error())
	if gone && p.top() == pane(p) && !p.comment.open {
		return tea.Batch(p.close(), p.warn(fmt.Sprintf("%s was deleted", p.id)))
	}
	return nil
}

// countsDown tells whether the seconds until a note leaves are shown.
func (p *storyPane) countsDown() bool {
	return p.detail != nil && slices.ContainsFunc(p.detail.Deliveries, func(d tracker.Delivery) bool {
		return counting(d, p.carriers.held(d), p.service.Now().Add(-countdownEnd))
	})
}

// Handle does what is asked of the story.
func (p *storyPane) Handle(in intent) (tea.Cmd, bool) {
	if p.comment.open {
		return p.handleComment(in)
	}
	if p.doc.handle(in) {
		return nil, true
	}
	if do, ok := in.(act); ok {
		return p.act(do.id)
	}
	return nil, false
}

// Scopes leaves out all letters while a comment is being written.
func (p *storyPane) Scopes() []scope {
	if p.comment.open {
		return []scope{scopeComposer}
	}
	return []scope{scopeDetail, scopeItem, scopeList, scopeGlobal}
}

// Close keeps the comment that was begun.
func (p *storyPane) Close() tea.Cmd { return p.keepDraft() }
