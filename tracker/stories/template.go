package stories

import (
	"strings"

	"storydesk/tracker"
)

// template is the filled template of a story's type, from a ticket where from is one;
// empty for none.
func (s *changes) template(kind tracker.StoryType, p tracker.Project, from *tracker.Ticket) string {
	if s.Templates == nil {
		return ""
	}
	return strings.TrimSpace(s.Templates.Describe(kind, p.Name, from))
}

// above puts a template above the text of a ticket.
func above(template, text string) string {
	return cut(strings.TrimSpace(template+"\n\n"+text), tracker.MaxStoryDescription)
}

// templated is the description of a new story by the template of its type.
func (s *changes) templated(st tracker.Story, p tracker.Project, from *tracker.Ticket) string {
	template := s.template(st.Type, p, from)
	switch {
	case template == "" || from == nil && st.Description != "":
		return st.Description
	case from == nil:
		return template
	}
	return above(template, st.Description)
}

// retemplated is a better text of a story's ticket below the template that stands above
// the present one. It is false where the template is another one by now.
func (s *changes) retemplated(r tracker.Reader, created tracker.Story, text string) (description string, ok bool, err error) {
	if s.Templates == nil || len(created.Tickets) == 0 {
		return text, true, nil
	}
	p, err := r.Project(created.ProjectID)
	if err != nil {
		return "", false, err
	}
	t, err := r.Ticket(created.Tickets[0].Ticket)
	if err != nil {
		return "", false, err
	}
	template := s.template(created.Type, p, &t)
	if template == "" {
		return text, true, nil
	}
	return above(template, text), strings.HasPrefix(created.Description, template), nil
}
