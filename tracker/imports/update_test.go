package imports_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// backlogOf is an export of unstarted stories by their numbers.
func backlogOf(numbers ...int) string {
	var b strings.Builder
	b.WriteString(header)
	for _, n := range numbers {
		fmt.Fprintf(&b, "%d,Story %d,,,,,feature,,unstarted,\"Dec 24, 2023\"\n", n, n)
	}
	return b.String()
}

// A newer export neither undoes the order that people made here nor mixes up its own:
// what it adds stands where it stands in it, below the story before.
func TestANewerExportKeepsTheOrderMadeHere(t *testing.T) {
	t.Parallel()
	w := world(t)
	first := []int{1, 2, 3, 4, 5, 6, 7, 8}
	bring(t, w, backlogOf(first...), nil)
	random := rand.New(rand.NewPCG(14, 2))
	next := 100
	order := slices.Clone(first)
	for range 12 {
		// People move stories here.
		for range 3 {
			list := stories(t, w)
			moved, beside := list[random.IntN(len(list))], list[random.IntN(len(list))]
			if moved.ID == beside.ID {
				continue
			}
			if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{moved.ID}, tracker.Place{Before: beside.ID}); err != nil {
				t.Fatal(err)
			}
		}
		before := names(stories(t, w))
		// In the file others stand elsewhere, and there are new ones.
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var fresh []string
		predecessor := map[string]string{}
		for range 1 + random.IntN(3) {
			next++
			at := random.IntN(len(order) + 1)
			order = slices.Insert(order, at, next)
			fresh = append(fresh, fmt.Sprintf("Story %d", next))
		}
		for i, n := range order {
			if i > 0 {
				predecessor[fmt.Sprintf("Story %d", n)] = fmt.Sprintf("Story %d", order[i-1])
			}
		}
		report, found, changed := bring(t, w, backlogOf(order...), nil)
		if c := report.Counts[transfer.Stories]; c.Added != len(fresh) || c.Changed > 0 || len(found)+len(changed) > 0 {
			t.Fatal(c, found, changed)
		}
		after := names(stories(t, w))
		old := slices.DeleteFunc(slices.Clone(after), func(name string) bool { return slices.Contains(fresh, name) })
		if diff := cmp.Diff(before, old); diff != "" {
			t.Fatalf("the order made here changed: %s", diff)
		}
		for i, name := range after {
			want, has := predecessor[name]
			if !slices.Contains(fresh, name) || !has {
				continue
			}
			if i == 0 || after[i-1] != want {
				t.Fatalf("%s does not stand below %s: %q", name, want, after)
			}
		}
		if !slices.Contains(fresh, fmt.Sprintf("Story %d", order[0])) {
			continue
		}
		if top := fmt.Sprintf("Story %d", order[0]); after[0] != top {
			t.Fatalf("%s does not stand at the top: %q", top, after)
		}
	}
}
