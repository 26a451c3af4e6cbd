package story

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// Pane shows one story: its fields, which are edited where they stand, its
// tickets, tasks, comments with what became of their notes, and history. A
// comment is written below them.
type Pane struct {
	*pane.Host
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
	comment command.Composer
	// edit is the text that is being edited in place, nil when none is.
	edit *textEdit
	// described and written are the drafts of the description and of what was
	// written in the user's editor; base is the story as it was then.
	described, written dialog.Draft
	base               tracker.Story
}

// storyRead brings a story with all that its detail shows.
type storyRead struct {
	asked        int
	detail       tracker.StoryDetail
	integrations []tracker.Integration
	err          error
}

// New makes the detail of a story, to be opened with [pane.Side].
func New(h *pane.Host, id tracker.StoryID) *Pane {
	return &Pane{
		Host: h, id: id, comment: command.NewComposer(h, CommentKey(id)), doc: document.Document{Cursor: EditField{present.FieldName}},
		described: dialog.Draft{Host: h, Key: describedKey(id)}, written: dialog.Draft{Host: h, Key: writtenKey(id)},
	}
}

// DetailActions are those of a story's and a ticket's detail, besides those
// that they share with the board in scopeItem and scopeList.
func DetailActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActBack, Scope: keymap.ScopeDetail, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "go back to the board", Footer: 70},
		{ID: intent.ActRefresh, Scope: keymap.ScopeDetail, Keys: keymap.Bind("r", "refresh", "r"), Group: keymap.GroupView, Help: "refresh the story or the conversation"},
		{ID: intent.ActMove, Scope: keymap.ScopeDetail, Keys: keymap.Bind("m", "move", "m"), Group: keymap.GroupItem, Help: "move anywhere on the board"},
		{ID: intent.ActNextStop, Scope: keymap.ScopeStops, Keys: keymap.Bind("tab", "next", "tab"), Group: keymap.GroupMove, Help: "go to the next field or link"},
		{ID: intent.ActPrevStop, Scope: keymap.ScopeStops, Keys: keymap.Bind("shift+tab", "previous", "shift+tab"), Group: keymap.GroupMove, Help: "go to the previous field or link"},
		{ID: intent.ActOpen, Scope: keymap.ScopeStops, Keys: keymap.Bind("enter", "open", "enter"), Group: keymap.GroupItem, Help: "edit the field or open the link", Footer: 5},
		{ID: intent.ActAddTask, Scope: keymap.ScopeStory, Keys: keymap.Bind("a", "add task", "a"), Group: keymap.GroupItem, Help: "add a task"},
		{ID: intent.ActToggle, Scope: keymap.ScopeStory, Keys: keymap.Bind("space", "done", "space"), Group: keymap.GroupItem, Help: "complete or reopen the task", Footer: 6},
		{ID: intent.ActMoveDown, Scope: keymap.ScopeStory, Keys: keymap.Bind("J", "task down", "J"), Group: keymap.GroupItem, Help: "move the task down"},
		{ID: intent.ActMoveUp, Scope: keymap.ScopeStory, Keys: keymap.Bind("K", "task up", "K"), Group: keymap.GroupItem, Help: "move the task up"},
		{ID: intent.ActRemoveTask, Scope: keymap.ScopeStory, Keys: keymap.Bind("X", "remove task", "X"), Group: keymap.GroupItem, Help: "remove the task"},
		{ID: intent.ActSend, Scope: keymap.ScopeComposer, Keys: keymap.Bind("ctrl+s", "send", "ctrl+s"), Group: keymap.GroupText, Help: "send the comment", Footer: 1},
		{ID: intent.ActPreview, Scope: keymap.ScopeComposer, Keys: keymap.Bind("ctrl+y", "preview", "ctrl+y"), Group: keymap.GroupText, Help: "preview the private comment", Footer: 4},
		{ID: intent.ActBack, Scope: keymap.ScopePreview, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupText, Help: "go back", Footer: 1},
		{ID: intent.ActEditor, Scope: keymap.ScopeComposer, Keys: keymap.Bind("ctrl+o", "editor", "ctrl+o"), Group: keymap.GroupText, Help: "edit in $VISUAL or $EDITOR", Footer: 2},
		{ID: intent.ActBack, Scope: keymap.ScopeComposer, Keys: keymap.Bind("esc", "save the draft", "esc"), Group: keymap.GroupText, Help: "save the draft and go back", Footer: 3},
	}
}

// Init reads the story and the texts that were begun.
func (p *Pane) Init() tea.Cmd {
	return tea.Batch(p.reload(), p.comment.Ask(), p.described.Ask(), p.written.Ask(), p.see())
}

// Working while the story is read for the first time.
func (p *Pane) Working() bool { return p.detail == nil && p.problem == "" }

// Settled reports whether the story and the texts that were begun on it have been
// read: what is typed now goes on with them.
func (p *Pane) Settled() bool {
	return p.detail != nil && p.comment.Read && p.described.Read && p.written.Read
}

// see notes that the story is looked at. That it is gone is told by its reading.
func (p *Pane) see() tea.Cmd {
	id, service := p.id, p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		if err := service.Views.SeeStory(ctx, id); tracker.CodeOf(err) != tracker.CodeNotFound {
			return pane.Done{Err: err}
		}
		return nil
	})
}

func (p *Pane) reload() tea.Cmd {
	p.asked = p.Next()
	asked, id, service := p.asked, p.id, p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		read := storyRead{asked: asked}
		if read.detail, read.err = service.Stories.Story(ctx, id); read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

// Update follows what changes, and types the comment.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories | tracker.HintTickets | tracker.HintDeliveries | tracker.HintIntegrations) {
			return p.reload()
		}
	case storyRead:
		if msg.asked == p.asked {
			return p.show(msg)
		}
	case pane.Spun:
		p.doc.Changed()
	case pane.Ticked:
		p.doc.Aged(p.Service.Now())
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
func (p *Pane) show(read storyRead) tea.Cmd {
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
	case !gone || p.Top() != pane.Pane(p) || p.comment.Open || p.edit != nil:
		return nil
	case p.detail == nil:
		return tea.Batch(p.Close(), p.Warn(p.problem))
	}
	return tea.Batch(p.Close(), p.Warn(fmt.Sprintf("%s was deleted", p.id)))
}

// countsDown tells whether the seconds until a note leaves are shown.
func (p *Pane) countsDown() bool {
	return p.detail != nil && slices.ContainsFunc(p.detail.Deliveries, func(d tracker.Delivery) bool {
		return present.Counting(d, p.carriers.Held(d), p.Service.Now().Add(-present.CountdownEnd))
	})
}

// Handle does what is asked of the story.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch {
	case p.edit != nil:
		return p.handleEdit(in)
	case p.comment.Open:
		return p.handleComment(in)
	case p.doc.Handle(in):
		return nil, true
	}
	switch in := in.(type) {
	case intent.Act:
		return p.act(in.ID)
	case EditField, editTask, addTask:
		return p.beginEdit(in), true
	case toggleTask:
		return p.toggleTask(in.id), true
	}
	return nil, false
}

// Scopes leaves out all letters while a text is being written.
func (p *Pane) Scopes() []keymap.Scope {
	switch {
	case p.edit != nil && p.edit.text != nil:
		return []keymap.Scope{keymap.ScopeDescription}
	case p.edit != nil:
		return []keymap.Scope{keymap.ScopeField}
	case p.comment.Open:
		return []keymap.Scope{keymap.ScopeComposer}
	}
	return []keymap.Scope{keymap.ScopeStory, keymap.ScopeStops, keymap.ScopeDetail, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal}
}

// Closed keeps the texts that were begun.
func (p *Pane) Closed() tea.Cmd { return tea.Batch(p.keepDraft(), p.keepDescription()) }
