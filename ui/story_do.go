package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// cardOf is a story as the board shows it.
func cardOf(d tracker.StoryDetail) tracker.Card {
	st := d.Story
	c := tracker.Card{
		ID: st.ID, Name: cell(st.Name), Type: st.Type, State: st.State, Estimate: st.Estimate, Owners: st.Owners,
		Labels: st.Labels, AcceptedAt: st.AcceptedAt, Tickets: len(st.Tickets), Version: st.Version,
	}
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
func (p *storyPane) act(id actionID) (tea.Cmd, bool) {
	switch id {
	case actBack:
		return p.close(), true
	case actRefresh:
		return p.reload(), true
	case actComment:
		p.comment.open = true
		p.doc.changed()
		p.doc.showEnd(sectionComments)
		return nil, true
	case actMove:
		return p.moveOnBoard(selectRow{p.part(), p.id}), true
	case actBrowse:
		return p.browseStory(p.id), true
	case actCopyID:
		return p.copyText(p.id.String()), true
	case actCopyURL:
		return p.copyStoryURL(p.id), true
	case actBacklog:
		return p.toColumn(p.id, tracker.Backlog), true
	case actIcebox:
		return p.toColumn(p.id, tracker.Icebox), true
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
func (p *storyPane) part() paneName {
	if p.detail != nil && p.detail.Story.Column == tracker.Icebox {
		return paneIcebox
	}
	return paneBacklog
}

// actOnDetail does an action that needs the story as it was read.
func (p *storyPane) actOnDetail(id actionID) tea.Cmd {
	card := cardOf(*p.detail)
	switch id {
	case actOpen:
		return p.pursue(p, p.doc.cursor)
	case actAdvance:
		return p.advance(card)
	case actReject:
		return p.reject(card)
	case actEstimate:
		return p.estimate(card)
	case actDelete:
		return p.deleteStory(card)
	case actEdit:
		return p.beginEdit(p.fieldAtCursor())
	case actWrite:
		return p.writeStory()
	case actPreview:
		return p.previewNext(card)
	case actAddTask:
		return p.beginEdit(addTask{})
	case actToggle, actMoveDown, actMoveUp, actRemoveTask:
		return p.onTask(id)
	case actLink:
		return p.linkStories(card)
	case actUnlink:
		return p.unlinkStory(*p.detail)
	default:
		return nil
	}
}

// fieldAtCursor is the text or field that the cursor is on, else the name.
func (p *storyPane) fieldAtCursor() intent {
	switch at := p.doc.cursor.(type) {
	case editField, editTask, addTask:
		return at
	}
	return editField{fieldName}
}

// needsDetail tells whether an action is about what was read of the story.
func needsDetail(id actionID) bool {
	switch id {
	case actAdvance, actReject, actEstimate, actDelete, actEdit, actWrite, actLink, actUnlink, actPreview,
		actAddTask, actToggle, actMoveDown, actMoveUp, actRemoveTask, actOpen:
		return true
	default:
		return false
	}
}

// doAwaited does what was asked for before the story was read.
func (p *storyPane) doAwaited() tea.Cmd {
	id := p.awaited
	p.awaited = ""
	if id == "" || p.top() != pane(p) {
		return nil
	}
	if reason := p.Disabled(id); reason != "" {
		return p.refuse(reason)
	}
	return p.actOnDetail(id)
}

// Waits while a text is being saved, or the story read for an action, or while
// a change may mend why the action cannot be done yet.
func (p *storyPane) Waits(meant action) bool {
	return p.comment.sending || p.edit != nil && p.edit.saving || p.renewed || p.awaited != "" ||
		meant.scope == scopeItem && len(p.queue) > 0 && p.Disabled(meant.id) != ""
}

// Disabled says why an action cannot be done on the story now.
func (p *storyPane) Disabled(id actionID) string {
	switch {
	case p.edit != nil && (id == actSave || p.edit.saving):
		return p.cannotSave()
	case p.comment.open:
		return p.comment.disabled(id)
	case p.detail == nil:
		if p.problem != "" && id != actBack && id != actRefresh {
			return p.problem
		}
		return ""
	}
	switch id {
	case actAdvance, actPreview:
		return p.cannotAdvance(cardOf(*p.detail))
	case actBacklog, actIcebox, actMove:
		return p.cannotMove(cardOf(*p.detail))
	case actReject:
		return p.cannotReject(cardOf(*p.detail))
	case actEstimate:
		return p.cannotEstimate(cardOf(*p.detail))
	case actLink:
		if len(p.linkable()) == 0 {
			return "no integration is on, so no ticket can be linked"
		}
	case actToggle, actMoveDown, actMoveUp, actRemoveTask:
		if _, _, ok := p.taskAtCursor(); !ok {
			return "no task is selected"
		}
	case actUnlink, actBrowse, actCopyURL:
		if len(p.detail.Story.Tickets) == 0 {
			return fmt.Sprintf("%s has no linked ticket", p.id)
		}
	default:
	}
	return ""
}

// linkable lists the integrations whose tickets can be linked.
func (p *storyPane) linkable() []tracker.Integration {
	var active []tracker.Integration
	for _, in := range p.integrations {
		if in.ProjectID == p.detail.Story.ProjectID && in.Active {
			active = append(active, in)
		}
	}
	return active
}
