package present

import (
	"cmp"
	"fmt"
	"strings"

	"storydesk/tracker"
	"storydesk/ui/draw"
)

// ActivityWords says what a change did.
func ActivityWords(a tracker.Activity) string {
	var changes []string
	for _, c := range a.Changes {
		switch {
		case c.Field == "rank", c.Field == "task order", c.Field == "state" && c.New == a.Verb:
		case c.Field == "task" && strings.HasPrefix(a.Verb, "task "):
			changes = append(changes, taskWords(c))
		case c.Field == "blocker", c.Field == "review", c.Field == "attachment":
			changes = append(changes, partWords(c))
		case c.Field == "description":
			changes = append(changes, "description")
		case c.Field == "ticket":
			changes = append(changes, ticketWords(c.New))
		case c.Old == "":
			changes = append(changes, fmt.Sprintf("%s %s", c.Field, c.New))
		default:
			changes = append(changes, fmt.Sprintf("%s %s → %s", c.Field, c.Old, OrNone(c.New)))
		}
	}
	return draw.Line(draw.JoinFacts(" · ", append([]string{a.Verb}, changes...)...))
}

// taskWords says which task a change is about; the verb says what became of it.
func taskWords(c tracker.FieldChange) string {
	const box = "[ ] "
	old, now := c.Old[min(len(box), len(c.Old)):], c.New[min(len(box), len(c.New)):]
	if old == "" || now == "" || old == now {
		return cmp.Or(now, old)
	}
	return old + " → " + now
}

// partWords says which part of a story a change is about; the verb says what became of it.
func partWords(c tracker.FieldChange) string {
	if c.Field == "blocker" && c.Old != "" && c.New != "" && c.Old != c.New {
		return c.Old + " → " + c.New
	}
	return cmp.Or(c.New, c.Old)
}

// ticketWords shortens a ticket's key to its number.
func ticketWords(key string) string {
	if i := strings.LastIndex(key, "/"); i >= 0 {
		return "#" + key[i+1:]
	}
	return key
}
