package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker/guard"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
	"storydesk/ui/tty"
)

// Model is the program as Bubble Tea runs it: it alone builds tea.View
// and receives what the terminal reports about itself.
type Model struct {
	app *app
	// output is what is drawn on, nil where nothing is shown.
	output  *tty.Output
	look    theme.Options
	colours setting.Colours
	// light is true once the terminal has said that its background is.
	light bool
	// asciiLocale is true where the locale shows ASCII only.
	asciiLocale bool
	// progress is true where the terminal shows how far a reading is.
	progress bool
	// view is the last one that was drawn.
	view tea.View
	// crashed is true once the program has panicked: it does nothing more.
	crashed bool
}

// New makes the program. [Run] runs it on a terminal; whoever runs it otherwise
// gives Bubble Tea this model.
func New(ctx context.Context, o Options) *Model {
	t := &Model{app: newApp(ctx, o), asciiLocale: o.ASCII, progress: showsProgress(o.Environ)}
	t.app.choices.look = t.set
	t.set(setting.Glyphs, o.Glyphs)
	t.set(setting.Theme, string(o.Colours))
	return t
}

// set makes the look what a setting says.
func (t *Model) set(name, value string) {
	switch name {
	case setting.Theme:
		t.colours = setting.Colours(value)
	case setting.Glyphs:
		t.look.ASCII = value == setting.GlyphsASCII || value != setting.GlyphsUnicode && t.asciiLocale
	}
	t.colour()
}

// Init asks the terminal for its background and opens the board.
func (t *Model) Init() (cmd tea.Cmd) {
	t.guard(func() { cmd = tea.Batch(tea.RequestBackgroundColor, t.app.Init(), t.app.Due()) })
	return cmd
}

// Update takes one message.
func (t *Model) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	t.guard(func() { cmd = tea.Batch(t.update(msg), t.app.Due()) })
	return t, cmd
}

// View is the last frame until something has changed. Nothing new is drawn for a
// terminal that does not read.
func (t *Model) View() tea.View {
	if t.output != nil && t.output.Stalled() {
		return t.view
	}
	t.guard(t.draw)
	return t.view
}

// guard does a part of the program's work. A panic ends the program in order:
// Bubble Tea would print its stack over the user's screen.
func (t *Model) guard(work func()) {
	if t.crashed {
		return
	}
	crash := guard.Run(func() error {
		work()
		return nil
	})
	if crash != nil {
		t.crashed = true
		t.app.End(crash)
	}
}

// update hears what the terminal says and hands everything else on.
func (t *Model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return t.app.Update(resized{msg.Width, msg.Height})
	case tea.BackgroundColorMsg:
		t.light = !msg.IsDark()
		t.colour()
		return nil
	case tea.ColorProfileMsg:
		t.look.NoColor = msg.Profile <= colorprofile.Ascii
		t.look.Sixteen = msg.Profile == colorprofile.ANSI
		t.look.Indexed = msg.Profile == colorprofile.ANSI256
		t.restyle()
		return nil
	case tea.ModeReportMsg:
		t.countBy(msg)
		return nil
	case wentOn:
		return tea.Batch(t.askSize, t.app.Update(msg))
	case tea.FocusMsg:
		return t.app.Update(focused{})
	case tea.BlurMsg:
		return t.app.Update(blurred{})
	case tea.KeyboardEnhancementsMsg, tea.EnvMsg, tea.KeyReleaseMsg:
		return nil
	}
	return t.app.Update(msg)
}

// countBy makes the canvas count cells as the renderer does from now on.
// https://github.com/contour-terminal/terminal-unicode-core
func (t *Model) countBy(report tea.ModeReportMsg) {
	if report.Mode != ansi.ModeUnicodeCore {
		return
	}
	switch report.Value {
	case ansi.ModeSet, ansi.ModeReset, ansi.ModePermanentlySet:
		t.app.screen.canvas.Method = ansi.GraphemeWidth
		t.app.screen.stale = true
	default:
	}
}

// askSize reads the size of the terminal. While the program was suspended it may
// have changed unheard.
func (t *Model) askSize() tea.Msg {
	if t.output == nil {
		return nil
	}
	if w, h, ok := tty.Size(t.output.Unwrap()); ok {
		return tea.WindowSizeMsg{Width: w, Height: h}
	}
	return nil
}

// colour makes the palette fit what is chosen and the terminal's background.
func (t *Model) colour() {
	colours := t.colours
	t.look.Own = nil
	if own, ok := t.app.Config.Themes[string(colours)]; ok {
		colours, t.look.Own = setting.Colours(own.Base), theme.NewOwn(own.Colours)
	}
	t.look.Dark = colours == setting.ColoursDark || colours != setting.ColoursLight && !t.light
	t.look.HighContrast = colours == setting.ColoursHighContrast
	t.restyle()
}

func (t *Model) restyle() {
	t.app.Theme = theme.New(t.look)
	t.app.screen.stale = true
}

// draw builds the view again.
func (t *Model) draw() {
	view := tea.View{
		Content: t.app.screen.View(), WindowTitle: t.app.screen.title, AltScreen: true, ReportFocus: true, Cursor: t.app.screen.cursor,
		KeyboardEnhancements: tea.KeyboardEnhancements{ReportAlternateKeys: true},
	}
	if t.progress {
		view.ProgressBar = t.app.board.Progress()
	}
	if t.app.choices.mouse {
		view.MouseMode = tea.MouseModeCellMotion
	}
	t.view = view
}

// showsProgress reports whether the terminal knows the sequence for progress,
// OSC 9;4. To others OSC 9 is a notification, which must not pop up.
// https://learn.microsoft.com/windows/terminal/tutorials/progress-bar-sequences
func showsProgress(environ []string) bool {
	switch setting.FromEnviron(environ, "TERM_PROGRAM") {
	case "ghostty", "WezTerm":
		return true
	}
	return setting.FromEnviron(environ, "WT_SESSION") != "" || setting.FromEnviron(environ, "ConEmuANSI") == "ON"
}
