package story

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// cardOf is a story as the board shows it.
func cardOf(d tracker.StoryDetail) tracker.Card {
	c := d.Story.Card()
	c.Name = present.Cell(c.Name)
	for _, delivery := range d.Deliveries {
		switch {
		case delivery.State.InLane():
			c.Unsent++
		case delivery.State == tracker.DeliveryParked:
			c.Parked++
		}
	}
	return c
}

// act does an action on the story. One that needs what is still being read is
// done when that is there.
func (p *Pane) act(id intent.ActionID) (tea.Cmd, bool) {
	switch id {
	case intent.ActBack:
		return p.Close(), true
	case intent.ActRefresh:
		return p.reload(), true
	case intent.ActComment:
		p.comment.Open = true
		p.doc.Changed()
		p.doc.ShowEnd(sectionComments)
		return nil, true
	case intent.ActMove:
		return p.GoTo(intent.MoveOnBoard{Row: intent.SelectRow{Part: p.part(), Key: p.id}}), true
	case intent.ActBrowse:
		return command.BrowseStory(p.Host, p.id), true
	case intent.ActCopyID:
		return p.CopyText(p.id.String()), true
	case intent.ActCopyURL:
		return command.CopyStoryURL(p.Host, p.id), true
	case intent.ActBacklog:
		return command.ToColumn(p.Host, p.id, tracker.Backlog), true
	case intent.ActIcebox:
		return command.ToColumn(p.Host, p.id, tracker.Icebox), true
	}
	if !needsDetail(id) {
		return nil, false
	}
	if p.detail == nil {
		p.awaited = id
		return nil, true
	}
	return p.actOnDetail(id), true
}

// part is where the story stands on the board.
func (p *Pane) part() intent.PaneName {
	if p.detail != nil && p.detail.Story.Column == tracker.Icebox {
		return intent.PaneIcebox
	}
	return intent.PaneBacklog
}

// NextStep is what the key for the next state does to the story.
func (p *Pane) NextStep() tracker.Action {
	if p.detail == nil {
		return ""
	}
	return command.NextStep(p.Host, cardOf(*p.detail))
}

// actOnDetail does an action that needs the story as it was read.
func (p *Pane) actOnDetail(id intent.ActionID) tea.Cmd {
	card := cardOf(*p.detail)
	switch id {
	case intent.ActOpen:
		return p.Pursue(p, p.doc.Cursor)
	case intent.ActAdvance:
		return command.Advance(p.Host, card)
	case intent.ActReject:
		return command.Reject(p.Host, card)
	case intent.ActEstimate:
		return command.Estimate(p.Host, card)
	case intent.ActDelete:
		return command.DeleteStory(p.Host, card)
	case intent.ActEdit:
		return p.beginEdit(p.fieldAtCursor())
	case intent.ActWrite:
		return p.writeStory()
	case intent.ActPreview:
		return command.PreviewNext(p.Host, card)
	case intent.ActAddTask:
		return p.beginEdit(addTask{})
	case intent.ActToggle, intent.ActMoveDown, intent.ActMoveUp, intent.ActRemoveTask:
		return p.onTask(id)
	case intent.ActLink:
		return command.LinkStories(p.Host, card)
	case intent.ActUnlink:
		return command.UnlinkStory(p.Host, *p.detail)
	default:
		return nil
	}
}

// fieldAtCursor is the text or field that the cursor is on, else the name.
func (p *Pane) fieldAtCursor() intent.Intent {
	switch at := p.doc.Cursor.(type) {
	case EditField, editTask, addTask:
		return at
	}
	return EditField{present.FieldName}
}

// needsDetail tells whether an action is about what was read of the story.
func needsDetail(id intent.ActionID) bool {
	switch id {
	case intent.ActAdvance, intent.ActReject, intent.ActEstimate, intent.ActDelete, intent.ActEdit, intent.ActWrite, intent.ActLink, intent.ActUnlink, intent.ActPreview,
		intent.ActAddTask, intent.ActToggle, intent.ActMoveDown, intent.ActMoveUp, intent.ActRemoveTask, intent.ActOpen:
		return true
	default:
		return false
	}
}

// doAwaited does what was asked for before the story was read.
func (p *Pane) doAwaited() tea.Cmd {
	id := p.awaited
	p.awaited = ""
	if id == "" || p.Top() != pane.Pane(p) {
		return nil
	}
	if reason := p.Disabled(id); reason != "" {
		return p.Refuse(reason)
	}
	return p.actOnDetail(id)
}

// Waits while a text is being saved, or the story read for an action, or while
// a change may mend why the action cannot be done yet.
func (p *Pane) Waits(meant keymap.Action) bool {
	return p.comment.Sending || p.edit != nil && p.edit.saving || p.renewed || p.awaited != "" ||
		meant.Scope == keymap.ScopeItem && p.Busy() && p.Disabled(meant.ID) != ""
}

// Disabled says why an action cannot be done on the story now.
func (p *Pane) Disabled(id intent.ActionID) string {
	switch {
	case p.edit != nil && (id == intent.ActSave || p.edit.saving):
		return p.cannotSave()
	case p.comment.Open:
		return p.comment.Disabled(id)
	case p.detail == nil:
		if p.problem != "" && id != intent.ActBack && id != intent.ActRefresh {
			return p.problem
		}
		return ""
	}
	switch id {
	case intent.ActAdvance, intent.ActPreview:
		return command.Cannot(p.Host, tracker.Advance, cardOf(*p.detail))
	case intent.ActBacklog, intent.ActIcebox, intent.ActMove:
		return command.Cannot(p.Host, tracker.Move, cardOf(*p.detail))
	case intent.ActReject:
		return command.Cannot(p.Host, tracker.Reject, cardOf(*p.detail))
	case intent.ActEstimate:
		return command.Cannot(p.Host, tracker.Estimate, cardOf(*p.detail))
	case intent.ActLink:
		if len(p.linkable()) == 0 {
			return "no integration is on, so no ticket can be linked"
		}
	case intent.ActToggle, intent.ActMoveDown, intent.ActMoveUp, intent.ActRemoveTask:
		if _, _, ok := p.taskAtCursor(); !ok {
			return "no task is selected"
		}
	case intent.ActUnlink, intent.ActBrowse, intent.ActCopyURL:
		if len(p.detail.Story.Tickets) == 0 {
			return fmt.Sprintf("%s has no linked ticket", p.id)
		}
	default:
	}
	return ""
}

// linkable lists the integrations whose tickets can be linked.
func (p *Pane) linkable() []tracker.Integration {
	var active []tracker.Integration
	for _, in := range p.integrations {
		if in.ProjectID == p.detail.Story.ProjectID && in.Active {
			active = append(active, in)
		}
	}
	return active
}
