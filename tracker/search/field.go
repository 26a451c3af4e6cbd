package search

import (
	"slices"
	"strings"

	"storydesk/tracker"
)

// searchField is a field that a term can ask for.
type searchField struct {
	name  string
	kinds []Kind
	// values are those that it can have, nil for any text.
	values []string
	// named is true for a field whose value in quotes is a part of any name.
	named bool
	// check reads a value that is neither listed nor any text, nil for none.
	check func(value string) error
	// means says what any text or what is checked can be.
	means string
}

// searchHelp, in place of a word or a value, asks what there is.
const searchHelp = "?"

// What stands for a value that is missing, and for yourself.
const (
	searchNone = "none"
	searchMe   = "me"
)

// The names of the fields.
const (
	fieldStatus      = "status"
	fieldPriority    = "priority"
	fieldType        = "type"
	fieldOrg         = "org"
	fieldRequester   = "requester"
	fieldTag         = "tag"
	fieldState       = "state"
	fieldEstimate    = "estimate"
	fieldOwner       = "owner"
	fieldMyWork      = "mywork"
	fieldLabel       = "label"
	fieldEpic        = "epic"
	fieldLabelled    = "labelled"
	fieldID          = "id"
	fieldName        = "name"
	fieldLinked      = "linked"
	fieldBlocked     = "blocked"
	fieldWaiting     = "waiting"
	fieldStory       = "story"
	fieldTicket      = "ticket"
	fieldIntegration = "integration"
	fieldBy          = "by"
	fieldIs          = "is"
	fieldCreated     = "created"
	fieldUpdated     = "updated"
	fieldAccepted    = "accepted"
	fieldDone        = "includedone"
)

// What fields mean to people, where several say the same.
const (
	meansPerson = "a name, initials, me or none"
	meansTicket = "a ticket's number, such as 1039"
	meansStory  = "a story's number, such as 14 or S-14"
)

// searchFields are the fields of a kind, in the order in which people are told
// of them.
func searchFields(kind Kind) []searchField {
	if kind == Everything {
		return merged(searchFields(Stories), searchFields(Tickets))
	}
	return slices.DeleteFunc(allFields(), func(f searchField) bool { return !slices.Contains(f.kinds, kind) })
}

// allFields are the fields of all kinds, in the order in which people are told of them.
func allFields() []searchField {
	tickets, stories, whole, deliveries := []Kind{Tickets}, []Kind{Stories, Cards}, []Kind{Stories}, []Kind{Deliveries}
	both, dated := []Kind{Tickets, Stories, Cards}, []Kind{Tickets, Stories}
	epics, called := []Kind{Epics}, append(slices.Clone(both), Epics)
	yesOrNo := []string{"yes", "no"}
	return []searchField{
		{name: fieldStatus, kinds: tickets, values: []string{"new", "open", "pending", "hold", "solved", "closed"}, named: true},
		{name: fieldPriority, kinds: tickets, values: []string{"urgent", "high", "normal", "low", searchNone}},
		{name: fieldType, kinds: tickets, values: []string{"problem", "incident", "question", "task", searchNone}},
		{name: fieldState, kinds: stories, values: plain(tracker.States())},
		{name: fieldType, kinds: stories, values: plain(tracker.StoryTypes())},
		{name: fieldEstimate, kinds: stories, check: checkEstimate, means: "a number of points or none"},
		{name: fieldOwner, kinds: stories, means: meansPerson},
		{name: fieldMyWork, kinds: stories, means: "a name, initials or me: what that person owns and nobody has accepted"},
		{name: fieldLabel, kinds: stories, means: "any label, or none"},
		{name: fieldLabelled, kinds: stories, means: "a whole label, or none"},
		{name: fieldLabel, kinds: epics, means: "the label that the epic's stories carry"},
		{name: fieldEpic, kinds: stories, means: "an epic's name, number or whole label, or none"},
		{name: fieldOrg, kinds: tickets, means: "any name, or none"},
		{name: fieldRequester, kinds: both, means: meansPerson},
		{name: fieldTag, kinds: tickets, means: "any tag, or none"},
		{name: fieldID, kinds: stories, check: checkStory, means: meansStory},
		{name: fieldID, kinds: tickets, check: checkTicket, means: meansTicket},
		{name: fieldID, kinds: epics, check: checkEpic, means: "an epic's number, such as 3 or E-3"},
		{name: fieldName, kinds: called, means: "words of the name, in quotes where there are several"},
		{name: fieldLinked, kinds: both, values: yesOrNo},
		{name: fieldBlocked, kinds: stories, values: yesOrNo},
		{name: fieldStory, kinds: tickets, values: append(plain(tracker.States()), searchNone)},
		{name: fieldTicket, kinds: whole, check: checkTicket, means: meansTicket},
		{name: fieldWaiting, kinds: tickets, check: checkWaiting, means: "how long the customer waits, such as >2d, <4h or none"},
		{name: fieldCreated, kinds: dated, check: checkDate, means: meansDate},
		{name: fieldUpdated, kinds: dated, check: checkDate, means: meansDate},
		{name: fieldAccepted, kinds: stories, check: checkDateOrNone, means: meansDate + ", or none"},
		{name: fieldDone, kinds: whole, values: []string{"true", "false"}},
		{name: fieldIs, kinds: tickets, values: plain(tracker.AsideKinds())},
		{name: fieldStory, kinds: deliveries, check: checkStory, means: meansStory},
		{name: fieldTicket, kinds: deliveries, check: checkTicket, means: meansTicket},
		{name: fieldIntegration, kinds: deliveries, means: "an integration's name, in quotes where it has spaces"},
		{name: fieldState, kinds: deliveries, values: plain(tracker.DeliveryStates())},
		{name: fieldBy, kinds: deliveries, means: "a name, initials or me"},
	}
}

// merged joins the fields of two kinds; one that both have takes the values of either.
func merged(fields, more []searchField) []searchField {
	for _, f := range more {
		i := slices.IndexFunc(fields, func(known searchField) bool { return known.name == f.name })
		if i < 0 {
			fields = append(fields, f)
			continue
		}
		for _, v := range f.values {
			if !slices.Contains(fields[i].values, v) {
				fields[i].values = append(fields[i].values, v)
			}
		}
		if fields[i].means != f.means {
			fields[i].means += "; or " + f.means
		}
	}
	return fields
}

// written returns a field under the name that this language has for it, and what stands
// before its values then. Pivotal Tracker had names such as external_id and
// accepted_after.
func written(field string) (name, before string) {
	switch field {
	case "external_id":
		return fieldTicket, ""
	case "owned_by":
		return fieldOwner, ""
	case "requested_by":
		return fieldRequester, ""
	case "include_done":
		return fieldDone, ""
	}
	date, when, _ := strings.Cut(field, "_")
	before, known := map[string]string{"on": "", "since": ">=", "after": ">", "before": "<"}[when]
	if known && isDate(date) {
		return date, before
	}
	return field, ""
}

// isDate reports whether a field's values are dates.
func isDate(field string) bool {
	return field == fieldCreated || field == fieldUpdated || field == fieldAccepted
}

// isPerson reports whether a field's values are people.
func isPerson(field string) bool {
	return field == fieldOwner || field == fieldRequester || field == fieldBy || field == fieldMyWork
}

// Fields names the fields that a search of a kind knows, in the order in
// which people are told of them.
func Fields(kind Kind) []string {
	fields := searchFields(kind)
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

func plain[S ~string](list []S) []string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = string(s)
	}
	return texts
}

func checkEstimate(value string) error {
	if value == searchNone {
		return nil
	}
	_, err := tracker.ParsePoints(value)
	return err
}

func checkStory(value string) error {
	_, err := tracker.ParseStoryID(value)
	return err
}

func checkEpic(value string) error {
	_, err := tracker.ParseEpicID(value)
	return err
}

func checkTicket(value string) error {
	_, err := tracker.ParseTicketID(value)
	return err
}

// meaning says what the field's values are.
func (f searchField) meaning() string {
	if f.values != nil {
		return tracker.OneOf(f.values)
	}
	return f.means
}

// accepts reports whether the field can have a value.
func (f searchField) accepts(value string, quoted bool) bool {
	switch {
	case f.check != nil:
		return f.check(value) == nil
	case f.values != nil && (!f.named || !quoted):
		return slices.Contains(f.values, value)
	}
	return value != ""
}
