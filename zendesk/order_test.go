package zendesk

import (
	"context"
	"errors"
	"iter"
	"testing"

	"storydesk/tracker/guard"
)

// A panic beside the reader ends its reading with an error.
func TestAPanicBesideTheReaderIsItsError(t *testing.T) {
	pages := func(context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			yield(1, nil)
			panic("a fault behind the first page")
		}
	}
	ask := func(_ context.Context, number int) (int, error) {
		if number == 2 {
			panic("a fault of the second page")
		}
		return number, nil
	}
	for name, answers := range map[string]iter.Seq2[int, error]{"ahead": ahead(t.Context(), pages), "in order": inOrder(t.Context(), 1, 9, ask)} {
		var got []int
		var last error
		for value, err := range answers {
			if last = err; err == nil {
				got = append(got, value)
			}
		}
		var crash *guard.Crash
		if len(got) != 1 || !errors.As(last, &crash) {
			t.Errorf("%s: %v, %v", name, got, last)
		}
	}
}
