package completion

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/delivery"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/ticket"
	"storydesk/ui/cli/usage"
)

// offering lists what the shell may complete in a place.
type offering func(ctx context.Context, s *opened) ([]cobra.Completion, error)

// offerings are the things of the database by their names in usage lines.
func offerings() map[string]offering {
	return map[string]offering{
		"STORY": offerStories, "TICKET": offerTickets, "INTEGRATION": offerIntegrations,
		"PROJECT": offerProjects, "EPIC": offerEpics, "DELIVERY": offerDeliveries, "DELETED": offerDeleted,
	}
}

// offeringFlags are the flags whose value is such a thing.
func offeringFlags() map[string]string {
	return map[string]string{
		"before": "STORY", "after": "STORY", "ticket": "TICKET", "story": "STORY", "from-ticket": "TICKET", "integration": "INTEGRATION", "project": "PROJECT",
	}
}

// Asked reports whether a shell asks what completes a line, by the arguments of the program.
func Asked(args []string) bool {
	return len(args) > 0 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// Offer completes what the usage lines of cmd and of the commands below it
// name, and stops the shell from offering files in all other places.
func Offer(p session.Runner[UseCases], cmd *cobra.Command) {
	if known := cmd.ValidArgs; len(known) > 0 {
		cmd.ValidArgs, cmd.ValidArgsFunction = nil, usage.OfferFirst(known)
	}
	if cmd.ValidArgsFunction == nil {
		cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return offer(p, cmd, usage.Placeholder(cmd.Use, len(args)), args)
		}
	}
	for flag, what := range offeringFlags() {
		if cmd.LocalFlags().Lookup(flag) == nil {
			continue
		}
		// It fails only for a flag that is not there or has values of its own.
		_ = cmd.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return offer(p, cmd, cmp.Or(cmd.Annotations[flag], what), nil)
		})
	}
	for _, sub := range cmd.Commands() {
		Offer(p, sub)
	}
}

// offer lists what there is of a kind, without those given already. Completing
// never makes a database, and whatever fails is for the command itself to report.
func offer(p runner, cmd *cobra.Command, what string, given []string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const nothingElse = cobra.ShellCompDirectiveNoFileComp
	find := offerings()[what]
	path, err := p.ChosenPath(cmd)
	if find == nil || err != nil {
		return nil, nothingElse
	}
	if _, err := os.Stat(path); err != nil {
		return nil, nothingElse
	}
	if what == "PROJECT" {
		p.Flags.Project = "" // it is being typed
	}
	var list []cobra.Completion
	err = p.Within(cmd.Context(), path, 0, func(ctx context.Context, s *opened) (err error) {
		list, err = find(ctx, s)
		return err
	})
	if err != nil {
		return nil, nothingElse
	}
	return slices.DeleteFunc(list, func(c cobra.Completion) bool {
		word, _, _ := strings.Cut(c, "\t")
		return slices.Contains(given, word)
	}), nothingElse
}

// offered is a word with what the shell shows beside it.
func offered(word any, about string) cobra.Completion {
	return cobra.CompletionWithDesc(plaintext.Line(fmt.Sprint(word)), plaintext.Line(about))
}

// offerStories offers the stories of the project that commands work on. Where
// that is open it offers all, since a story's number needs no project.
func offerStories(ctx context.Context, s *opened) ([]cobra.Completion, error) {
	return offerEach(ctx, s, func(p tracker.ProjectID) ([]tracker.Story, error) {
		return s.Service.Stories.Stories(ctx, p, tracker.StoryFilter{})
	})
}

// offerDeleted offers the deleted stories as offerStories does the others.
func offerDeleted(ctx context.Context, s *opened) ([]cobra.Completion, error) {
	return offerEach(ctx, s, func(p tracker.ProjectID) ([]tracker.Story, error) { return s.Service.Stories.DeletedStories(ctx, p) })
}

// offerEach offers the stories that find returns of each project in question.
func offerEach(ctx context.Context, s *opened, find func(tracker.ProjectID) ([]tracker.Story, error)) ([]cobra.Completion, error) {
	projects, err := s.Service.Projects.Projects(ctx)
	if err != nil {
		return nil, err
	}
	if p, err := s.WorkProject(ctx); err == nil {
		projects = []tracker.Project{p}
	}
	var words []cobra.Completion
	for _, p := range projects {
		list, err := find(p.ID)
		if err != nil {
			return nil, err
		}
		for _, st := range list {
			words = append(words, offered(int64(st.ID), st.Name))
		}
	}
	return words, nil
}

func offerTickets(ctx context.Context, s *opened) (words []cobra.Completion, err error) {
	if s.Project, err = s.WorkProject(ctx); err != nil {
		return nil, err
	}
	panels, err := ticket.Panels(ctx, s.Service.Accounts, s.Project.ID, "")
	if err != nil {
		return nil, err
	}
	for _, in := range panels {
		panel, err := s.Service.Views.Tickets(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		for _, t := range panel.Tickets {
			words = append(words, offered(strings.TrimPrefix(kind.TicketLabel(t.Ticket), "#"), t.Subject))
		}
	}
	return words, nil
}

func offerIntegrations(ctx context.Context, s *opened) (words []cobra.Completion, err error) {
	if s.Project, err = s.WorkProject(ctx); err != nil {
		return nil, err
	}
	list, err := s.Service.Accounts.Integrations(ctx, s.Project.ID)
	for _, in := range list {
		words = append(words, offered(in.Name, in.Host))
	}
	return words, err
}

func offerProjects(ctx context.Context, s *opened) ([]cobra.Completion, error) {
	list, err := s.Service.Projects.Projects(ctx)
	words := make([]cobra.Completion, len(list))
	for i, p := range list {
		words[i] = offered(p.Name, "")
	}
	return words, err
}

func offerEpics(ctx context.Context, s *opened) (words []cobra.Completion, err error) {
	if s.Project, err = s.WorkProject(ctx); err != nil {
		return nil, err
	}
	list, err := s.Service.Epics.Epics(ctx, s.Project.ID)
	for _, f := range list {
		words = append(words, offered(f.Epic.ID, f.Epic.Name))
	}
	return words, err
}

func offerDeliveries(ctx context.Context, s *opened) ([]cobra.Completion, error) {
	list, err := s.Service.Outbox.Deliveries(ctx, tracker.DeliveryQuery{Limit: 100})
	words := make([]cobra.Completion, len(list))
	for i, d := range list {
		words[i] = offered(int64(d.ID), delivery.Presenter().Summary(d))
	}
	return words, err
}
