//go:build !unix

package ui

import tea "charm.land/bubbletea/v2"

// toBackground does nothing: there are no jobs here.
func toBackground() tea.Cmd { return func() tea.Msg { return wentOn{} } }
