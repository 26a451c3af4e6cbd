package zendesk

import (
	"context"
	"iter"
	"sync"
)

// atOnce is how many pages are asked for at the same time: enough to hide the
// way to the desk, little beside what an account allows.
const atOnce = 4

// answered is what came of asking for a page.
type answered[T any] struct {
	value T
	err   error
}

// inOrder asks for all numbers from first to last, some at once, and yields the
// answers in order, up to the first error. An answer that comes early waits for
// those before it: at most atOnce are held beside the one that is yielded.
func inOrder[T any](ctx context.Context, first, last int, ask func(context.Context, int) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var asking sync.WaitGroup
		defer asking.Wait()
		defer cancel()
		var waiting []chan answered[T]
		next := first
		askNext := func() {
			if next > last {
				return
			}
			number, answer := next, make(chan answered[T], 1)
			asking.Go(func() {
				value, err := ask(ctx, number)
				answer <- answered[T]{value, err}
			})
			waiting = append(waiting, answer)
			next++
		}
		for range atOnce {
			askNext()
		}
		for len(waiting) > 0 {
			a := <-waiting[0]
			waiting = waiting[1:]
			if a.err == nil {
				askNext() // before the reader's work, not after it
			}
			if !yield(a.value, a.err) || a.err != nil {
				return
			}
		}
	}
}

// ahead reads one page further than its reader has come, who then need not wait
// for it.
func ahead[T any](ctx context.Context, pages func(context.Context) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		came, left := make(chan answered[T]), make(chan struct{})
		var reading sync.WaitGroup
		defer reading.Wait()
		defer cancel()
		defer close(left)
		reading.Go(func() {
			defer close(came)
			for value, err := range pages(ctx) {
				select {
				case came <- answered[T]{value, err}:
				case <-left:
					return
				}
			}
		})
		for a := range came {
			if !yield(a.value, a.err) {
				return
			}
		}
	}
}
