package kind

import (
	"slices"
	"strings"

	"storydesk/tracker"
)

// The names of the kinds, as they are saved and as scripts write them.
const (
	Zendesk = "zendesk"
	Other   = "other"
)

// Kind is what an integration reads, and what can be done with that. Whoever offers
// something that not every kind has asks the record, never for a kind's name.
type Kind struct {
	Name string
	// Title is what people choose, and Meaning what that is, in a line.
	Title, Meaning string
	// Sends: stories send private comments to their tickets, and starting one opens the
	// new ones. Without it no delivery is ever made.
	Sends bool
	// Status: tickets have a status, and what follows from it, such as a priority and an
	// SLA.
	Status bool
	// Conversation: comments can be read; without it a ticket has its text alone.
	Conversation bool
	// Asks: single tickets can be asked for, whether the list holds them or not.
	// Without it only what the list held when it was last read is known.
	Asks bool
	// Requesters: who asks for a ticket works here, and asks for its story, too.
	Requesters bool
	// Views: tickets are those of a view, one of many. Without it an integration reads
	// one address, and tickets are found below another one.
	Views bool
	// Methods are the ways to sign in. Where there are none, a user name and a password
	// can be given.
	Methods []tracker.AuthMethod
}

// All lists the kinds in the order in which people choose among them.
func All() []Kind {
	return []Kind{
		{
			Name: Zendesk, Title: "Zendesk", Meaning: "the tickets of a view; stories send private comments",
			Sends: true, Status: true, Conversation: true, Asks: true, Views: true, Methods: tracker.AuthMethods(),
		},
		{Name: Other, Title: "Other", Meaning: "any list of stories in XML; nothing is sent back", Requesters: true},
	}
}

// Named returns the kind of a name, Zendesk's for none. One that is not known, from a
// newer program's database, can do nothing.
func Named(name string) Kind {
	if name == "" {
		name = Zendesk
	}
	for _, k := range All() {
		if k.Name == name {
			return k
		}
	}
	return Kind{Name: name, Title: name}
}

// Of returns the kind of an integration.
func Of(in tracker.Integration) Kind { return Named(in.Kind) }

// Parse reads a kind's name; empty is Zendesk's. CodeInvalid, field "kind".
func Parse(text string) (Kind, error) {
	k := Named(strings.ToLower(strings.TrimSpace(text)))
	var names []string
	for _, known := range All() {
		names = append(names, known.Name)
	}
	if !slices.Contains(names, k.Name) {
		return Kind{}, tracker.Invalid("kind", "%q is not a kind of integration: use %s", text, tracker.OneOf(names))
	}
	return k, nil
}

// Refused refuses what tickets of an integration's kind do not have. CodeRefused.
func Refused(in tracker.Integration, what string) error {
	return tracker.Errorf(tracker.CodeRefused, "%s is not Zendesk: %s", in.Name, what)
}
