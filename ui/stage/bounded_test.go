package stage

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// No message makes the board larger than what is drawn of a terminal.
func TestAnAbsurdSizeIsDrawnInPart(t *testing.T) {
	t.Parallel()
	if got := bounded(nil, tea.WindowSizeMsg{Width: 65535, Height: 65535}); got != tea.Msg(tea.WindowSizeMsg{Width: 1000, Height: 500}) {
		t.Errorf("%+v", got)
	}
	if got := bounded(nil, tea.FocusMsg{}); got != tea.Msg(tea.FocusMsg{}) {
		t.Errorf("%+v", got)
	}
}
