package layout

import (
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/search"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// Part is one record of the table from which the board's parts come: their
// order from left to right, the keys that lead there, and what they show.
type Part struct {
	Name  intent.PaneName
	Title string
	// To ends the sentence of help: "to the Backlog".
	To string
	// share is its usual width in proportion to the others'.
	share int
	// Optional parts are shown only when they were asked for.
	Optional bool
	// Column is where a story goes that is dropped here; empty where a part
	// shows stories that stand in other columns, so that none is dropped here.
	Column tracker.Column
	// Searched parts show only what their filter finds, which is remembered.
	Searched bool
	// Epics parts show epics.
	Epics bool
	// Cards picks its stories, nil for parts that show tickets or epics.
	Cards func(tracker.StoryColumns) []tracker.Card
	// None says why there are no stories. It is a format with places for the
	// keys of some actions.
	None string
	Keys []actionKey
}

// Parts is the table of the board's parts. The n-th one has the key n.
func Parts() []Part {
	return []Part{
		{Name: intent.PaneTickets, Title: "Tickets", To: "go to Tickets", share: 42},
		{
			Name: intent.PaneBacklog, Title: "Backlog", To: "go to the Backlog", share: 32, Column: tracker.Backlog,
			Cards: func(b tracker.StoryColumns) []tracker.Card { return b.Backlog },
			None:  "Empty. %s moves the selected ticket or story here; %s creates a story.", Keys: []actionKey{{keymap.ScopeItem, intent.ActBacklog}, {keymap.ScopeBoard, intent.ActNew}},
		},
		{
			Name: intent.PaneIcebox, Title: "Icebox", To: "go to the Icebox", share: 26, Column: tracker.Icebox,
			Cards: func(b tracker.StoryColumns) []tracker.Card { return b.Icebox },
			None:  "Empty. %s moves the selected ticket or story here; %s creates a story.", Keys: []actionKey{{keymap.ScopeItem, intent.ActIcebox}, {keymap.ScopeBoard, intent.ActNew}},
		},
		{
			Name: intent.PaneDone, Title: "Done", To: "go to Done", share: 32, Optional: true,
			Cards: func(b tracker.StoryColumns) []tracker.Card { return newestFirst(b.Done) },
			None:  "Empty. Accepted stories move here when their iteration ends.",
		},
		{
			Name: intent.PaneMine, Title: "My work", To: "go to My work", share: 32, Optional: true,
			Cards: plan.Mine,
			None:  "Empty. %s starts the selected story and makes it yours.", Keys: []actionKey{{keymap.ScopeItem, intent.ActAdvance}},
		},
		{
			Name: intent.PaneSearch, Title: "Search", To: "search all stories", share: 32, Optional: true, Searched: true,
			Cards: func(b tracker.StoryColumns) []tracker.Card {
				return slices.Concat(b.Backlog, b.Icebox, newestFirst(b.Done))
			},
			None: "%s searches all stories.", Keys: []actionKey{{keymap.ScopeBoard, intent.ActFilter}},
		},
		{
			Name: intent.PaneAnswer, Title: "To answer", To: "go to To answer", share: 42, Optional: true,
			None: "Empty. Tickets stand here that are open, pending or on hold although all their stories are accepted.",
		},
		{
			Name: intent.PaneDemand, Title: "Demand", To: "go to Demand", share: 32, Optional: true,
			Cards: func(b tracker.StoryColumns) []tracker.Card {
				return search.ByDemand(slices.Concat(b.Backlog, b.Icebox))
			},
			None: "Empty. Stories with tickets stand here, those of the most organisations first.",
		},
		{
			Name: intent.PaneEpics, Title: "Epics", To: "go to Epics", share: 42, Optional: true, Epics: true,
			None: "No epics yet. %s adds one: a goal that the stories with its label lead to.", Keys: []actionKey{{keymap.ScopeBoard, intent.ActNew}},
		},
	}
}

// actionKey names an action by whose key something is said.
type actionKey struct {
	Scope keymap.Scope
	ID    intent.ActionID
}

func newestFirst(cards []tracker.Card) []tracker.Card {
	cards = slices.Clone(cards)
	slices.Reverse(cards)
	return cards
}

// FocusAction is the action that focuses a part.
func FocusAction(part intent.PaneName) intent.ActionID { return intent.ActionID("focus-" + part) }

// Title is a part's name for people.
func Title(part intent.PaneName) string {
	for _, p := range Parts() {
		if p.Name == part {
			return p.Title
		}
	}
	return string(part)
}
