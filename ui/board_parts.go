package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/table"
)

// boardPart is one record of the table from which the board's parts come: their
// order from left to right, the keys that lead there, and what they show.
type boardPart struct {
	name  intent.PaneName
	title string
	// to ends the sentence of help: "to the Backlog".
	to string
	// share is its usual width in proportion to the others'.
	share int
	// optional parts are shown only when they were asked for.
	optional bool
	// column is where a story goes that is dropped here; empty where a part
	// shows stories that stand in other columns, so that none is dropped here.
	column tracker.Column
	// searched parts show only what their filter finds, which is remembered.
	searched bool
	// cards picks its stories, nil for the tickets.
	cards func(tracker.Board) []tracker.Card
	// none says why there are no stories. It is a format with places for the
	// keys of some actions.
	none string
	keys []actionKey
}

// boardParts is the table of the board's parts. The n-th one has the key n.
func boardParts() []boardPart {
	return []boardPart{
		{name: intent.PaneTickets, title: "Tickets", to: "go to Tickets", share: 36},
		{
			name: intent.PaneBacklog, title: "Backlog", to: "go to the Backlog", share: 36, column: tracker.Backlog,
			cards: func(b tracker.Board) []tracker.Card { return b.Backlog },
			none:  "Empty. %s moves the selected ticket or story here; %s creates a story.", keys: []actionKey{{keymap.ScopeItem, intent.ActBacklog}, {keymap.ScopeBoard, intent.ActNew}},
		},
		{
			name: intent.PaneIcebox, title: "Icebox", to: "go to the Icebox", share: 28, column: tracker.Icebox,
			cards: func(b tracker.Board) []tracker.Card { return b.Icebox },
			none:  "Empty. %s moves the selected ticket or story here; %s creates a story.", keys: []actionKey{{keymap.ScopeItem, intent.ActIcebox}, {keymap.ScopeBoard, intent.ActNew}},
		},
		{
			name: intent.PaneDone, title: "Done", to: "go to Done", share: 32, optional: true,
			cards: func(b tracker.Board) []tracker.Card { return newestFirst(b.Done) },
			none:  "Empty. Accepted stories move here when their iteration ends.",
		},
		{
			name: intent.PaneMine, title: "My work", to: "go to My work", share: 32, optional: true,
			cards: func(b tracker.Board) []tracker.Card { return b.Mine },
			none:  "Empty. %s starts the selected story and makes it yours.", keys: []actionKey{{keymap.ScopeItem, intent.ActAdvance}},
		},
		{
			name: intent.PaneSearch, title: "Search", to: "search all stories", share: 32, optional: true, searched: true,
			cards: func(b tracker.Board) []tracker.Card {
				return slices.Concat(b.Backlog, b.Icebox, newestFirst(b.Done))
			},
			none: "%s searches all stories.", keys: []actionKey{{keymap.ScopeBoard, intent.ActFilter}},
		},
	}
}

// actionKey names an action by whose key something is said.
type actionKey struct {
	scope keymap.Scope
	id    intent.ActionID
}

// none says why a part shows no stories.
func (b *board) none(part intent.PaneName) string {
	record := b.record(part)
	keys := make([]any, len(record.keys))
	for i, k := range record.keys {
		keys[i] = b.keys.Key(k.scope, k.id)
	}
	return fmt.Sprintf(record.none, keys...)
}

func newestFirst(cards []tracker.Card) []tracker.Card {
	cards = slices.Clone(cards)
	slices.Reverse(cards)
	return cards
}

// focusAction is the action that focuses a part.
func focusAction(part intent.PaneName) intent.ActionID { return intent.ActionID("focus-" + part) }

// focusActions are the actions that lead to the parts of the board.
func focusActions() []keymap.Action {
	table := boardParts()
	list := make([]keymap.Action, len(table))
	for i, p := range table {
		digit := strconv.Itoa(i + 1)
		list[i] = keymap.Action{ID: focusAction(p.name), Scope: keymap.ScopeBoard, Keys: keymap.Bind(digit, string(p.name), digit), Group: keymap.GroupMove, Help: p.to}
	}
	return list
}

// partTitle is a part's name for people.
func partTitle(part intent.PaneName) string {
	for _, p := range boardParts() {
		if p.name == part {
			return p.title
		}
	}
	return string(part)
}

// boardView is what the board's layout depends on besides the size. It is
// copied; what it holds is replaced, never changed.
type boardView struct {
	table []boardPart
	// focus is the focused part, column the part of stories focused last.
	focus, column intent.PaneName
	// shown are the parts that are not hidden.
	shown  []intent.PaneName
	shares shares
}

// newBoardView shows the parts that are shown unless the user asked for others.
func newBoardView() boardView {
	v := boardView{table: boardParts(), focus: intent.PaneTickets, column: intent.PaneBacklog}
	for _, p := range v.table {
		if !p.optional {
			v.shown = append(v.shown, p.name)
		}
	}
	return v
}

// parts are the parts to be shown, from left to right: those that are not
// hidden, and the focused one.
func (v boardView) parts() []intent.PaneName {
	parts := make([]intent.PaneName, 0, len(v.table))
	for _, p := range v.table {
		if p.name == v.focus || slices.Contains(v.shown, p.name) {
			parts = append(parts, p.name)
		}
	}
	return parts
}

// fit picks the parts that are shown where n find room: the focused one, the
// tickets, the part of stories focused last, and then from left to right.
func (v boardView) fit(n int) []intent.PaneName {
	parts := v.parts()
	if len(parts) <= n {
		return parts
	}
	var picked []intent.PaneName
	for _, part := range slices.Concat([]intent.PaneName{v.focus, intent.PaneTickets, v.column}, parts) {
		if len(picked) < n && slices.Contains(parts, part) && !slices.Contains(picked, part) {
			picked = append(picked, part)
		}
	}
	return slices.DeleteFunc(parts, func(part intent.PaneName) bool { return !slices.Contains(picked, part) })
}

// weights are the widths of parts in proportion to each other. Two are equally
// wide unless the user made them otherwise.
func (v boardView) weights(parts []intent.PaneName) []int {
	weights := make([]int, len(parts))
	for i, part := range parts {
		weights[i] = v.weight(part, len(parts))
	}
	return weights
}

func (v boardView) weight(part intent.PaneName, among int) int {
	switch share, kept := v.shares[part]; {
	case kept:
		return share
	case among <= 2 && len(v.shares) == 0:
		return 1
	}
	i := slices.IndexFunc(v.table, func(p boardPart) bool { return p.name == part })
	return v.table[i].share
}

// shows tells whether a part is not hidden.
func (v boardView) shows(part intent.PaneName) bool { return slices.Contains(v.shown, part) }

// with is the view with a part that is not hidden any more.
func (v boardView) with(part intent.PaneName) boardView {
	if v.shows(part) {
		return v
	}
	var shown []intent.PaneName
	for _, p := range v.table {
		if p.name == part || v.shows(p.name) {
			shown = append(shown, p.name)
		}
	}
	v.shown = shown
	return v
}

// without is the view without a part. The focus goes to its neighbour.
func (v boardView) without(part intent.PaneName) boardView {
	parts := v.parts()
	at := slices.Index(parts, part)
	rest := slices.Delete(parts, at, at+1)
	v.shown = slices.DeleteFunc(slices.Clone(v.shown), func(p intent.PaneName) bool { return p == part })
	if v.focus == part {
		v.focus = rest[min(at, len(rest)-1)]
	}
	if v.column == part {
		v.column = v.focus
	}
	if i := slices.IndexFunc(rest, func(p intent.PaneName) bool { return p != intent.PaneTickets }); v.column == intent.PaneTickets && i >= 0 {
		v.column = rest[i]
	}
	return v
}

// kept is how the parts that are shown are remembered, empty for the usual ones.
func (v boardView) kept() string {
	if slices.Equal(v.shown, newBoardView().shown) {
		return ""
	}
	words := make([]string, len(v.shown))
	for i, part := range v.shown {
		words[i] = string(part)
	}
	return strings.Join(words, " ")
}

// showing is the view with the parts that were remembered; what cannot be used
// is as usual.
func (v boardView) showing(kept string) boardView {
	words := strings.Fields(kept)
	var shown []intent.PaneName
	for _, p := range v.table {
		if slices.Contains(words, string(p.name)) {
			shown = append(shown, p.name)
		}
	}
	if len(shown) == 0 {
		return v
	}
	v.shown = shown
	if !v.shows(v.focus) {
		v.focus = shown[0]
	}
	if v.focus != intent.PaneTickets {
		v.column = v.focus
	}
	return v
}

// focus moves to a part; one that was hidden is shown again.
func (b *board) focus(part intent.PaneName) tea.Cmd {
	v := b.view.with(part)
	v.focus = part
	if part != intent.PaneTickets {
		v.column = part
	}
	return b.look(v)
}

// look shows the parts of a view, and remembers which when these are others.
func (b *board) look(v boardView) tea.Cmd {
	before := b.view.shown
	b.view = v
	if slices.Equal(before, v.shown) {
		return nil
	}
	return tea.Batch(b.remember(settingParts, v.kept()), b.readShown(before))
}

// readShown reads the stories of parts that were not shown before.
func (b *board) readShown(before []intent.PaneName) tea.Cmd {
	for _, p := range b.view.table {
		if p.optional && b.view.shows(p.name) && !slices.Contains(before, p.name) {
			return b.read(tracker.HintStories)
		}
	}
	return nil
}

// visit is focus by a key. A search that is empty asks what for.
func (b *board) visit(part intent.PaneName) tea.Cmd {
	focused := b.focus(part)
	if b.record(part).searched && b.query() == "" {
		return tea.Batch(focused, b.askFilter())
	}
	return focused
}

// hide hides a part.
func (b *board) hide(part intent.PaneName) tea.Cmd { return b.look(b.view.without(part)) }

// cannotHide says why a part cannot be hidden.
func (b *board) cannotHide(part intent.PaneName) string {
	if len(b.view.parts()) < 2 && b.view.shows(part) {
		return "the last pane cannot be hidden"
	}
	return ""
}

// step moves the focus by one part, around the ends only when told.
func (b *board) step(by int, around bool) tea.Cmd {
	parts := b.view.parts()
	i := slices.Index(parts, b.view.focus) + by
	if around {
		i = (i + len(parts)) % len(parts)
	}
	return b.focus(parts[max(0, min(i, len(parts)-1))])
}

// reach selects a row, clearing a filter that hides it, and tells whether it is
// there. Its part is shown already.
func (b *board) reach(row intent.SelectRow) bool {
	b.selectRow(row)
	switch key := row.Key.(type) {
	case tracker.TicketID:
		return b.tickets.Reveal(key)
	case tracker.StoryID:
		c := b.column()
		return c != nil && b.revealIn(c, key)
	}
	return false
}

// storyColumn is a part of the board that shows stories.
type storyColumn = table.Column[tracker.StoryID, storyRow]

// column is the focused part of stories, nil on the tickets.
func (b *board) column() *storyColumn { return b.columnOf(b.view.focus) }

// columnOf is a part of stories by its name, nil for the tickets.
func (b *board) columnOf(part intent.PaneName) *storyColumn { return b.stories[part] }

// columns are the parts where a story stands in one place only, and where it
// can be put into another.
func (b *board) columns() []*storyColumn {
	var list []*storyColumn
	for _, p := range b.view.table {
		if p.column != "" {
			list = append(list, b.stories[p.name])
		}
	}
	return list
}

// dropColumn is a part into which a story can be put, nil for all others.
func (b *board) dropColumn(part intent.PaneName) *storyColumn {
	if b.record(part).column == "" {
		return nil
	}
	return b.stories[part]
}

// record is the table's record of a part.
func (b *board) record(part intent.PaneName) boardPart {
	i := slices.IndexFunc(b.view.table, func(p boardPart) bool { return p.name == part })
	if i < 0 {
		return boardPart{}
	}
	return b.view.table[i]
}

// home is the part where a story stands in its column, and where what is not in
// the board's columns would go first.
func (b *board) home(story tracker.StoryID) intent.PaneName {
	for _, c := range b.columns() {
		if _, ok := c.Find(story); ok {
			return c.Name
		}
	}
	if b.dropColumn(b.view.column) != nil {
		return b.view.column
	}
	return intent.PaneBacklog
}
