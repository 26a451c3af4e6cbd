package zendesk

import (
	"context"
	"iter"
	"sync"

	"storydesk/tracker/guard"
)

// atOnce is how many pages are asked for at the same time: enough to hide the
// distance, little beside what an account allows.
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
				var a answered[T]
				a.err = guard.Run(func() (err error) {
					a.value, err = ask(ctx, number)
					return err
				})
				answer <- a
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
			handOver(pages(ctx), came, left)
		})
		for a := range came {
			if !yield(a.value, a.err) {
				return
			}
		}
	}
}

// handOver hands each answer to a reader until there are no more or the reader
// has left. A panic is the last answer.
func handOver[T any](pages iter.Seq2[T, error], came chan<- answered[T], left <-chan struct{}) {
	hand := func(value T, err error) bool {
		select {
		case came <- answered[T]{value, err}:
			return true
		case <-left:
			return false
		}
	}
	crash := guard.Run(func() error {
		pages(hand)
		return nil
	})
	if crash != nil {
		var none T
		hand(none, crash)
	}
}
