package ticket

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
)

// Preview is the detail of a ticket that is drawn without the focus.
type Preview struct{ *Pane }

// NewPreview makes the preview of a ticket. It shows what a row knows until more was
// read.
func NewPreview(c *command.Commands, s UseCases, in tracker.IntegrationID, t tracker.TicketRow) Preview {
	p := &Pane{host: &host{c, s}, integration: in, id: t.ID, thread: newThread(), brief: true}
	p.detail = &tracker.TicketDetail{Ticket: t.Ticket, Stories: t.Stories}
	return Preview{p}
}

// Recall reads the ticket as last seen.
func (p Preview) Recall() tea.Cmd { return p.reload() }

// Attend notes that the user looks at the ticket, and asks Zendesk for its
// conversation, in turn, unless that was asked for and read since the ticket's last
// update.
func (p Preview) Attend(updated time.Time) tea.Cmd {
	p.attended = true
	if p.thread.read && p.thread.of.Equal(updated) {
		return p.see()
	}
	p.thread.of = updated
	return tea.Batch(p.thread.loadInTurn(p.host, p.integration, p.id), p.see())
}

// Leave ends the reading of the conversation, and the looking.
func (p Preview) Leave() {
	p.attended = false
	p.thread.stop()
}
