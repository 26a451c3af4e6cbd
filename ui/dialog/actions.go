package dialog

import (
	"slices"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// actKeepDraft is one of the answers to what becomes of what was typed.
const actKeepDraft intent.ActionID = "keep-draft"

// actTheirs and actMine are the answers to whose text counts.
const (
	actTheirs intent.ActionID = "keep-theirs"
	actMine   intent.ActionID = "take-mine"
)

// Actions are those of prompts, questions and choosers.
func Actions() []keymap.Action {
	return slices.Concat(promptActions().Table(), answerActions(), chooserActions().Table())
}

// answerActions are the answers to questions. Each question brings what its answers
// do.
func answerActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActYes, Scope: keymap.ScopeQuestion, Keys: keymap.Bind("y", "yes", "y"), Group: keymap.GroupText, Help: "yes", Footer: 1},
		{ID: intent.ActNo, Scope: keymap.ScopeQuestion, Keys: keymap.Bind("n esc", "no", "n", "esc"), Group: keymap.GroupText, Help: "no", Footer: 2},
		{ID: intent.ActDiscard, Scope: keymap.ScopeDiscard, Keys: keymap.Bind("d", "discard", "d"), Group: keymap.GroupText, Help: "discard the changes", Footer: 1},
		{ID: actKeepDraft, Scope: keymap.ScopeDiscard, Keys: keymap.Bind("k", "keep as draft", "k"), Group: keymap.GroupText, Help: "keep the changes as a draft and leave", Footer: 2},
		{ID: intent.ActStay, Scope: keymap.ScopeDiscard, Keys: keymap.Bind("esc", "stay", "esc"), Group: keymap.GroupText, Help: "continue editing", Footer: 3},
		{ID: actTheirs, Scope: keymap.ScopeConflict, Keys: keymap.Bind("t", "keep theirs", "t"), Group: keymap.GroupText, Help: "keep what somebody else wrote, and yours as a draft", Footer: 1},
		{ID: actMine, Scope: keymap.ScopeConflict, Keys: keymap.Bind("m", "take mine", "m"), Group: keymap.GroupText, Help: "replace what somebody else wrote by yours", Footer: 2},
		{ID: intent.ActStay, Scope: keymap.ScopeConflict, Keys: keymap.Bind("esc", "edit again", "esc"), Group: keymap.GroupText, Help: "continue editing", Footer: 3},
		{ID: intent.ActUseName, Scope: keymap.ScopeUser, Keys: keymap.Bind("enter", "use it", "enter"), Group: keymap.GroupText, Help: "use the suggested name", Footer: 1},
		{ID: intent.ActOtherName, Scope: keymap.ScopeUser, Keys: keymap.Bind("ctrl+e", "change it", "ctrl+e"), Group: keymap.GroupText, Help: "enter another name", Footer: 2},
		{ID: intent.ActCancel, Scope: keymap.ScopeUser, Keys: keymap.Bind("esc", "cancel", "esc"), Group: keymap.GroupText, Help: "change nothing", Footer: 3},
		{ID: intent.ActYes, Scope: keymap.ScopeSend, Keys: keymap.Bind("y", "send", "y"), Group: keymap.GroupText, Help: "undo or redo, and send the private comment shown", Footer: 1},
		{ID: intent.ActNo, Scope: keymap.ScopeSend, Keys: keymap.Bind("esc n", "change nothing", "esc", "n"), Group: keymap.GroupText, Help: "change nothing and send nothing", Footer: 2},
		{ID: intent.ActTogether, Scope: keymap.ScopeGather, Keys: keymap.Bind("o", "one story", "o"), Group: keymap.GroupText, Help: "create one story from all the tickets", Footer: 1},
		{ID: intent.ActApart, Scope: keymap.ScopeGather, Keys: keymap.Bind("e", "one each", "e"), Group: keymap.GroupText, Help: "create one story per ticket", Footer: 2},
		{ID: intent.ActNo, Scope: keymap.ScopeGather, Keys: keymap.Bind("n esc", "neither", "n", "esc"), Group: keymap.GroupText, Help: "cancel; keep the marks", Footer: 3},
		{ID: intent.ActAnother, Scope: keymap.ScopeHasStory, Keys: keymap.Bind("a", "another story", "a"), Group: keymap.GroupText, Help: "create another story from the ticket", Footer: 1},
		{ID: intent.ActGoTo, Scope: keymap.ScopeHasStory, Keys: keymap.Bind("g", "go to it", "g"), Group: keymap.GroupText, Help: "go to the ticket's story", Footer: 2},
		{ID: intent.ActLink, Scope: keymap.ScopeHasStory, Keys: keymap.Bind("l", "link", "l"), Group: keymap.GroupText, Help: "link the ticket to a story", Footer: 3},
		{ID: intent.ActNo, Scope: keymap.ScopeHasStory, Keys: keymap.Bind("esc n", "cancel", "esc", "n"), Group: keymap.GroupText, Help: "change nothing", Footer: 4},
	}
}
