package world

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"storydesk/zendesk/sandbox/record"
)

// FirstGenerated is the number of the first generated ticket; the others follow on.
const FirstGenerated int64 = 20001

// maxGenerated bounds Options.Tickets: more would take too long to make.
const maxGenerated = 100_000

// generatedSpan is how far back generated tickets reach.
const generatedSpan = 400 * 24 * time.Hour

// vocabulary is what generated tickets are put together from.
type vocabulary struct {
	things, troubles, pleas, answers, tags []string
}

func newVocabulary() vocabulary {
	return vocabulary{
		things: []string{
			"Invoice", "Quote", "Receipt scan", "Bank feed", "Reminder", "VAT report", "Credit note", "Customer import",
			"Recurring invoice", "Payment link", "Delivery note", "Expense report", "API key", "Webhook", "PDF template",
		},
		troubles: []string{
			"is empty", "shows the wrong total", "arrives twice", "does not load on Firefox", "is stuck at 90 %",
			"lost its attachment", "cannot be deleted", "ignores the time zone", "prints the old logo", "answers 500",
			"is very slow since Monday", "has the wrong currency", "is missing after the import",
		},
		pleas: []string{
			"It worked last week and we changed nothing.", "We need it by the end of the month.",
			"A colleague has the same on another computer.", "Is there a way around it?", "Screenshot to follow.",
		},
		answers: []string{
			"Thank you, I can see the same here and have asked our engineers.",
			"Could you tell me the number of one that is affected?", "This should be better since today; could you try again?",
		},
		tags: []string{"invoice", "import", "api", "pdf", "billing", "reminders"},
	}
}

// Generation is a number of tickets that were generated at a moment.
type Generation struct {
	Count int       `json:"count"`
	At    time.Time `json:"at"`
}

// MayGenerate fails unless so many more tickets can be generated.
func (s *Seeding) MayGenerate(count int) error {
	if count < 1 || count > maxGenerated-s.generated {
		return fmt.Errorf("%d generated tickets cannot be: there are %d, and at most %d", count, s.generated, maxGenerated)
	}
	return nil
}

// GenerateAt adds unresolved tickets, the same for the same number, the last
// one minutes old.
func (s *Seeding) GenerateAt(g Generation) error {
	if err := s.MayGenerate(g.Count); err != nil {
		return err
	}
	s.at = g.At
	words := newVocabulary()
	customers := slices.Sorted(maps.Keys(s.World.users))
	customers = slices.DeleteFunc(customers, func(id int64) bool { return s.World.users[id].Agent() })
	for i := range g.Count {
		// Divided first: the product of the two is more than a Duration holds.
		age := generatedSpan / time.Duration(g.Count) * time.Duration(g.Count-i)
		s.addGenerated(words, FirstGenerated+int64(s.generated+i), pick(customers, i, 1), age)
	}
	s.generated += g.Count
	return nil
}

func (s *Seeding) addGenerated(words vocabulary, id, requester int64, age time.Duration) {
	i := int(id)
	thing, trouble := pick(words.things, i, 2), pick(words.troubles, i, 3)
	at := s.at.Add(-age).Truncate(time.Second)
	rec := &Record{Ticket: record.Ticket{
		ID: id, Subject: thing + " " + trouble, RequesterID: requester, Status: "new", Via: record.NewVia("email"),
		Type: record.Word(pick(record.Types(), i, 4)), Priority: record.Word(pick(record.Priorities(), i, 5)),
		Tags: []string{pick(words.tags, i, 6)}, GroupID: record.Ref(s.ids["support"]),
	}}
	s.say(rec, requester, at, saying{Text: fmt.Sprintf("Hello,\n\nour %s %s. %s", thing, trouble, pick(words.pleas, i, 7))})
	if i%3 > 0 {
		rec.Ticket.Status, rec.Ticket.AssigneeID = pick([]string{"open", "open", "pending", "hold"}, i, 8), record.Ref(s.ids["aiko"])
		s.say(rec, s.ids["aiko"], at.Add(age/4).Truncate(time.Second), saying{Text: pick(words.answers, i, 9), Private: i%2 != 0})
	}
	s.complete(rec)
}

// pick chooses from a list, by chance to the eye; salt separates choices.
func pick[T any](list []T, n, salt int) T {
	return list[Scatter(int64(n)*31+int64(salt)*7919)>>8%int64(len(list))]
}
