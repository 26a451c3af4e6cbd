package keymap

import "slices"

// Scope is a set of keys that work together. A pane lists the scopes in which
// it takes keys, innermost first; a key means the first action found.
//
// A dialogue lists its own scope only, so that nothing gets past it. A pane
// with a text field in use lists scopes without letters only.
type Scope string

const (
	// ScopeAlways works everywhere, in text fields too. No pane lists it.
	ScopeAlways Scope = "always"
	// ScopeGlobal works on every screen that has no text field in use.
	ScopeGlobal Scope = "everywhere"
	// ScopeList moves in lists and scrolling text.
	ScopeList Scope = "lists"
	// ScopeItem acts on the selected story or ticket, on the board and in its detail.
	ScopeItem Scope = "story or ticket"
	// ScopeBoard is the board's own.
	ScopeBoard Scope = "board"
	// ScopeMove is the board's while a ticket or story is being moved.
	ScopeMove Scope = "moving"
	// ScopeDrag is the board's while the mouse drags something.
	ScopeDrag Scope = "dragging"
	// ScopeWelcome is the board's on a first start.
	ScopeWelcome Scope = "welcome"
	// ScopeSandbox is the same where it can offer a sandbox.
	ScopeSandbox Scope = "sandbox"
	// ScopePrompt is a line of text being asked for.
	ScopePrompt Scope = "prompt"
	// ScopeUser is the question of the user's name.
	ScopeUser Scope = "your name"
	// ScopeSend is the question whether to send what undo or redo would.
	ScopeSend Scope = "undo that sends"
	// ScopeNote is a line of text that goes to tickets.
	ScopeNote Scope = "reason or comment"
	// ScopeQuestion is a yes-or-no question.
	ScopeQuestion Scope = "question"
	// ScopeDiscard asks what becomes of what was typed.
	ScopeDiscard Scope = "unsaved changes"
	// ScopeConflict asks whose text counts.
	ScopeConflict Scope = "changed by others"
	// ScopeGather asks whether several tickets become one story.
	ScopeGather Scope = "several tickets"
	// ScopeHasStory asks what becomes of a ticket that has a story.
	ScopeHasStory Scope = "ticket with a story"
	// ScopeTicket acts on the selected ticket, on the board and in its detail.
	ScopeTicket Scope = "ticket"
	// ScopeUndecided is the same for a ticket without a story.
	ScopeUndecided Scope = "ticket without a story"
	// ScopeAside is the same for a ticket that was dismissed or snoozed.
	ScopeAside Scope = "dismissed or snoozed ticket"
	// ScopeSnooze asks until when a ticket is snoozed.
	ScopeSnooze Scope = "snooze"
	// ScopeChooser is a list with a filter to choose from.
	ScopeChooser Scope = "chooser"
	// ScopeDetail is the detail of a story or a ticket.
	ScopeDetail Scope = "detail"
	// ScopeConversation is the detail of a ticket.
	ScopeConversation Scope = "conversation"
	// ScopePreview is a private comment before it is sent.
	ScopePreview Scope = "preview"
	// ScopeComposer is a comment being written.
	ScopeComposer Scope = "composer"
	// ScopeIntegrations is the list of integrations.
	ScopeIntegrations Scope = "integrations"
	// ScopeForm is a form.
	ScopeForm Scope = "form"
	// ScopeNewStory is the form of a new story.
	ScopeNewStory Scope = "new story"
	// ScopeTest is a form whose connection can be tested.
	ScopeTest Scope = "connection form"
	// ScopeSignIn is a sign-in under way in a browser.
	ScopeSignIn Scope = "sign-in"
	// ScopePicker is a chooser that takes several rows.
	ScopePicker Scope = "picker"
	// ScopeKeys is the list of keys.
	ScopeKeys Scope = "keys"
	// ScopePress is the wait for a key.
	ScopePress Scope = "new key"
	// ScopeField is a field of a story edited in place.
	ScopeField Scope = "field"
	// ScopeDescription is a story's description edited in place.
	ScopeDescription Scope = "description"
	// ScopeStops is a text with fields and links that the cursor stops at.
	ScopeStops Scope = "fields and links"
	// ScopeStory is the detail of a story.
	ScopeStory Scope = "story"
	// ScopeDeliveries is the list of deliveries.
	ScopeDeliveries Scope = "deliveries"
	// ScopeFind is the search through stories and tickets.
	ScopeFind Scope = "search"
	// ScopeFigures is the screen of figures.
	ScopeFigures Scope = "figures"
	// ScopeLabels is the list of labels.
	ScopeLabels Scope = "labels"
	// ScopeLinks is the list of problems with links to tickets.
	ScopeLinks Scope = "links"
	// ScopeImport is the screen that brings a project in.
	ScopeImport Scope = "import"
)

// Screens are the scopes that work together somewhere.
func Screens() [][]Scope {
	return [][]Scope{
		{ScopeBoard, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeTicket, ScopeBoard, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeUndecided, ScopeTicket, ScopeBoard, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeAside, ScopeTicket, ScopeBoard, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeUndecided, ScopeTicket, ScopeConversation, ScopeStops, ScopeDetail, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeAside, ScopeTicket, ScopeConversation, ScopeStops, ScopeDetail, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeSandbox, ScopeWelcome, ScopeGlobal},
		{ScopeStory, ScopeStops, ScopeDetail, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeConversation, ScopeStops, ScopeDetail, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeNote, ScopePrompt},
		{ScopePicker, ScopeChooser},
		{ScopeKeys, ScopeChooser},
		{ScopePreview, ScopeList},
		{ScopeSend, ScopeList},
		{ScopeIntegrations, ScopeList, ScopeGlobal},
		{ScopeDeliveries, ScopeList, ScopeGlobal},
		{ScopeFind, ScopeItem, ScopeList, ScopeGlobal},
		{ScopeFigures, ScopeList, ScopeGlobal},
		{ScopeLabels, ScopeList, ScopeGlobal},
		{ScopeLinks, ScopeList, ScopeGlobal},
		{ScopeImport, ScopeList, ScopeGlobal},
		{ScopeSignIn, ScopeList},
		{ScopeTest, ScopeForm},
	}
}

// Meets reports whether two scopes work together somewhere.
func (s Scope) Meets(other Scope) bool {
	if s == other || s == ScopeAlways || other == ScopeAlways {
		return true
	}
	for _, screen := range Screens() {
		if slices.Contains(screen, s) && slices.Contains(screen, other) {
			return true
		}
	}
	return false
}

// TakesText is true where keys that type belong to a text field.
func (s Scope) TakesText() bool {
	return slices.Contains([]Scope{
		ScopeAlways, ScopeNote, ScopePrompt, ScopeChooser, ScopePicker, ScopeKeys, ScopePress, ScopeComposer, ScopeField, ScopeDescription, ScopeForm, ScopeNewStory, ScopeTest,
	}, s)
}

// asks is true where something is open that must be answered or left.
func (s Scope) asks() bool {
	return slices.Contains([]Scope{ScopeQuestion, ScopeDiscard, ScopeConflict, ScopeGather, ScopeHasStory, ScopeSnooze, ScopeUser, ScopeSend, ScopeSignIn, ScopeMove, ScopeDrag}, s)
}
