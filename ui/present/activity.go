package present

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/ui/draw"
)

// ActivitySentence says who changed a story and how, such as "Ada estimated 3 points".
func ActivitySentence(a tracker.Activity) string {
	who := cmp.Or(a.Actor, "Somebody")
	did := clauses(a)
	said := strings.Join(did, ", ")
	if n := len(did); n > 1 {
		said = strings.Join(did[:n-1], ", ") + " and " + did[n-1]
	}
	return draw.Line(who + " " + said)
}

// clauses are what a change did, one after the other; at least one.
func clauses(a tracker.Activity) []string {
	part, became, _ := strings.Cut(a.Verb, " ")
	switch {
	case a.Verb == "undone":
		return []string{strings.TrimSuffix("undid a change: "+strings.Join(changed(a), ", "), ": ")}
	case a.Verb == "redone":
		return []string{strings.TrimSuffix("redid a change: "+strings.Join(changed(a), ", "), ": ")}
	case part == "task", part == "blocker", part == "attachment", strings.HasPrefix(a.Verb, "review"):
		return cmpOr(partClauses(a, strings.TrimSuffix(part, ":"), became), a.Verb)
	}
	before := map[string]string{
		"created": "created it", "deleted": "deleted it", "restored": "restored it", "imported": "imported it", "commented": "commented on it",
	}[a.Verb]
	if before != "" {
		return []string{before}
	}
	if _, own := verbsWithFields()[a.Verb]; !own && strings.Contains(a.Verb, " ") {
		return []string{a.Verb} // a sentence of the program that it was imported from
	}
	return cmpOr(changed(a), verbsWithFields()[a.Verb], a.Verb+" it")
}

// verbsWithFields are the verbs whose changes say what was done, with what is said where
// there are none.
func verbsWithFields() map[string]string {
	return map[string]string{
		"moved": "moved it", "edited": "edited it", "estimated": "estimated it", "linked": "linked it to a ticket", "unlinked": "unlinked it from a ticket",
		"label renamed": "renamed its label", "label merged": "merged its label", "label deleted": "deleted its label",
		"followed": "followed it", "unfollowed": "stopped following it", "followers changed": "changed its followers",
	}
}

// cmpOr is a list, or the first text that is not empty.
func cmpOr(list []string, texts ...string) []string {
	if len(list) > 0 {
		return list
	}
	return []string{cmp.Or(texts...)}
}

// changed says of each field what became of it. That a story has another place in the list
// is said only where nothing else changed.
func changed(a tracker.Activity) []string {
	var list []string
	moved := false
	for _, c := range a.Changes {
		switch c.Field {
		case "rank":
			moved = true
		case "task":
			list = append(list, taskClause(c))
		case "blocker", "review", "attachment":
			list = append(list, partClauses(tracker.Activity{Changes: []tracker.FieldChange{c}}, c.Field, "")...)
		case "owners":
			list = append(list, peopleClauses(a.Actor, c, "became an owner", "is no longer an owner", "added %s as an owner", "removed %s from the owners")...)
		case "followers":
			list = append(list, peopleClauses(a.Actor, c, "followed it", "stopped following it", "added %s as a follower", "removed %s from the followers")...)
		case "labels":
			list = append(list, labelClauses(c)...)
		default:
			list = append(list, fieldClause(a.Verb, c))
		}
	}
	if len(list) == 0 && moved {
		return []string{"changed its place in the list"}
	}
	return list
}

// fieldClause says what became of a field that has one value.
func fieldClause(verb string, c tracker.FieldChange) string {
	switch c.Field {
	case "state":
		return stateClause(verb, c)
	case "estimate":
		return estimateClause(c)
	case "name":
		return "renamed it from “" + c.Old + "” to “" + c.New + "”"
	case "description":
		return descriptionClause(c)
	case "type":
		return "made it a " + c.New
	case "task order":
		return "changed the order of the tasks"
	case "ticket":
		if verb == "unlinked" {
			return "unlinked " + ticketWords(c.New)
		}
		return "linked " + ticketWords(c.New)
	case "deadline":
		if day, err := time.Parse(time.DateOnly, c.New); err == nil {
			return "set the deadline to " + day.Format("2 Jan 2006")
		}
		return "removed the deadline"
	case "requester":
		if c.New == "" {
			return "removed the requester"
		}
		return "made " + c.New + " the requester"
	}
	switch {
	case c.New == "":
		return "removed the " + c.Field + " " + c.Old
	case c.Old == "":
		return "set the " + c.Field + " to " + c.New
	}
	return fmt.Sprintf("changed the %s from %s to %s", c.Field, c.Old, c.New)
}

func descriptionClause(c tracker.FieldChange) string {
	switch {
	case c.New == "":
		return "removed the description"
	case c.Old == "":
		return "wrote the description"
	}
	return "changed the description"
}

// stateClause says where a story went, or which step was taken.
func stateClause(verb string, c tracker.FieldChange) string {
	was, is := tracker.State(c.Old), tracker.State(c.New)
	switch {
	case verb == c.New && was == tracker.Rejected && is == tracker.Started:
		return "restarted it"
	case verb == c.New && is.Begun():
		return verb + " it"
	case is == tracker.Unscheduled:
		return "moved it to the Icebox"
	case is == tracker.Planned:
		return "planned it for the current iteration"
	case is == tracker.Unstarted && was == tracker.Unscheduled:
		return "moved it to the Backlog"
	case is == tracker.Unstarted && was == tracker.Planned:
		return "moved it out of the current iteration"
	}
	return "set it from " + c.Old + " to " + c.New
}

func estimateClause(c tracker.FieldChange) string {
	points := func(n string) string {
		if n == "1" {
			return "1 point"
		}
		return n + " points"
	}
	switch {
	case c.New == "":
		return "removed the estimate of " + points(c.Old)
	case c.Old == "":
		return "estimated " + points(c.New)
	}
	return "changed the estimate from " + c.Old + " to " + points(c.New)
}

// difference lists what only the second of two lists has, and what only the first.
func difference(c tracker.FieldChange) (added, removed []string) {
	split := func(s string) []string {
		return slices.DeleteFunc(strings.Split(s, ", "), func(s string) bool { return s == "" })
	}
	old, now := split(c.Old), split(c.New)
	added = slices.DeleteFunc(slices.Clone(now), func(s string) bool { return slices.Contains(old, s) })
	removed = slices.DeleteFunc(slices.Clone(old), func(s string) bool { return slices.Contains(now, s) })
	return added, removed
}

// peopleClauses say who came to a list of people and who left it: the one who did it by
// the first two sentences, others by the last two.
func peopleClauses(actor string, c tracker.FieldChange, came, left, add, remove string) []string {
	var list []string
	added, removed := difference(c)
	for _, who := range []struct {
		names          []string
		self, somebody string
	}{{added, came, add}, {removed, left, remove}} {
		others := slices.DeleteFunc(slices.Clone(who.names), func(n string) bool { return n == actor })
		if len(others) < len(who.names) {
			list = append(list, who.self)
		}
		if len(others) > 0 {
			list = append(list, fmt.Sprintf(who.somebody, strings.Join(others, ", ")))
		}
	}
	return cmpOr(list, "changed the "+c.Field)
}

func labelClauses(c tracker.FieldChange) []string {
	var list []string
	added, removed := difference(c)
	for _, l := range []struct {
		did   string
		names []string
	}{{"added", added}, {"removed", removed}} {
		if n := len(l.names); n > 0 {
			list = append(list, l.did+" the "+labelWord(n)+" "+strings.Join(l.names, ", "))
		}
	}
	return cmpOr(list, "changed the labels")
}

func labelWord(n int) string {
	if n == 1 {
		return "label"
	}
	return "labels"
}

// taskClause says what became of a task, from its texts behind their boxes.
func taskClause(c tracker.FieldChange) string {
	const box = "[ ] "
	done := func(s string) bool { return strings.HasPrefix(s, "[x]") }
	text := func(s string) string { return "“" + s[min(len(box), len(s)):] + "”" }
	switch {
	case c.Old == "":
		return "added the task " + text(c.New)
	case c.New == "":
		return "removed the task " + text(c.Old)
	case text(c.Old) != text(c.New):
		return "changed the task " + text(c.Old) + " to " + text(c.New)
	case done(c.New):
		return "completed the task " + text(c.New)
	}
	return "reopened the task " + text(c.New)
}

// partClauses say what became of a task, a blocker, a review or an attachment; became is
// the verb's word for it.
func partClauses(a tracker.Activity, part, became string) []string {
	var list []string
	for _, c := range a.Changes {
		text := cmp.Or(c.New, c.Old)
		switch {
		case c.Field != part:
		case part == "task":
			list = append(list, taskClause(c))
		case part == "attachment" && c.New == "":
			list = append(list, "removed the attachment "+c.Old)
		case part == "attachment":
			list = append(list, "attached "+c.New)
		case c.Old == "":
			list = append(list, "added the "+part+" “"+text+"”")
		case c.New == "":
			list = append(list, "removed the "+part+" “"+text+"”")
		case c.Old != c.New:
			list = append(list, "changed the "+part+" “"+c.Old+"” to “"+c.New+"”")
		default:
			list = append(list, cmp.Or(became, "changed")+" the "+part+" “"+text+"”")
		}
	}
	if len(list) == 0 && part == "task" {
		return []string{"changed the order of the tasks"}
	}
	return list
}

// ticketWords shortens a ticket's key to its number.
func ticketWords(key string) string {
	if i := strings.LastIndex(key, "/"); i >= 0 {
		return "#" + key[i+1:]
	}
	return key
}
