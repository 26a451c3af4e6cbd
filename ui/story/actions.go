package story

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/document"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// actAddTask adds a task, actAddPart a blocker, a review or a follower, and actFollow
// makes the user follow the story.
const (
	actAddTask intent.ActionID = "add-task"
	actAddPart intent.ActionID = "add-part"
	actFollow  intent.ActionID = "follow"
)

// DetailActions are those of a story's and a ticket's detail, and of a comment that
// is being written, besides those that they share with the board.
func DetailActions() []keymap.Action {
	return slices.Concat(pane.Table(detailActions()), command.ComposerActions())
}

// actions are all actions of the screen.
func actions() pane.Actions[*Pane] {
	return slices.Concat(detailActions(), itemActions(), composerActions(),
		pane.Part(func(p *Pane) *editor { return &p.editor }, editActions()...))
}

// detailActions are those of the detail itself.
func detailActions() []pane.Action[*Pane] {
	const scope, group = keymap.ScopeStory, keymap.GroupItem
	doc := func(p *Pane) *document.Document { return &p.doc }
	return slices.Concat([]pane.Action[*Pane]{
		pane.On(command.Detail(intent.ActBack), func(p *Pane) tea.Cmd { return p.Close() }),
		pane.On(command.Detail(intent.ActRefresh), (*Pane).reload),
		there(command.Detail(intent.ActMove), refusal(tracker.Move), (*Pane).pickUp),
		command.Stop(intent.ActNextStop, doc),
		command.Stop(intent.ActPrevStop, doc),
		awaits(command.Detail(intent.ActOpen), nil, func(p *Pane) tea.Cmd { return p.Dispatch(p, p.doc.Cursor) }),
		awaits(keymap.Action{ID: actAddTask, Scope: scope, Keys: keymap.Bind("a", "add task", "a"), Group: group, Help: "add a task"},
			nil, func(p *Pane) tea.Cmd { return p.begin(addTask{}) }),
		awaits(keymap.Action{ID: intent.ActToggle, Scope: scope, Keys: keymap.Bind("space", "done", "space"), Group: group, Help: "complete or reopen the task or blocker, set the status of the review, or use the attachment", Footer: 6},
			hangs((*parts).none), func(p *Pane) tea.Cmd { return p.parts.toggleAt(p.doc.Cursor) }),
		awaits(keymap.Action{ID: actAddPart, Scope: scope, Keys: keymap.Bind("A", "add", "A"), Group: group, Help: "add a blocker, a review, a follower or an attachment"},
			nil, func(p *Pane) tea.Cmd { return p.parts.add() }),
		awaits(keymap.Action{ID: actFollow, Scope: scope, Keys: keymap.Bind("f", "follow", "f"), Group: group, Help: "follow the story, or follow it no longer"},
			nil, func(p *Pane) tea.Cmd { return p.parts.follow() }),
		awaits(keymap.Action{ID: intent.ActMoveDown, Scope: scope, Keys: keymap.Bind("J", "task down", "J"), Group: group, Help: "move the task down"},
			(*Pane).noTask, func(p *Pane) tea.Cmd { return p.tasks.move(p.doc.Cursor, 1) }),
		awaits(keymap.Action{ID: intent.ActMoveUp, Scope: scope, Keys: keymap.Bind("K", "task up", "K"), Group: group, Help: "move the task up"},
			(*Pane).noTask, func(p *Pane) tea.Cmd { return p.tasks.move(p.doc.Cursor, -1) }),
		awaits(keymap.Action{ID: "remove-task", Scope: scope, Keys: keymap.Bind("X", "remove", "X"), Group: group, Help: "remove the task, blocker, review or attachment"},
			hangs((*parts).none), func(p *Pane) tea.Cmd { return p.parts.removeAt(p.doc.Cursor) }),
	}, command.Beside(func(p *Pane) *pane.Host { return p.Host }))
}

// itemActions are those that the story has on the board, too.
func itemActions() []pane.Action[*Pane] {
	onCard := func(do func(*command.Commands, tracker.Card) tea.Cmd) func(*Pane) tea.Cmd {
		return func(p *Pane) tea.Cmd { return do(p.Commands, p.read.card()) }
	}
	onID := func(do func(*command.Commands, tracker.StoryID) tea.Cmd) func(*Pane) tea.Cmd {
		return func(p *Pane) tea.Cmd { return do(p.Commands, p.id) }
	}
	var decisions []pane.Action[*Pane]
	for _, d := range command.Decisions() {
		decisions = append(decisions, there(d.Action, refusal(tracker.Move), func(p *Pane) tea.Cmd { return command.ToColumn(p.Commands, p.id, d.To) }))
	}
	return append(decisions,
		awaits(command.Item(intent.ActAdvance), refusal(tracker.Advance), onCard(command.Advance)),
		awaits(command.Item(intent.ActReject), refusal(tracker.Reject), onCard(command.Reject)),
		awaits(command.Item(intent.ActEstimate), refusal(tracker.Estimate), onCard(command.Estimate)),
		awaits(command.Item(intent.ActPreview), refusal(tracker.Advance), func(p *Pane) tea.Cmd { return command.PreviewNext(p.Commands, p.read.card()) }),
		there(command.Item(intent.ActComment), nil, (*Pane).openComposer),
		awaits(command.Item(intent.ActEdit), nil, func(p *Pane) tea.Cmd { return p.begin(p.textAtCursor()) }),
		awaits(command.Item(intent.ActWrite), nil, func(p *Pane) tea.Cmd { return p.written.open(p.read.Story) }),
		awaits(command.Item(intent.ActDelete), nil, onCard(command.DeleteStory)),
		awaits(command.Item(intent.ActLink), because((*reading).cannotLink), func(p *Pane) tea.Cmd { return command.LinkStories(p.Commands, p.read.card()) }),
		awaits(command.Item(intent.ActUnlink), because((*reading).noTicket), func(p *Pane) tea.Cmd { return command.UnlinkStory(p.Commands, p.read.StoryDetail) }),
		there(command.Item(intent.ActBrowse), because((*reading).noTicket), onID(command.BrowseStory)),
		there(command.Item(intent.ActCopyID), nil, func(p *Pane) tea.Cmd { return p.CopyText(p.id.String()) }),
		there(command.Item(intent.ActCopyURL), because((*reading).noTicket), onID(command.CopyStoryURL)),
	)
}

// composerActions are those of the comment that is being written.
func composerActions() []pane.Action[*Pane] {
	return command.Composing[*Pane]{
		Composer: func(p *Pane) *command.Composer { return &p.comment },
		Cannot:   func(p *Pane) string { return p.comment.CannotSend() },
		Send: func(p *Pane) tea.Cmd {
			return p.comment.Send([]tracker.StoryID{p.id}, fmt.Sprintf("comment on %s saved", p.id))
		},
		Preview: func(p *Pane) tea.Cmd {
			return command.PreviewComments(p.Commands, []tracker.StoryID{p.id}, p.comment.Editor.Value())
		},
		Leave: func(p *Pane) tea.Cmd {
			p.doc.Changed()
			p.comment.Leave()
			return nil
		},
	}.Actions()
}

// there makes the record of an action on a story that exists: nothing can be done to
// one that could not be read. cannot, which may be nil, is asked once it was read.
func there(a keymap.Action, cannot func(*Pane) string, do func(*Pane) tea.Cmd) pane.Action[*Pane] {
	return pane.Unless(a, func(p *Pane) string {
		switch {
		case p.read == nil:
			return p.problem
		case cannot == nil:
			return ""
		}
		return cannot(p)
	}, do)
}

// awaits makes the record of an action that needs what is read of the story: asked
// for before that, it is done afterwards.
func awaits(a keymap.Action, cannot func(*Pane) string, do func(*Pane) tea.Cmd) pane.Action[*Pane] {
	return there(a, cannot, func(p *Pane) tea.Cmd {
		if p.read == nil {
			p.awaited = a.ID
			return nil
		}
		return do(p)
	})
}

// refusal says why an action of the tracker cannot be done on the story now.
func refusal(a tracker.Action) func(*Pane) string {
	return func(p *Pane) string { return command.Cannot(p.Host, a, p.read.card()) }
}

// because says why an action cannot be done on what was read.
func because(cannot func(*reading) string) func(*Pane) string {
	return func(p *Pane) string { return cannot(p.read) }
}

// hangs asks the parts about the stop at the cursor.
func hangs(cannot func(*parts, intent.Intent) string) func(*Pane) string {
	return func(p *Pane) string { return cannot(&p.parts, p.doc.Cursor) }
}

// noTask says that the cursor is on no task, empty when it is on one.
func (p *Pane) noTask() string { return p.tasks.none(p.doc.Cursor) }

// pickUp moves the story on the board.
func (p *Pane) pickUp() tea.Cmd {
	from := intent.PaneBacklog
	if p.read != nil {
		from = p.read.panel()
	}
	return p.GoTo(intent.MoveOnBoard{Row: intent.SelectRow{Part: from, Key: p.id}})
}

// composeWith begins a comment that carries an attachment of the story.
func composeWith(p *Pane, f tracker.StoryFile) tea.Cmd {
	p.comment.Carry(f)
	return p.openComposer()
}

// openComposer begins a comment, or goes on with it.
func (p *Pane) openComposer() tea.Cmd {
	p.comment.Open = true
	p.doc.Changed()
	p.doc.ShowEnd(sectionComments)
	return nil
}

// textAtCursor is the text or field that the cursor is on, else the name.
func (p *Pane) textAtCursor() intent.Intent {
	switch at := p.doc.Cursor.(type) {
	case EditField, editTask, addTask, editPart:
		return at
	}
	return EditField{present.FieldName}
}

// begin edits what a stop is for: where it stands, or by a question.
func (p *Pane) begin(what intent.Intent) tea.Cmd {
	p.doc.Put(what)
	if at, ok := what.(editPart); ok {
		return p.parts.edit(at)
	}
	field, ok := what.(EditField)
	switch {
	case !ok || edited(field.Name):
		return p.editor.begin(what)
	case field.Name == fieldEstimate:
		return p.perform(intent.ActEstimate)
	case field.Name == fieldFollowers:
		return p.parts.pickFollowers()
	}
	return p.fields.edit(field.Name)
}

// perform does an action, or says why it cannot be done now.
func (p *Pane) perform(id intent.ActionID) tea.Cmd {
	if reason := p.Disabled(id); reason != "" {
		return p.Refuse(reason)
	}
	cmd, _ := p.actions.Handle(p, intent.Act{ID: id})
	return cmd
}

// doAwaited does what was asked for before the story was read.
func (p *Pane) doAwaited() tea.Cmd {
	id := p.awaited
	p.awaited = ""
	if id == "" || p.Top() != pane.Pane(p) {
		return nil
	}
	return p.perform(id)
}
