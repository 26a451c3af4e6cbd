package imports_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// period is an iteration of a written export.
type period struct {
	number, weeks int
	start         time.Time
	points        float64
}

// written is an export of many done iterations of a project in a time zone: of one week
// at first, of two later, one of three between them, and some without any story. It
// returns the iterations and the first moment after them.
func written(t *testing.T, zone *time.Location, seed uint64) (table string, done []period, now time.Time) {
	t.Helper()
	const iterations, changed = 60, 41
	random := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	b.WriteString(header)
	at := time.Date(2022, 1, 3, 0, 0, 0, 0, zone)
	id := 1000
	row := func(p period, state, estimate, accepted string) {
		id++
		last := p.start.AddDate(0, 0, 7*p.weeks-1)
		fmt.Fprintf(&b, "%d,Story,,%d,%q,%q,feature,%s,%s,\"Jan 1, 2022\",%s\n", id, p.number, p.start.Format("Jan 2, 2006"), last.Format("Jan 2, 2006"), estimate, state, accepted)
	}
	for n := 1; n <= iterations; n++ {
		p := period{number: n, weeks: 1, start: at}
		switch {
		case n == 20:
			p.weeks = 3
		case n >= changed:
			p.weeks = 2
		}
		next := at.AddDate(0, 0, 7*p.weeks)
		if n != 7 && n != 21 && n != 22 && n != 45 {
			for range 1 + random.IntN(4) {
				points := random.IntN(4)
				p.points += float64(points)
				// Any local moment of the iteration, by its day in UTC.
				moment := at.Add(time.Duration(random.Int64N(int64(next.Sub(at)))))
				row(p, "accepted", fmt.Sprint(points), `"`+moment.UTC().Format("Jan 2, 2006")+`"`)
			}
		}
		done, at = append(done, p), next
	}
	row(period{number: iterations + 1, weeks: 2, start: at}, "unstarted", "3", "")
	return b.String(), done, at
}

func TestDoneIterationsAndVelocityAreThoseOfTheExport(t *testing.T) {
	t.Parallel()
	for i, name := range []string{"Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Honolulu", "America/Los_Angeles", "Asia/Kolkata", "UTC"} {
		t.Run(strings.ReplaceAll(name, "/", "_"), func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			table, want, now := written(t, zone, uint64(i))
			w := world(t)
			project, err := w.Engine.Projects.Project(t.Context(), w.In.Project)
			if err != nil {
				t.Fatal(err)
			}
			project.TimeZone, project.DoneShown = name, 100
			if _, err := w.Engine.Projects.SaveProject(t.Context(), project); err != nil {
				t.Fatal(err)
			}
			report, found, _ := bring(t, w, table, nil)
			if len(found) > 0 {
				t.Error(found)
			}
			project = report.Project
			var cards []tracker.Card
			err = w.DB.Read(t.Context(), func(r tracker.Reader) (err error) {
				cards, err = r.Cards(project.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			cards = slices.DeleteFunc(cards, func(c tracker.Card) bool { return c.AcceptedAt == nil })
			pasts := plan.History(project, cards, now.Add(36*time.Hour))
			var got []period
			for _, past := range pasts {
				got = append(got, period{past.Number, past.Weeks, past.Start, past.Points})
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(period{})); diff != "" {
				t.Error(diff)
			}
			// The last three count, as weeks of the project's length.
			last := want[len(want)-3:]
			velocity := int(last[0].points+last[1].points+last[2].points) / 3
			if got := plan.Velocity(project, pasts); got != velocity {
				t.Errorf("the velocity is %d, want %d", got, velocity)
			}
			if project.IterationWeeks != 2 {
				t.Errorf("iterations to come have %d weeks", project.IterationWeeks)
			}
		})
	}
}

// An iteration that no calendar of ours can have is told of.
func TestIterationsThatDoNotFollowOneAnotherAreToldOf(t *testing.T) {
	t.Parallel()
	w := world(t)
	_, found, _ := bring(t, w, header+
		"1,A,,1,\"Jan 3, 2022\",\"Jan 9, 2022\",feature,1,accepted,\"Jan 1, 2022\",\"Jan 4, 2022\"\n"+
		"2,B,,2,\"Jan 13, 2022\",\"Jan 19, 2022\",feature,1,accepted,\"Jan 1, 2022\",\"Jan 14, 2022\"\n"+
		"3,C,,3,\"Jan 17, 2022\",\"Jan 23, 2022\",feature,1,accepted,\"Jan 1, 2022\",\"Jan 18, 2022\"\n", nil)
	want := []string{"export.csv:3:1: iteration: iteration 2 is from 2022-01-13 to 2022-01-19 in the file, and from 2022-01-10 to 2022-01-16 here; its stories count to the day that they were accepted on"}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}
