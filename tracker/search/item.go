package search

import (
	"slices"
	"strconv"
	"time"

	"storydesk/tracker"
)

// ticket, card and story are what queries are asked of.
type (
	ticket tracker.TicketRow
	card   tracker.Card
	story  tracker.Story
	anEpic tracker.Epic
)

// Ticket is a ticket to be searched.
func Ticket(t *tracker.TicketRow) Item { return (*ticket)(t) }

// Card is a story as the board shows it, to be searched.
func Card(c *tracker.Card) Item { return (*card)(c) }

// Story is a story with its description, to be searched.
func Story(s *tracker.Story) Item { return (*story)(s) }

// OfEpic is an epic itself, to be searched.
func OfEpic(e *tracker.Epic) Item { return (*anEpic)(e) }

// Whole is a whole story to be searched, with the number that it was imported with, 0 for
// none, and how many open blockers it has.
func Whole(s *tracker.Story, origin int64, blockers int) Item {
	return &wholeStory{(*story)(s), origin, blockers}
}

// wholeStory is a story with what is known of it besides.
type wholeStory struct {
	*story
	origin   int64
	blockers int
}

func (w *wholeStory) has(field string, is func(string) bool) bool {
	switch field {
	case fieldID:
		return w.story.has(field, is) || w.origin != 0 && is(strconv.FormatInt(w.origin, 10))
	case fieldBlocked:
		c := tracker.Card{State: w.State, Open: tracker.Open{Blockers: w.blockers}}
		return (*card)(&c).has(field, is)
	}
	return w.story.has(field, is)
}

// Text is a ticket's subject, and what else is known of it and its stories.
func (t *ticket) Text() Text {
	var stories []string
	for _, s := range t.Stories {
		stories = append(stories, s.ID.String(), string(s.State))
	}
	return newText(t.Subject, []string{t.ID.String(), t.Requester, t.Organization, string(t.Status), t.CustomStatus, t.Channel}, t.Tags, stories)
}

func (t *ticket) has(field string, is func(string) bool) bool {
	switch field {
	case fieldStatus:
		return is(string(t.Status)) || t.CustomStatus != "" && is(t.CustomStatus)
	case fieldPriority:
		return is(orNone(t.Priority))
	case fieldType:
		return is(orNone(t.Type))
	case fieldOrg:
		return is(orNone(t.Organization))
	case fieldRequester:
		return is(orNone(t.Requester))
	case fieldTag:
		return anyOrNone(t.Tags, is)
	case fieldLinked:
		return is(yesNo(len(t.Stories) > 0))
	case fieldStory:
		return t.hasStory(is)
	case fieldWaiting:
		return is(t.waitingSince())
	case fieldIs:
		return t.Aside != nil && is(string(t.Aside.Kind))
	case fieldID:
		return numbered(t.ID, is)
	case fieldName:
		return is(t.Subject)
	}
	return false
}

func (t *ticket) at(field string) time.Time {
	if field == fieldCreated {
		return t.CreatedAt
	}
	return t.UpdatedAt
}

// Text is a story's name, and what else its row tells.
func (c *card) Text() Text {
	return newText(c.Name, []string{c.ID.String(), string(c.Type), string(c.State)}, c.Owners, c.Labels)
}

func (c *card) has(field string, is func(string) bool) bool {
	switch field {
	case fieldState:
		return is(string(c.State))
	case fieldType:
		return is(string(c.Type))
	case fieldEstimate:
		return is(points(c.Estimate))
	case fieldOwner:
		return anyOrNone(c.Owners, is)
	case fieldLabel, fieldLabelled:
		return anyOrNone(c.Labels, is)
	case fieldRequester:
		return is(orNone(c.Requester))
	case fieldLinked:
		return is(yesNo(c.Tickets > 0))
	case fieldBlocked: // what is accepted waits for nothing
		return is(yesNo(c.Open.Blockers > 0 && c.State != tracker.Accepted))
	case fieldEpic: // an epic is a label, and which are epics only the project knows
		return anyOrNone(c.Labels, is)
	case fieldMyWork:
		return c.State != tracker.Accepted && slices.ContainsFunc(c.Owners, is)
	case fieldID:
		return numbered(c.ID, is) || c.Origin != 0 && is(strconv.FormatInt(c.Origin, 10))
	case fieldName:
		return is(c.Name)
	}
	return false
}

func (c *card) at(field string) time.Time {
	if field == fieldAccepted && c.AcceptedAt != nil {
		return *c.AcceptedAt
	}
	return time.Time{}
}

// Text is a story's name, and what else is written in it.
func (s *story) Text() Text {
	return newText(s.Name, []string{s.ID.String(), string(s.Type), string(s.State), s.Description}, s.Owners, s.Labels)
}

func (s *story) has(field string, is func(string) bool) bool {
	if field == fieldTicket {
		return slices.ContainsFunc(s.Tickets, func(l tracker.Link) bool {
			return numbered(l.Ticket.ID, is)
		})
	}
	c := tracker.Story(*s).Card()
	return (*card)(&c).has(field, is)
}

func (s *story) at(field string) time.Time {
	switch field {
	case fieldCreated:
		return s.CreatedAt
	case fieldUpdated:
		return s.UpdatedAt
	}
	c := tracker.Story(*s).Card()
	return (*card)(&c).at(field)
}

// Text is an epic's name, and what else is written of it.
func (e *anEpic) Text() Text {
	return newText(e.Name, []string{e.ID.String(), e.Label, e.Description})
}

func (e *anEpic) has(field string, is func(string) bool) bool {
	switch field {
	case fieldName:
		return is(e.Name)
	case fieldLabel:
		return is(e.Label)
	case fieldID:
		return numbered(e.ID, is)
	}
	return false
}

func (e *anEpic) at(string) time.Time { return e.UpdatedAt }

// numbered reports whether a number is one, as people write it or in digits alone.
func numbered[N interface {
	~int64
	String() string
}](n N, is func(string) bool) bool {
	return is(n.String()) || is(strconv.FormatInt(int64(n), 10))
}

// points is a number of points as people write it.
func points(n *float64) string {
	if n == nil {
		return searchNone
	}
	return tracker.FormatPoints(*n)
}

func orNone(value string) string {
	if value == "" {
		return searchNone
	}
	return value
}

func anyOrNone(values []string, is func(string) bool) bool {
	if len(values) == 0 {
		return is(searchNone)
	}
	return slices.ContainsFunc(values, is)
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func (f *found) has(field string, is func(string) bool) bool {
	switch field {
	case fieldTicket:
		return slices.ContainsFunc(f.Links, func(id tracker.TicketID) bool {
			return numbered(id, is)
		})
	case fieldLinked:
		return is(yesNo(len(f.Links) > 0))
	}
	return (*card)(&f.Card).has(field, is)
}

func (f *found) at(field string) time.Time {
	switch field {
	case fieldCreated:
		return f.CreatedAt
	case fieldUpdated:
		return f.UpdatedAt
	}
	return (*card)(&f.Card).at(field)
}
