package postgres

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"storydesk/tracker"
)

const (
	// attendTime is how long others believe what a program said of its user, and beatEvery
	// how often that is said again.
	attendTime = time.Minute
	beatEvery  = 20 * time.Second
)

// presence is who has which story open. It has a table of its own that raises no revision:
// no board is read again because somebody opened a story.
type presence struct {
	mutex sync.Mutex
	// own is what this program's user does, said last at beat. While left is true others may
	// still believe what it was before.
	own  tracker.Attendance
	left bool
	beat time.Time
	// told is what the server told Watch of others, others the same as a list.
	told    string
	others  atomic.Pointer[[]tracker.Attendance]
	changed atomic.Pointer[func()]
}

// Attend implements kernel.Presence.
func (s *Server) Attend(ctx context.Context, a tracker.Attendance) error {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	p := &s.presence
	p.mutex.Lock()
	defer p.mutex.Unlock()
	before := p.own
	p.own, p.left, p.beat = a, a.Story == 0 && (before.Story != 0 || p.left), time.Time{} // said again by Watch, if it fails
	if a.Story == 0 && !p.left {
		return nil
	}
	if err := s.attend(ctx, before, a); err != nil {
		return err
	}
	p.left, p.beat = false, time.Now()
	s.Announce() //nolint:contextcheck // it goes on beside the caller
	return nil
}

func (s *Server) attend(ctx context.Context, before, a tracker.Attendance) error {
	if a.Story == 0 {
		_, err := s.Writers.ExecContext(ctx, "DELETE FROM presence WHERE writer = $1", s.me)
		return s.fault(ctx, "telling others what is open", err)
	}
	const say = "INSERT INTO presence (writer, person, story_id, writing, until) VALUES ($1, $2, $3, $4, " + clock + " + $5)" +
		" ON CONFLICT (writer) DO UPDATE SET person = excluded.person, story_id = excluded.story_id, writing = excluded.writing, until = excluded.until"
	_, err := s.Writers.ExecContext(ctx, say, s.me, a.Who, int64(a.Story), a.Writing, attendTime.Milliseconds())
	if err == nil && before.Story == 0 { // what others left behind goes now and then
		_, err = s.Writers.ExecContext(ctx, "DELETE FROM presence WHERE until < "+clock+" - $1", staleAfter.Milliseconds())
	}
	return s.fault(ctx, "telling others what is open", err)
}

// beatPresence says again what this program's user does, where it is time. Where that fails
// others forget it, and the next look finds out why.
func (s *Server) beatPresence(ctx context.Context) {
	p := &s.presence
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.own.Story == 0 && !p.left || time.Since(p.beat) < beatEvery {
		return
	}
	p.beat = time.Now()
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	p.left = s.attend(ctx, p.own, p.own) != nil && p.left
}

// leave forgets what this program's user does. Others find out without it, later.
func (s *Server) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), noticeTime)
	defer cancel()
	_ = s.Attend(ctx, tracker.Attendance{})
}

// Others implements kernel.Presence.
func (s *Server) Others() []tracker.Attendance {
	if others := s.presence.others.Load(); others != nil {
		return *others
	}
	return nil
}

// OnOthers implements kernel.Presence.
func (s *Server) OnOthers(changed func()) { s.presence.changed.Store(&changed) }

// othersSaid are the others' rows as JSON: a list of person, story and whether they write.
const othersSaid = `(SELECT CAST(coalesce(json_agg(json_build_array(person, story_id, writing) ORDER BY writer), '[]') AS TEXT)
	FROM presence WHERE writer <> $1 AND until > ` + clock + `)`

// tookOthers takes what the server told Watch of others.
func (s *Server) tookOthers(told string) {
	p := &s.presence
	if told == p.told {
		return
	}
	others := parseOthers(told)
	p.told = told
	p.others.Store(&others)
	if changed := p.changed.Load(); changed != nil {
		(*changed)()
	}
}

// parseOthers reads what othersSaid returns. What cannot be read is left out: a newer
// program wrote it.
func parseOthers(told string) (others []tracker.Attendance) {
	var rows [][]any
	if json.Unmarshal([]byte(told), &rows) != nil {
		return nil
	}
	for _, row := range rows {
		if len(row) < 3 {
			continue
		}
		who, named := row[0].(string)
		story, numbered := row[1].(float64)
		writing, _ := row[2].(bool)
		if named && numbered {
			others = append(others, tracker.Attendance{Who: who, Story: tracker.StoryID(story), Writing: writing})
		}
	}
	return others
}
