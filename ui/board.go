package ui

import tea "charm.land/bubbletea/v2"

// board shows tickets, Backlog and Icebox.
type board struct{ *shell }

func newBoard(s *shell) *board { return &board{shell: s} }

// Init reads the board.
func (b *board) Init() tea.Cmd { return nil }

// Update follows what changes.
func (b *board) Update(tea.Msg) tea.Cmd { return nil }

// Handle does what is asked of the board.
func (b *board) Handle(intent) (tea.Cmd, bool) { return nil, false }

// Draw shows the panes.
func (b *board) Draw(c *canvas, r rect) { c.box(r, box{title: "Board"}) }

// Scopes names the board's keys.
func (b *board) Scopes() []scope { return []scope{scopeBoard, scopeItem, scopeList, scopeGlobal} }

// Disabled says why an action cannot be done now.
func (b *board) Disabled(actionID) string { return "" }

func (b *board) refreshAll() tea.Cmd { return nil }
func (b *board) restart() tea.Cmd    { return nil }
