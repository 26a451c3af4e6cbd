package stage

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/tty"
)

// openingSlow is after what time an opening is told of.
const openingSlow = 300 * time.Millisecond

// curtain stands before a model that does not exist yet, and is that model afterwards.
type curtain struct {
	output *tty.Output
	leave  context.CancelFunc
	// model is nil until there is something to show. early is what came before.
	model tea.Model
	early []tea.Msg
	view  tea.View
}

type (
	// begun brings what is shown from now on.
	begun struct{ model tea.Model }
	// slow reports that an opening takes long.
	slow struct{}
	// readsAgain reports that the terminal takes what is drawn again.
	readsAgain struct{}
)

// Init waits for a moment.
func (c *curtain) Init() tea.Cmd {
	return tea.Tick(openingSlow, func(time.Time) tea.Msg { return slow{} })
}

// Update keeps what comes before there is something to show. ctrl+c leaves.
func (c *curtain) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case begun:
		return c, c.raise(msg.model)
	case readsAgain:
		return c, nil
	case slow:
		if c.model == nil {
			c.view.Content = "Opening the database. ctrl+c leaves."
			c.output.Release()
		}
		return c, nil
	}
	if c.model != nil {
		return c, c.pass(msg)
	}
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "ctrl+c" {
		c.leave()
		return c, tea.Quit
	}
	c.early = append(c.early, msg)
	return c, nil
}

// raise shows a model from now on.
func (c *curtain) raise(m tea.Model) tea.Cmd {
	c.model = m
	c.output.Release()
	list := []tea.Cmd{m.Init()}
	for _, msg := range c.early {
		list = append(list, c.pass(msg))
	}
	c.early = nil
	return tea.Batch(list...)
}

// pass hands a message to the model.
func (c *curtain) pass(msg tea.Msg) (cmd tea.Cmd) {
	c.model, cmd = c.model.Update(msg)
	return cmd
}

// View is the model's.
func (c *curtain) View() tea.View {
	if c.model == nil {
		c.view.AltScreen = true
		return c.view
	}
	return c.model.View()
}
