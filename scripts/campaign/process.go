package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"storydesk/tracker"
)

// seat is the place of one worker: when a process is killed, the next takes it.
type seat struct {
	number int
	setup  setup
	// environment makes this program a worker.
	environment []string
	log         string
	// stories are those that this worker alone changes; rng chooses among them.
	stories []tracker.Story
	rng     *rand.Rand

	mu sync.Mutex
	process
	// killed is true when the process in the seat was killed on purpose.
	killed bool
}

// process is a running worker.
type process struct {
	cmd      *exec.Cmd
	in       io.WriteCloser
	tasks    *json.Encoder
	receipts *json.Decoder
}

func newSeat(o options, database string, number int) *seat {
	return &seat{
		number:      number,
		setup:       setup{Database: database, Folder: o.folder, Board: number <= o.boards, QuietWindow: o.quiet, ListLag: o.listLag, SendTimeout: o.sendTimeout},
		environment: append(os.Environ(), append(o.environment, workerMark+"=1")...),
		log:         filepath.Join(o.folder, fmt.Sprintf("worker-%d.log", number)),
		rng:         o.random(uint64(number) << 8), //nolint:gosec // small numbers
	}
}

// undoOneIn is how rare changes are that are taken back at once.
const undoOneIn = 8

// attachOneIn is how rare comments are that carry files.
const attachOneIn = 4

// draw chooses the n-th change.
func (s *seat) draw(n int) (tracker.Story, task) {
	story := s.stories[s.rng.IntN(len(s.stories))]
	t := task{Kind: taskComment, Story: story.ID, Text: fmt.Sprintf("Change %d of worker %d.", n, s.number)}
	if s.rng.IntN(attachOneIn) == 0 {
		t.Files = 1 + s.rng.IntN(2)
	}
	if s.rng.IntN(2) == 0 {
		t = task{Kind: taskStep, Story: story.ID, Pick: s.rng.IntN(4)}
	}
	t.Undo = s.rng.IntN(undoOneIn) == 0
	return story, t
}

// launch starts a process in the seat. The process ends with ctx.
func (s *seat) launch(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.start(ctx)
}

func (s *seat) start(ctx context.Context) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, program) //nolint:gosec // this very program
	cmd.Env, cmd.Stderr = s.environment, log
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := errors.Join(cmd.Start(), log.Close()); err != nil {
		return err
	}
	s.process = process{cmd: cmd, in: in, tasks: json.NewEncoder(in), receipts: json.NewDecoder(out)}
	s.killed = false
	return s.tasks.Encode(s.setup)
}

// replace waits for a process that ended and starts the next. It fails when
// nobody killed it.
func (s *seat) replace(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case !s.killed || s.cmd.ProcessState.Exited():
		return fmt.Errorf("worker %d ended by itself: %w; see %s", s.number, err, s.log)
	}
	return s.start(ctx)
}

// wasKilled reports whether nobody has replaced a killed process yet.
func (s *seat) wasKilled() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.killed
}

// kill ends the process without warning; false when it is dead already.
func (s *seat) kill() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.killed || s.cmd.Process.Kill() != nil {
		return false
	}
	s.killed = true
	return true
}

// suspend stops the process for a while.
func (s *seat) suspend(lasts time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	suspend(s.cmd.Process, lasts)
}

// send gives the process a task. One that was killed does not hear it.
func (s *seat) send(t task) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.tasks.Encode(t); err != nil && !s.killed {
		return fmt.Errorf("telling worker %d: %w", s.number, err)
	}
	return nil
}

// ask makes a change and waits for its receipt; ok is false when the process
// ended before. Only one goroutine asks and replaces.
func (s *seat) ask(t task) (r receipt, ok bool, err error) {
	if err := s.send(t); err != nil {
		return receipt{}, false, err
	}
	// The decoder is this goroutine's own until it replaces the process.
	err = s.receipts.Decode(&r)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, os.ErrClosed) {
		return receipt{}, false, nil
	}
	return r, err == nil, err
}

// dismiss lets the process finish and waits for it.
func (s *seat) dismiss() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := errors.Join(s.in.Close(), s.cmd.Wait()); err != nil {
		return fmt.Errorf("worker %d: %w; see %s", s.number, err, s.log)
	}
	return nil
}
