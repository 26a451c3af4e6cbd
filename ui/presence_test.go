package ui_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"storydesk/tracker"
)

// team is who else uses the database.
type team struct {
	mutex  sync.Mutex
	others []tracker.Attendance
	told   []tracker.Attendance
}

func (p *team) Attend(_ context.Context, a tracker.Attendance) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.told = append(p.told, a)
	return nil
}

func (p *team) Others() []tracker.Attendance {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.others
}

func (p *team) OnOthers(func()) {}

// last is what others were told last.
func (p *team) last() (last tracker.Attendance) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if len(p.told) > 0 {
		last = p.told[len(p.told)-1]
	}
	return last
}

// Rows and details say who else has a story open, and others hear what this user does.
func TestWhoHasAStoryOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Keys", tracker.Backlog, 1)
	w.Story("Write it down", tracker.Backlog, 1)
	here := &team{}
	w.Service.Presence = here
	w.Start(120, 40)
	opens := func(others ...tracker.Attendance) {
		here.mutex.Lock()
		here.others = others
		here.mutex.Unlock()
		w.Service.Publish(tracker.HintPresence)
	}
	row := func() string {
		lines := strings.Split(w.Screen(), "\n")
		i := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "Keys") })
		return lines[max(0, i)]
	}
	opens(tracker.Attendance{Who: "Grace Hopper", Story: st.ID})
	w.Until("the row says who reads it", func() bool { return strings.Contains(row(), "GH reading") })
	opens(tracker.Attendance{Who: "Grace Hopper", Story: st.ID}, tracker.Attendance{Who: "Sam", Story: st.ID, Writing: true})
	w.Until("the row says who writes", func() bool { return strings.Contains(row(), "SA writing") })
	w.detail(st.ID)
	w.See("S-1 · Sam is writing, and 1 more")
	w.Until("others hear that it is open", func() bool { return here.last() == tracker.Attendance{Who: "Ada Lovelace", Story: st.ID} })
	w.Press("c").Write("Me")
	w.Until("others hear that it is written on", func() bool {
		return here.last() == tracker.Attendance{Who: "Ada Lovelace", Story: st.ID, Writing: true}
	})
	w.Press("esc", "esc")
	w.Until("others hear that it is left", func() bool { return here.last() == tracker.Attendance{Who: "Ada Lovelace"} })
	opens()
	w.Until("the row says nothing any more", func() bool { return !strings.Contains(row(), "writing") })
}
