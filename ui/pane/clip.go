package pane

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
)

// Browse shows an address in the browser. Where none is opened, as over SSH, the
// user is handed the address.
func (h *Host) Browse(url string) tea.Cmd {
	open := h.OpenBrowser
	return h.Do(func(context.Context) tea.Msg {
		if err := open(url); err != nil {
			return Unopened{draw.Line(url), err}
		}
		return Done{Said: "Opened " + url}
	})
}

// Unopened reports that no browser showed an address.
type Unopened struct {
	url string
	err error
}

// CopyUnopened puts an address on the clipboard that no browser showed.
func (h *Host) CopyUnopened(msg Unopened) tea.Cmd {
	return tea.Batch(h.Clip(msg.url), h.Fail(fmt.Errorf("copied %s; the browser could not be opened: %w", msg.url, msg.err)))
}

// CopyText puts a line on the clipboard and says so.
func (h *Host) CopyText(what string) tea.Cmd {
	what = draw.Line(what)
	return tea.Batch(h.Clip(what), h.Say("Copied "+what))
}

// MaxCopied is how much is copied at once at most, in bytes: more than that many
// terminals drop without a word.
const MaxCopied = 64 << 10

// Clip puts a text that is safe on the clipboard: through the terminal (OSC 52), which
// works over SSH, and with the system's own tool where there is one, which
// works where the terminal does not know how.
func (h *Host) Clip(what string) tea.Cmd {
	if h.CopyNatively == nil {
		return tea.SetClipboard(what)
	}
	write := h.CopyNatively
	return tea.Batch(tea.SetClipboard(what), h.Do(func(ctx context.Context) tea.Msg {
		_ = write(ctx, what) // the terminal has it already
		return nil
	}))
}
