package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"storydesk/ui/theme"
)

// terminal stands between the program and Bubble Tea: it alone builds tea.View
// and hears what the terminal tells of itself.
type terminal struct {
	app  *app
	look theme.Options
	// fixed is true when the user has said what the background is.
	fixed bool
}

func newTerminal(ctx context.Context, o Options) *terminal {
	t := &terminal{
		app:   newApp(ctx, o),
		look:  theme.Options{Dark: o.Colours != ColoursLight, ASCII: o.ASCII, HighContrast: o.Colours == ColoursHighContrast},
		fixed: o.Colours == ColoursDark || o.Colours == ColoursLight,
	}
	t.app.theme = theme.New(t.look)
	return t
}

// Init asks the terminal for its background and opens the board.
func (t *terminal) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, t.app.Init())
}

// Update hears what the terminal says and hands everything else on.
func (t *terminal) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return t, t.app.Update(resized{msg.Width, msg.Height})
	case tea.BackgroundColorMsg:
		if !t.fixed {
			t.look.Dark = msg.IsDark()
			t.restyle()
		}
		return t, nil
	case tea.ColorProfileMsg:
		t.look.NoColor = msg.Profile <= colorprofile.Ascii
		t.restyle()
		return t, nil
	case tea.FocusMsg:
		return t, t.app.Update(focused{})
	case tea.BlurMsg:
		return t, t.app.Update(blurred{})
	case tea.KeyboardEnhancementsMsg, tea.EnvMsg, tea.KeyReleaseMsg, tea.ModeReportMsg:
		return t, nil
	}
	return t, t.app.Update(msg)
}

func (t *terminal) restyle() {
	t.app.theme = theme.New(t.look)
	t.app.stale = true
}

// View is the last frame until something has changed.
func (t *terminal) View() tea.View {
	view := tea.View{
		Content: t.app.View(), WindowTitle: t.app.title, AltScreen: true, ReportFocus: true, Cursor: t.app.cursor,
		KeyboardEnhancements: tea.KeyboardEnhancements{ReportAlternateKeys: true},
	}
	if t.app.mouse {
		view.MouseMode = tea.MouseModeCellMotion
	}
	return view
}
