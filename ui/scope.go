package ui

import "slices"

// scope is a set of keys that work together. A pane lists the scopes in which
// it takes keys, innermost first; a key means the first action found.
//
// A dialogue lists its own scope only, so that nothing gets past it. A pane
// with a text field in use lists scopes without letters only.
type scope string

const (
	// scopeAlways works everywhere, in text fields too. No pane lists it.
	scopeAlways scope = "always"
	// scopeGlobal works on every screen that has no text field in use.
	scopeGlobal scope = "everywhere"
	// scopeList moves in lists and scrolling text.
	scopeList scope = "lists"
	// scopeItem acts on the selected story or ticket, on the board and in its detail.
	scopeItem scope = "story or ticket"
	// scopeBoard is the board's own.
	scopeBoard scope = "board"
	// scopeMove is the board's while a ticket or story is being moved.
	scopeMove scope = "moving"
	// scopeDrag is the board's while the mouse drags something.
	scopeDrag scope = "dragging"
	// scopeWelcome is the board's on a first start, scopeSandbox where it can
	// offer a sandbox.
	scopeWelcome scope = "welcome"
	scopeSandbox scope = "sandbox"
	// scopePrompt is a line of text being asked for.
	scopePrompt scope = "prompt"
	// scopeUser is the question of the user's name.
	scopeUser scope = "your name"
	// scopeSend is the question whether to send what undo or redo would.
	scopeSend scope = "undo that sends"
	// scopeNote is a line of text that goes to tickets.
	scopeNote scope = "reason or comment"
	// scopeQuestion is a yes-or-no question.
	scopeQuestion scope = "question"
	// scopeDiscard asks what becomes of what was typed.
	scopeDiscard scope = "unsaved changes"
	// scopeGather asks whether several tickets become one story.
	scopeGather scope = "several tickets"
	// scopeChooser is a list with a filter to choose from.
	scopeChooser scope = "chooser"
	// scopeDetail is the detail of a story or a ticket.
	scopeDetail scope = "detail"
	// scopeConversation is the detail of a ticket.
	scopeConversation scope = "conversation"
	// scopePreview is a note before it is sent.
	scopePreview scope = "preview"
	// scopeComposer is a comment being written.
	scopeComposer scope = "composer"
	// scopeIntegrations is the list of integrations.
	scopeIntegrations scope = "integrations"
	// scopeForm is a form.
	scopeForm scope = "form"
	// scopeTest is a form whose connection can be tested.
	scopeTest scope = "connection form"
	// scopeSignIn is a sign-in under way in a browser.
	scopeSignIn scope = "sign-in"
	// scopePicker is a chooser that takes several rows.
	scopePicker scope = "picker"
	// scopeKeys is the list of keys, scopePress the wait for one.
	scopeKeys  scope = "keys"
	scopePress scope = "new key"
	// scopeField is a field of a story edited in place, scopeDescription its
	// description.
	scopeField       scope = "field"
	scopeDescription scope = "description"
	// scopeStops is a text with fields and links that the cursor stops at.
	scopeStops scope = "fields and links"
	// scopeStory is the detail of a story.
	scopeStory scope = "story"
	// scopeDeliveries is the ledger.
	scopeDeliveries scope = "deliveries"
	// scopeDrift is the list of what differs between links and tickets.
	scopeDrift scope = "links"
)

// screens are the scopes that work together somewhere.
func screens() [][]scope {
	return [][]scope{
		{scopeBoard, scopeItem, scopeList, scopeGlobal},
		{scopeSandbox, scopeWelcome, scopeGlobal},
		{scopeStory, scopeStops, scopeDetail, scopeItem, scopeList, scopeGlobal},
		{scopeConversation, scopeStops, scopeDetail, scopeItem, scopeList, scopeGlobal},
		{scopeNote, scopePrompt},
		{scopePicker, scopeChooser},
		{scopeKeys, scopeChooser},
		{scopePreview, scopeList},
		{scopeSend, scopeList},
		{scopeIntegrations, scopeList, scopeGlobal},
		{scopeDeliveries, scopeList, scopeGlobal},
		{scopeDrift, scopeList, scopeGlobal},
		{scopeSignIn, scopeList},
		{scopeTest, scopeForm},
	}
}

// meets tells whether two scopes work together somewhere.
func (s scope) meets(other scope) bool {
	if s == other || s == scopeAlways || other == scopeAlways {
		return true
	}
	for _, screen := range screens() {
		if slices.Contains(screen, s) && slices.Contains(screen, other) {
			return true
		}
	}
	return false
}

// takesText is true where keys that type belong to a text field.
func (s scope) takesText() bool {
	return slices.Contains([]scope{
		scopeAlways, scopeNote, scopePrompt, scopeChooser, scopePicker, scopeKeys, scopePress, scopeComposer, scopeField, scopeDescription, scopeForm, scopeTest,
	}, s)
}

// asks is true where something is open that must be answered or left.
func (s scope) asks() bool {
	return slices.Contains([]scope{scopeQuestion, scopeDiscard, scopeGather, scopeUser, scopeSend, scopeSignIn, scopeMove, scopeDrag}, s)
}
