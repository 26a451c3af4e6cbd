package find

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// usualLimit is how many stories and how many tickets are printed at most.
const usualLimit = 50

// record is what a search finds, as JSON.
type record struct {
	Query string `json:"query"`
	// Hits counts the stories to be found, HitsWithDone those in Done, too.
	Hits         int            `json:"total_hits"`
	HitsWithDone int            `json:"total_hits_with_done"`
	Stories      []storyRecord  `json:"stories"`
	TicketHits   int            `json:"total_tickets"`
	Tickets      []ticketRecord `json:"tickets"`
}

type storyRecord struct {
	ID       tracker.StoryID   `json:"id"`
	Name     string            `json:"name"`
	Type     tracker.StoryType `json:"type"`
	State    tracker.State     `json:"state"`
	Estimate *float64          `json:"estimate"`
	Column   tracker.Column    `json:"column"`
	Owners   []string          `json:"owners"`
	Labels   []string          `json:"labels"`
	// Excerpt is null where the search stands in what is above.
	Excerpt *excerptRecord `json:"excerpt"`
}

type excerptRecord struct {
	Kind   string  `json:"kind"`
	Author *string `json:"author"`
	Text   string  `json:"text"`
}

type ticketRecord struct {
	ID           tracker.TicketID     `json:"id"`
	Integration  string               `json:"integration"`
	Subject      string               `json:"subject"`
	Status       tracker.TicketStatus `json:"status"`
	Requester    *string              `json:"requester"`
	Organization *string              `json:"organization"`
	URL          string               `json:"url"`
	Stories      []tracker.StoryID    `json:"stories"`
}

// Command returns the command.
func Command(p session.Runner[UseCases]) *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "search QUERY", Short: "Search stories and tickets by what is written in them",
		Long: `Search the project's stories with their descriptions, comments and tasks, and the
tickets of its views as last loaded. Words and "phrases" stand anywhere in the
text; all of them must be there. OR between two parts means that either is
enough, ( ) group, - before a part excludes it. Stories in Done are counted, and
listed with includedone:true.

Terms: ` + strings.Join(search.Fields(search.Everything), ", ") + `.
A comma between values means or. Dates are days (2026-11-14), months (2026-11),
ranges (2026-11-01..2026-11-14), >2026-11-14, <3d (in the last 3 days), >3d, or ` + strings.Join(search.DateWords(), ", ") + `.`,
		Example: `storydesk search 'export (csv OR pdf) -label:later'
storydesk search 'owner:me state:started,finished updated:>3d'
storydesk search 'type:bug accepted:last-iteration includedone:true' --json
storydesk search -- '-label:later created:this-week'`,
		Args: usage.TakesSome("query"),
	}
	cmd.RunE = p.InProject(func(ctx context.Context, s *opened, args []string) error {
		text := strings.Join(args, " ")
		stories, err := s.Service.Find.FindStories(ctx, s.Project.ID, text, limit)
		if err != nil {
			return err
		}
		tickets, err := s.Service.Find.FindTickets(ctx, s.Project.ID, text, limit)
		if err != nil {
			return err
		}
		if p.Printer().AsJSON {
			return p.Printer().JSON(recordOf(text, stories, tickets))
		}
		return printHits(p.Printer(), stories, tickets)
	})
	cmd.Flags().IntVar(&limit, "limit", usualLimit, "how many stories, and how many tickets, to list at most; 0 for all")
	return cmd
}

func recordOf(text string, stories search.StoryHits, tickets search.TicketHits) record {
	r := record{
		Query: text, Hits: stories.Open, HitsWithDone: stories.Open + stories.Done, Stories: []storyRecord{},
		TicketHits: tickets.Total, Tickets: []ticketRecord{},
	}
	for _, h := range stories.Stories {
		one := storyRecord{
			ID: h.ID, Name: h.Name, Type: h.Type, State: h.State, Estimate: h.Estimate, Column: h.Column,
			Owners: output.OrEmpty(h.Owners), Labels: output.OrEmpty(h.Labels),
		}
		if e := h.Excerpt; e.Text != "" {
			one.Excerpt = &excerptRecord{Kind: e.Kind, Author: output.OrNull(e.Author), Text: e.Text}
		}
		r.Stories = append(r.Stories, one)
	}
	for _, h := range tickets.Tickets {
		one := ticketRecord{
			ID: h.ID, Integration: h.IntegrationName, Subject: h.Subject, Status: h.Status, Requester: output.OrNull(h.Requester),
			Organization: output.OrNull(h.Organization), URL: h.URL, Stories: []tracker.StoryID{},
		}
		for _, ref := range h.Stories {
			one.Stories = append(one.Stories, ref.ID)
		}
		r.Tickets = append(r.Tickets, one)
	}
	return r
}

// printHits prints a table of the stories and one of the tickets, each where there are
// some, and counts what is not listed.
func printHits(to output.Printer, stories search.StoryHits, tickets search.TicketHits) error {
	var rows [][]string
	for _, h := range stories.Stories {
		rows = append(rows, []string{h.ID.String(), string(h.Column), string(h.Type), string(h.State), strings.Join(h.Owners, ", "), nameOf(h)})
	}
	if rows != nil {
		if err := to.Table([]string{"STORY", "COLUMN", "TYPE", "STATE", "OWNERS", "NAME"}, rows); err != nil {
			return err
		}
	}
	rows = nil
	for _, h := range tickets.Tickets {
		refs := make([]string, len(h.Stories))
		for i, ref := range h.Stories {
			refs[i] = ref.ID.String()
		}
		rows = append(rows, []string{h.ID.String(), string(h.Status), h.IntegrationName, strings.Join(refs, " "), h.Subject})
	}
	if rows != nil {
		if err := to.Table([]string{"TICKET", "STATUS", "INTEGRATION", "STORIES", "SUBJECT"}, rows); err != nil {
			return err
		}
	}
	return to.Line(summary(stories, tickets))
}

// nameOf is a story's name, and where a search stands that is not in it.
func nameOf(h search.StoryHit) string {
	e := h.Excerpt
	switch {
	case e.Text == "":
		return h.Name
	case e.Author != "":
		return fmt.Sprintf("%s · %s by %s: %s", h.Name, e.Kind, e.Author, e.Text)
	}
	return fmt.Sprintf("%s · %s: %s", h.Name, e.Kind, e.Text)
}

// summary counts what was found, and says how much of it is not listed.
func summary(stories search.StoryHits, tickets search.TicketHits) string {
	line := fmt.Sprintf("stories %d, tickets %d", stories.Total(), tickets.Total)
	if stories.Done > 0 && !stories.WithDone {
		line += fmt.Sprintf(", in Done %d: includedone:true lists them", stories.Done)
	}
	if left := stories.Total() - len(stories.Stories) + tickets.Total - len(tickets.Tickets); left > 0 {
		line += fmt.Sprintf(", %d not listed: --limit 0 lists all", left)
	}
	return line
}
