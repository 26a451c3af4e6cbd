package courier_test

import (
	"context"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// BenchmarkDelivery brings private comments to a ticket one by one and reports what the courier
// takes for one besides its two requests.
func BenchmarkDelivery(b *testing.B) {
	const takes = 20 * time.Millisecond
	w := world{trackertest.NewOf(b, sandbox.Options{})}
	if err := w.Engine.Views.RefreshView(b.Context(), w.In.ID); err != nil {
		b.Fatal(err)
	}
	st := w.Story(w.Ticket(tracker.TicketOpen))
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Engine.Run(ctx) }()
	w.Faults(sandbox.Fault{Times: -1, Takes: takes.Seconds()})
	// The first private comment also pays for the connection.
	w.Comment(st, "Looking into it.")
	if err := w.Engine.Courier.Drain(b.Context()); err != nil {
		b.Fatal(err)
	}
	var spent time.Duration
	for b.Loop() {
		w.Comment(st, "Found it.")
		committed := time.Now()
		if err := w.Engine.Courier.Drain(b.Context()); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(committed)
	}
	stop()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	if n := w.answeredUpdates(); n != b.N+1 {
		b.Fatalf("%d of %d notes left: a ticket takes 30 in 10 minutes", n, b.N+1)
	}
	b.ReportMetric(float64(spent-time.Duration(2*b.N)*takes)/float64(b.N)/1e6, "ms/besides")
}
