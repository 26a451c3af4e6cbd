package stories

import (
	"context"
	"maps"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/epic"
)

// Labels lists the labels of a project's stories, in alphabetical order.
func (s *queries) Labels(ctx context.Context, project tracker.ProjectID) ([]epic.LabelUse, error) {
	uses := make(map[string]epic.LabelUse)
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
	return slices.SortedFunc(maps.Values(uses), func(a, b epic.LabelUse) int { return strings.Compare(a.Name, b.Name) }), err
}

// RenameLabel gives a label of a project another name, on all of its stories or on none;
// an epic of the label goes with it. CodeNotFound; CodeInvalid, field "label", for a name without
// text or with a comma; CodeRefused for one that another label has.
func (s *Service) RenameLabel(ctx context.Context, project tracker.ProjectID, from, to string) ([]tracker.Story, error) {
	if epic.CleanLabel(to) == "" {
		return nil, tracker.Invalid("label", "a label needs some text")
	}
	if strings.Contains(to, ",") {
		return nil, tracker.Invalid("label", "a label has no comma")
	}
	return s.relabel(ctx, project, from, "label renamed", func(names []string) (string, error) {
		if to := epic.CleanLabel(to); to != epic.CleanLabel(from) && slices.Contains(names, to) {
			return "", tracker.Errorf(tracker.CodeRefused, "there is a label %q already; merge the two instead", to)
		}
		return epic.CleanLabel(to), nil
	})
}

// MergeLabel puts one label of a project in place of another, on all of its stories or on
// none; an epic of the label goes with it. CodeNotFound when one of the two is not there,
// CodeInvalid, field "into", where they are the same, CodeRefused where both are those of epics.
func (s *Service) MergeLabel(ctx context.Context, project tracker.ProjectID, from, into string) ([]tracker.Story, error) {
	return s.relabel(ctx, project, from, "label merged", func(names []string) (string, error) {
		switch into := epic.CleanLabel(into); {
		case !slices.Contains(names, into):
			return "", tracker.Errorf(tracker.CodeNotFound, "there is no label %q; rename the other instead", into)
		case into == epic.CleanLabel(from):
			return "", tracker.Invalid("into", "%q cannot be merged with itself", into)
		default:
			return into, nil
		}
	})
}

// DeleteLabel takes a label off all stories of a project; CodeNotFound, CodeRefused for
// that of an epic.
func (s *Service) DeleteLabel(ctx context.Context, project tracker.ProjectID, name string) ([]tracker.Story, error) {
	return s.relabel(ctx, project, name, "label deleted", func([]string) (string, error) { return "", nil })
}

// relabel puts what to returns, given the project's labels, in place of a label; nothing
// for "".
func (s *Service) relabel(ctx context.Context, project tracker.ProjectID, from, verb string, to func(names []string) (string, error)) ([]tracker.Story, error) {
	from = epic.CleanLabel(from)
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
	also := func(w tracker.Writer) (changeSet, error) { return s.relabelEpic(w, project, from, name, verb) }
	return s.changeStoriesAnd(ctx, anyVersion(carriers), func(_ tracker.Writer, c *edited, _ tracker.Project) error {
		c.verb = verb
		labels := slices.Clone(c.after.Labels)
		for i, l := range labels {
			if l == from {
				labels[i] = name
			}
		}
		c.after.Labels = tracker.CleanNames(labels) // an empty one is dropped, and one that is there twice
		return nil
	}, also)
}

// relabelEpic gives the epic of a label, where there is one, the label that takes its place.
func (s *Service) relabelEpic(w tracker.Writer, project tracker.ProjectID, from, to, verb string) (changeSet, error) {
	list, err := w.Epics(project)
	of := func(label string) int {
		return slices.IndexFunc(list, func(e tracker.Epic) bool { return e.Label == label })
	}
	at := of(from)
	switch other := of(to); {
	case err != nil || at < 0 || from == to:
		return nil, err
	case to == "":
		return nil, tracker.Errorf(tracker.CodeRefused, "%q is the label of epic %s; delete the epic first", from, list[at].ID)
	case other >= 0:
		return nil, tracker.Errorf(tracker.CodeRefused, "%q is the label of epic %s and %q that of %s; delete one of the two epics first", from, list[at].ID, to, list[other].ID)
	}
	now := list[at]
	now.Label, now.UpdatedAt = to, s.Now()
	c := EpicChange{Was: &list[at], Is: &now, Verb: verb}
	return changeSet{epicChanged{c}}, c.Make(w)
}
