package ui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/present"
)

// storyPane shows one story: its fields, which are edited where they stand, its
// tickets, tasks, comments with what became of their notes, and history. A
// comment is written below them.
type storyPane struct {
	*shell
	id tracker.StoryID
	// asked is the generation of the last reading.
	asked int
	// detail is nil until the story was read, and after it was deleted.
	detail       *tracker.StoryDetail
	integrations []tracker.Integration
	carriers     present.Carriers
	// awaited is an action to be done when the story was read, empty for none.
	awaited intent.ActionID
	// renewed is true from a saving until the story was read again, said from
	// the sending of a comment.
	renewed, said bool
	// problem is the sentence of the error that the last reading ended with.
	problem string
	doc     document.Document
	comment composer
	// edit is the text that is being edited in place, nil when none is.
	edit *textEdit
	// described and written are the drafts of the description and of what was
	// written in the user's editor; base is the story as it was then.
	described, written draft
	base               tracker.Story
}

// storyRead brings a story with all that its detail shows.
type storyRead struct {
	asked        int
	detail       tracker.StoryDetail
	integrations []tracker.Integration
	err          error
}

func newStoryPane(s *shell, id tracker.StoryID) *storyPane {
	return &storyPane{
		shell: s, id: id, comment: newComposer(s, commentKey(id)), doc: document.Document{Cursor: editField{present.FieldName}},
		described: draft{shell: s, key: describedKey(id)}, written: draft{shell: s, key: writtenKey(id)},
	}
}

// detailActions are those of a story's and a ticket's detail, besides those
// that they share with the board in scopeItem and scopeList.
func detailActions() []action {
	return []action{
		{id: intent.ActBack, scope: scopeDetail, keys: bind("esc", "back", "esc"), group: groupScreens, help: "go back to the board", footer: 70},
		{id: intent.ActRefresh, scope: scopeDetail, keys: bind("r", "refresh", "r"), group: groupView, help: "refresh the story or the conversation"},
		{id: intent.ActMove, scope: scopeDetail, keys: bind("m", "move", "m"), group: groupItem, help: "move anywhere on the board"},
		{id: intent.ActNextStop, scope: scopeStops, keys: bind("tab", "next", "tab"), group: groupMove, help: "go to the next field or link"},
		{id: intent.ActPrevStop, scope: scopeStops, keys: bind("shift+tab", "previous", "shift+tab"), group: groupMove, help: "go to the previous field or link"},
		{id: intent.ActOpen, scope: scopeStops, keys: bind("enter", "open", "enter"), group: groupItem, help: "edit the field or open the link", footer: 5},
		{id: intent.ActAddTask, scope: scopeStory, keys: bind("a", "add task", "a"), group: groupItem, help: "add a task"},
		{id: intent.ActToggle, scope: scopeStory, keys: bind("space", "done", "space"), group: groupItem, help: "complete or reopen the task", footer: 6},
		{id: intent.ActMoveDown, scope: scopeStory, keys: bind("J", "task down", "J"), group: groupItem, help: "move the task down"},
		{id: intent.ActMoveUp, scope: scopeStory, keys: bind("K", "task up", "K"), group: groupItem, help: "move the task up"},
		{id: intent.ActRemoveTask, scope: scopeStory, keys: bind("X", "remove task", "X"), group: groupItem, help: "remove the task"},
		{id: intent.ActSend, scope: scopeComposer, keys: bind("ctrl+s", "send", "ctrl+s"), group: groupText, help: "send the comment", footer: 1},
		{id: intent.ActPreview, scope: scopeComposer, keys: bind("ctrl+y", "preview", "ctrl+y"), group: groupText, help: "preview the private comment", footer: 4},
		{id: intent.ActBack, scope: scopePreview, keys: bind("esc", "back", "esc"), group: groupText, help: "go back", footer: 1},
		{id: intent.ActEditor, scope: scopeComposer, keys: bind("ctrl+o", "editor", "ctrl+o"), group: groupText, help: "edit in $VISUAL or $EDITOR", footer: 2},
		{id: intent.ActBack, scope: scopeComposer, keys: bind("esc", "save the draft", "esc"), group: groupText, help: "save the draft and go back", footer: 3},
	}
}

// Init reads the story and the texts that were begun.
func (p *storyPane) Init() tea.Cmd {
	return tea.Batch(p.reload(), p.comment.ask(), p.described.ask(), p.written.ask(), p.see())
}

// Working while the story is read for the first time.
func (p *storyPane) Working() bool { return p.detail == nil && p.problem == "" }

// see notes that the story is looked at. That it is gone is told by its reading.
func (p *storyPane) see() tea.Cmd {
	id, service := p.id, p.service
	return p.do(func(ctx context.Context) tea.Msg {
		if err := service.Views.SeeStory(ctx, id); tracker.CodeOf(err) != tracker.CodeNotFound {
			return done{err: err}
		}
		return nil
	})
}

func (p *storyPane) reload() tea.Cmd {
	p.asked = p.next()
	asked, id, service := p.asked, p.id, p.service
	return p.do(func(ctx context.Context) tea.Msg {
		read := storyRead{asked: asked}
		if read.detail, read.err = service.Stories.Story(ctx, id); read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
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
	case spun:
		p.doc.Changed()
	case ticked:
		p.doc.Aged(p.service.Now())
		if p.countsDown() {
			p.doc.Changed()
		}
	default:
		return p.updateTexts(msg)
	}
	return nil
}

// show takes what was read. A story that is gone takes its pane with it, unless
// somebody is writing on it.
func (p *storyPane) show(read storyRead) tea.Cmd {
	p.doc.Changed()
	p.problem, p.renewed = "", false
	if read.err == nil {
		p.detail, p.integrations, p.carriers = &read.detail, read.integrations, present.CarriersOf(read.integrations)
		if p.said {
			p.said = false
			p.doc.ShowEnd(sectionComments)
		}
		return p.doAwaited()
	}
	p.problem, p.awaited = draw.Line(read.err.Error()), ""
	gone := tracker.CodeOf(read.err) == tracker.CodeNotFound
	switch {
	case !gone || p.top() != pane(p) || p.comment.open || p.edit != nil:
		return nil
	case p.detail == nil:
		return tea.Batch(p.close(), p.warn(p.problem))
	}
	return tea.Batch(p.close(), p.warn(fmt.Sprintf("%s was deleted", p.id)))
}

// countsDown tells whether the seconds until a note leaves are shown.
func (p *storyPane) countsDown() bool {
	return p.detail != nil && slices.ContainsFunc(p.detail.Deliveries, func(d tracker.Delivery) bool {
		return present.Counting(d, p.carriers.Held(d), p.service.Now().Add(-present.CountdownEnd))
	})
}

// Handle does what is asked of the story.
func (p *storyPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch {
	case p.edit != nil:
		return p.handleEdit(in)
	case p.comment.open:
		return p.handleComment(in)
	case p.doc.Handle(in):
		return nil, true
	}
	switch in := in.(type) {
	case intent.Act:
		return p.act(in.ID)
	case editField, editTask, addTask:
		return p.beginEdit(in), true
	case toggleTask:
		return p.toggleTask(in.id), true
	}
	return nil, false
}

// Scopes leaves out all letters while a text is being written.
func (p *storyPane) Scopes() []scope {
	switch {
	case p.edit != nil && p.edit.text != nil:
		return []scope{scopeDescription}
	case p.edit != nil:
		return []scope{scopeField}
	case p.comment.open:
		return []scope{scopeComposer}
	}
	return []scope{scopeStory, scopeStops, scopeDetail, scopeItem, scopeList, scopeGlobal}
}

// Close keeps the texts that were begun.
func (p *storyPane) Close() tea.Cmd { return tea.Batch(p.keepDraft(), p.keepDescription()) }
