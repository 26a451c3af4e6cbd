package imports_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/pivotal"
	"storydesk/zendesk/sandbox"

	"storydesk/tracker/trackertest"
)

// timed tells how long transactions hold the write lock.
type timed struct {
	tracker.Store
	held time.Duration
}

func (s *timed) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	begun := time.Now()
	defer func() { s.held = max(s.held, time.Since(begun)) }()
	return s.Store.Write(ctx, fn)
}

// manyRows is an export of n stories.
func manyRows(n int) io.ReadCloser {
	const header = "Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Priority,Current State,Created at,Accepted at,Deadline,Requested By,Description,URL,Owned By,Owned By,Blocker,Blocker Status,Comment,Comment,Task,Task Status\n"
	tail := ",Shown to everybody,\"web, login\",3,\"Aug 9, 2010\",\"Aug 15, 2010\",feature,2,none,accepted,\"Aug 4, 2010\",\"Aug 10, 2010\",,Ada Berg,\"" +
		strings.Repeat("As a customer I want it. ", 20) + "\",https://www.pivotaltracker.com/story/show/1,Bo Lind,Cy Ott,lawyers,resolved,\"Good (Ada Berg - Aug 11, 2010)\",,Write it,completed\n"
	out, in := io.Pipe()
	go func() {
		_, err := io.WriteString(in, header)
		for i := 1; i <= n && err == nil; i++ {
			_, err = fmt.Fprint(in, i, tail)
		}
		_ = in.CloseWithError(err) // it returns nil
	}()
	return out
}

func BenchmarkImport(b *testing.B) {
	for _, n := range []int{824, 20_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := trackertest.NewOf(b, sandbox.Options{})
				store := &timed{Store: w.Engine.Imports.Store}
				w.Engine.Imports.Store = store
				e := pivotal.OpenCSV("export.csv", func() (io.ReadCloser, error) { return manyRows(n), nil })
				report, err := w.Engine.Imports.Import(b.Context(), e, transfer.Options{Project: w.In.ProjectID})
				if err != nil || report.Counts[transfer.Stories].Added != n {
					b.Fatal(report, err)
				}
				b.ReportMetric(store.held.Seconds(), "s-locked")
			}
		})
	}
}
