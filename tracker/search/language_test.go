package search_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

// expression is a search as a tree, with what it says of a story that has some words.
type expression struct {
	text string
	// simple is true for what needs no parentheses beside other parts.
	simple bool
	holds  func(words []string) bool
}

func letters() []string { return []string{"ape", "bee", "cat", "dog"} }

// expressions draws searches that are at most so deep.
func expressions(t *rapid.T, depth int) expression {
	kind := rapid.IntRange(0, 3).Draw(t, "kind")
	if depth == 0 {
		kind = 0
	}
	grouped := func(e expression) string {
		if e.simple {
			return e.text
		}
		return "(" + e.text + ")"
	}
	switch kind {
	case 1:
		of := expressions(t, depth-1)
		return expression{"-" + grouped(of), true, func(words []string) bool { return !of.holds(words) }}
	case 2, 3:
		n := rapid.IntRange(2, 3).Draw(t, "parts")
		parts, texts := make([]expression, n), make([]string, n)
		for i := range parts {
			parts[i] = expressions(t, depth-1)
			texts[i] = grouped(parts[i])
		}
		some := func(words []string, want bool) bool {
			return slices.ContainsFunc(parts, func(p expression) bool { return p.holds(words) == want })
		}
		if kind == 2 {
			return expression{strings.Join(texts, rapid.SampledFrom([]string{" ", " AND ", "  "}).Draw(t, "and")), false, func(words []string) bool { return !some(words, false) }}
		}
		return expression{strings.Join(texts, " OR "), false, func(words []string) bool { return some(words, true) }}
	}
	word := rapid.SampledFrom(letters()).Draw(t, "word")
	return expression{rapid.SampledFrom([]string{word, `"` + word + `"`, "label:" + word}).Draw(t, "leaf"), true, func(words []string) bool { return slices.Contains(words, word) }}
}

// A search means what its tree says, also where a store looks for the words.
func TestASearchMeansWhatItsTreeSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := expressions(t, 4)
		words := rapid.SliceOfDistinct(rapid.SampledFrom(letters()), rapid.ID[string]).Draw(t, "words")
		q, err := search.Parse(search.Stories, e.text, nil)
		if err != nil {
			t.Fatalf("%s: %v", e.text, err)
		}
		labelled := tracker.Card{Labels: words}
		if got := q.Matches(search.Card(&labelled)); got != e.holds(words) {
			t.Fatalf("%s finds a story with %v: %v", e.text, words, got)
		}
		must, others := q.Words()
		found := func(w string) bool { return slices.Contains(words, w) }
		if !slices.ContainsFunc(must, func(w string) bool { return !found(w) }) {
			var said uint64
			for i, w := range others {
				if found(w) {
					said |= 1 << i
				}
			}
			if got := q.MatchesIn(search.Card(&labelled), search.Text{}.With(said)); got != e.holds(words) {
				t.Fatalf("%s finds a story in whose comments stand %v: %v", e.text, words, got)
			}
		} else if e.holds(words) {
			t.Fatalf("%s finds a story without all of %v", e.text, must)
		}
	})
}

// Whatever is typed is read or refused with a sentence that names a place in it.
func FuzzLanguage(f *testing.F) {
	for _, seed := range []string{"(a OR b) -c", "((", "))", "-(-(", "OR", "a OR", `label:"a,b",c`, "created:2026-11-01..", "accepted_after:x", "state:a,b)", "-", "- )", "(-)", "é:ü"} {
		f.Add(seed)
	}
	at := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		stories, tickets, err := search.ParseEverything(text, named("Ada"), func() time.Time { return at })
		if err != nil {
			if tracker.CodeOf(err) != tracker.CodeInvalid || err.Error() == "" {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		story, ticket := tracker.Story{Name: text, CreatedAt: at}, tracker.TicketRow{}
		zone := tracker.NewProject("p")
		zone.TimeZone = "Pacific/Apia"
		once, again := stories.Matches(search.Story(&story)), stories.Matches(search.Story(&story))
		stories.In(zone).Matches(search.Story(&story))
		tickets.In(zone).Matches(search.Ticket(&ticket))
		search.BeginsTerm(search.Everything, text)
		if once != again {
			t.Errorf("%q matches once only", text)
		}
		// A group around the whole changes nothing, where no parenthesis was left open.
		if strings.ContainsAny(text, "()\"") {
			return
		}
		if grouped, err := search.Parse(search.Stories, "("+text+")", named("Ada")); err == nil && grouped.Matches(search.Story(&story)) != once {
			t.Errorf("(%s) means something else than %s", text, text)
		}
	})
}

// A search through everything takes the terms of either kind; those of one find nothing
// of the other.
func TestEverything(t *testing.T) {
	t.Parallel()
	aStory, aTicket := searchedStory(), searchedTicket()
	for _, c := range []struct {
		query           string
		story, inTicket bool
	}{
		{"", true, true},
		{"state:started", true, false},
		{"status:pending", false, true},
		{"state:started OR status:pending", true, true},
		{"-label:ui", false, true},
		{"type:feature", true, false},
		{"type:none", false, true},
		{"type:feature,none", true, true},
		{"linked:yes", true, false},
		{"csv OR dark", true, true},
		{"id:14 OR id:1042", true, true},
		{"includedone:true", true, true},
	} {
		stories, tickets, err := search.ParseEverything(c.query, named("Ada Lovelace"), time.Now)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if got := stories.Matches(search.Card(&aStory)); got != c.story {
			t.Errorf("%s matches the story: %v", c.query, got)
		}
		if got := tickets.Matches(search.Ticket(&aTicket)); got != c.inTicket {
			t.Errorf("%s matches the ticket: %v", c.query, got)
		}
	}
	for query, want := range map[string]string{
		"state:opne":      "column 7: state can be unscheduled,",
		"type:problm":     `column 6: type can be feature, bug, chore, release, problem, incident, question, task or none, not "problm"; did you mean problem?`,
		"integration:abc": "column 1: there is no term integration. Terms: state, type,",
	} {
		if _, _, err := search.ParseEverything(query, nil, time.Now); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", query, err)
		}
	}
}

func TestWhatAQueryNeeds(t *testing.T) {
	t.Parallel()
	q, err := search.Parse(search.Stories, `csv (a "b c" OR d) -e label:x created:today ticket:7 includedone:true`, nil)
	if err != nil {
		t.Fatal(err)
	}
	must, others := q.Words()
	if got := strings.Join(must, "|") + "/" + strings.Join(others, "|"); got != "csv/a|b c|d|e" {
		t.Errorf("words: %s", got)
	}
	if !q.AsksDates() || !q.AsksLinks() || !q.AsksText() || !q.IncludesDone(false) || q.AsksAside() {
		t.Error("dates, links, text and Done are asked for")
	}
	none, err := search.Parse(search.Stories, "label:x accepted:today -includedone:true", nil)
	if err != nil || none.AsksDates() || none.AsksLinks() || none.AsksText() || none.IncludesDone(true) || !(search.Query{}).IncludesDone(true) {
		t.Errorf("a card tells all of it: %v", err)
	}
	if _, err := search.Parse(search.Stories, strings.Repeat("a ", 61), nil); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("61 words: %v", err)
	}
}
