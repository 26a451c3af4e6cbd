package stories

import (
	"context"
	"maps"
	"slices"
	"strings"

	"storydesk/tracker"
)

// Labels lists the labels of a project's stories, in alphabetical order.
func (s *queries) Labels(ctx context.Context, project tracker.ProjectID) ([]tracker.LabelUse, error) {
	uses := make(map[string]tracker.LabelUse)
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		cards, err := r.Cards(project)
		for _, c := range cards {
			for _, name := range c.Labels {
				use := uses[name]
				use.Name = name
				use.Stories++
				if c.State == tracker.Accepted {
					use.Accepted++
				}
				uses[name] = use
			}
		}
		return err
	})
	return slices.SortedFunc(maps.Values(uses), func(a, b tracker.LabelUse) int { return strings.Compare(a.Name, b.Name) }), err
}

// RenameLabel gives a label of a project another name, on all of its stories or on none.
// CodeNotFound; CodeInvalid, field "label", for a name without text; CodeRefused for one
// that another label has.
func (s *Service) RenameLabel(ctx context.Context, project tracker.ProjectID, from, to string) ([]tracker.Story, error) {
	if cleanLabel(to) == "" {
		return nil, tracker.Invalid("label", "a label needs some text")
	}
	return s.relabel(ctx, project, from, "label renamed", func(names []string) (string, error) {
		if to := cleanLabel(to); to != cleanLabel(from) && slices.Contains(names, to) {
			return "", tracker.Errorf(tracker.CodeRefused, "there is a label %q already; merge the two instead", to)
		}
		return cleanLabel(to), nil
	})
}

// MergeLabel puts one label of a project in place of another, on all of its stories or on
// none. CodeNotFound when one of the two is not there.
func (s *Service) MergeLabel(ctx context.Context, project tracker.ProjectID, from, into string) ([]tracker.Story, error) {
	return s.relabel(ctx, project, from, "label merged", func(names []string) (string, error) {
		if into := cleanLabel(into); !slices.Contains(names, into) {
			return "", tracker.Errorf(tracker.CodeNotFound, "there is no label %q; rename the other instead", into)
		}
		return cleanLabel(into), nil
	})
}

// DeleteLabel takes a label off all stories of a project; CodeNotFound.
func (s *Service) DeleteLabel(ctx context.Context, project tracker.ProjectID, name string) ([]tracker.Story, error) {
	return s.relabel(ctx, project, name, "label deleted", func([]string) (string, error) { return "", nil })
}

// relabel puts what to returns, given the project's labels, in place of a label; nothing
// for "".
func (s *Service) relabel(ctx context.Context, project tracker.ProjectID, from, verb string, to func(names []string) (string, error)) ([]tracker.Story, error) {
	from = cleanLabel(from)
	var carriers []tracker.StoryID
	var names []string
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		cards, err := r.Cards(project)
		for _, c := range cards {
			names = append(names, c.Labels...)
			if slices.Contains(c.Labels, from) {
				carriers = append(carriers, c.ID)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(carriers) == 0 {
		return nil, tracker.Errorf(tracker.CodeNotFound, "there is no label %q", from)
	}
	name, err := to(names)
	if err != nil {
		return nil, err
	}
	return s.changeStories(ctx, anyVersion(carriers), func(_ tracker.Writer, c *edited, _ tracker.Project) error {
		c.verb = verb
		labels := slices.Clone(c.after.Labels)
		for i, l := range labels {
			if l == from {
				labels[i] = name
			}
		}
		c.after.Labels = tracker.CleanNames(labels) // an empty one is dropped, and one that is there twice
		return nil
	})
}

func cleanLabel(text string) string { return strings.ToLower(strings.TrimSpace(text)) }
