package views_test

import (
	"fmt"
	"testing"
	"time"

	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// roundTrip is how long a request takes in these benchmarks, Zendesk's own
// work included.
const roundTrip = 100 * time.Millisecond

// written is how many unresolved tickets the sandbox has beside generated ones.
const written = 53

// BenchmarkView reads views of many sizes from an account that is some way off. It
// reports how long the first page takes, and how the whole compares with asking
// for one page after another.
func BenchmarkView(b *testing.B) {
	for _, tickets := range []int{2000, 12000} {
		b.Run(fmt.Sprint(tickets), func(b *testing.B) { benchmarkView(b, tickets-written) })
	}
}

func benchmarkView(b *testing.B, tickets int) {
	w := world{trackertest.NewOf(b, sandbox.Options{Tickets: tickets})}
	w.Faults(sandbox.Fault{Times: -1, Takes: roundTrip.Seconds()})
	var first, whole time.Duration
	rows := 0
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		w.Another(fmt.Sprint("Support ", i)) // its view was not read yet
		b.StartTimer()
		begun := time.Now()
		ended := w.reading(1)
		first += time.Since(begun)
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
		whole += time.Since(begun)
		b.StopTimer()
		_, ids := w.panel()
		rows = len(ids)
		b.StartTimer()
	}
	n, pages := float64(b.N), float64((rows+99)/100)
	b.ReportMetric(first.Seconds()*1000/n, "ms/first")
	b.ReportMetric(whole.Seconds()/n/(pages*roundTrip.Seconds()), "of-one-by-one")
	b.ReportMetric(float64(rows), "rows")
}
