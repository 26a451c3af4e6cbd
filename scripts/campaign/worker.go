package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/zendesk"
)

// workerMark is the environment variable that makes this program a worker.
const workerMark = "STORYDESK_CAMPAIGN_WORKER"

func isWorker() bool { return os.Getenv(workerMark) != "" }

// setup is the first line that a worker reads.
type setup struct {
	Database string `json:"database"`
	// Folder takes the files that comments are to carry.
	Folder      string        `json:"folder"`
	Board       bool          `json:"board"`
	QuietWindow time.Duration `json:"quiet_window"`
	ListLag     time.Duration `json:"list_lag"`
	SendTimeout time.Duration `json:"send_timeout"`
}

// The kinds of tasks. The first two are changes and are answered with a
// receipt; the others are troubles that pass by themselves.
const (
	// taskComment comments on Story with Text.
	taskComment = "comment"
	// taskStep takes Story to the next state; Pick chooses where there are several.
	taskStep = "step"
	// taskClock sets the worker's clock off by Shift.
	taskClock = "clock"
	// taskDisk lets the worker's disk take no more.
	taskDisk = "disk"
)

// task is what a worker is to do.
type task struct {
	Kind  string          `json:"kind"`
	Story tracker.StoryID `json:"story,omitempty"`
	Text  string          `json:"text,omitempty"`
	Pick  int             `json:"pick,omitempty"`
	// Files is how many attachments a comment carries.
	Files int `json:"files,omitempty"`
	// Undo takes the change back at once.
	Undo  bool          `json:"undo,omitempty"`
	Shift time.Duration `json:"shift,omitempty"`
	// Lasts is how long a trouble lasts.
	Lasts time.Duration `json:"lasts,omitempty"`
}

// receipt reports that a change's use case returned.
type receipt struct {
	// Problem is why there is no change, empty when there is one.
	Problem string `json:"problem,omitempty"`
	// Comments are those that the change made, and that it did not take back.
	Comments []comment `json:"comments,omitempty"`
	// TakenBack are those that it made and took back: none of them had left.
	TakenBack []comment `json:"taken_back,omitempty"`
}

// comment is one comment that a ticket is owed, with its attachments.
type comment struct {
	Operation string           `json:"operation"`
	Ticket    tracker.TicketID `json:"ticket"`
	Files     int              `json:"files,omitempty"`
}

// worker makes the changes it is given, while its service sends comments.
type worker struct {
	svc   *engine.Engine
	clock *clock
	log   *slog.Logger
	// folder takes the files that comments are to carry.
	folder string
}

// clock is the machine's, off by some time.
type clock struct{ shift atomic.Int64 }

// now has no monotonic reading, which would hide a jump.
func (c *clock) now() time.Time {
	return time.Now().Round(0).Add(time.Duration(c.shift.Load()))
}

// workerExit works for the parent at the other end of the standard streams and
// returns the exit code. spoil may break what the service is made of.
func workerExit(ctx context.Context, spoil func(*kernel.Config)) int {
	if err := work(ctx, os.Stdin, os.Stdout, spoil); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		return 1
	}
	return 0
}

// work does tasks until the input ends.
func work(ctx context.Context, in io.Reader, out io.Writer, spoil func(*kernel.Config)) (err error) {
	tasks := json.NewDecoder(in)
	var s setup
	if err := tasks.Decode(&s); err != nil {
		return fmt.Errorf("reading the set-up: %w", err)
	}
	db, err := openPatiently(ctx, s.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	w := worker{clock: &clock{}, folder: s.Folder, log: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	config := kernel.Config{
		Store: db.Store, Zendesk: zendesk.New(zendesk.Config{}), Secrets: db.secrets, Files: db.files, User: "Ada",
		QuietWindow: s.QuietWindow, ListLag: s.ListLag, SendTimeout: s.SendTimeout, Now: w.clock.now, NewID: uuid.NewString,
		Log: w.log,
		// What Zendesk allows would make a campaign last for days.
		Limits: kernel.Limits{UpdatesPerTicket: math.MaxInt, UpdatesPerMinute: math.MaxInt},
	}
	if s.Board {
		config.Grace = boardGrace
	}
	spoil(&config)
	w.svc = engine.New(config)

	running, leave := context.WithCancel(ctx)
	defer leave()
	ran, obeyed := make(chan error, 1), make(chan error, 1)
	go func() { ran <- w.svc.Run(running) }()
	go func() { obeyed <- w.obey(running, tasks, json.NewEncoder(out)) }()
	if s.Board {
		go w.show(running)
	}
	select {
	case err := <-ran:
		return fmt.Errorf("the service ended by itself: %w", err)
	case err := <-obeyed:
		leave()
		return errors.Join(err, <-ran)
	}
}

// boardGrace is how long what a board makes can be taken back: shorter than a user's.
const boardGrace = 300 * time.Millisecond

// show reads what a board shows whenever something has changed.
func (w worker) show(ctx context.Context) {
	feed := w.svc.Subscribe()
	defer feed.Close()
	for ctx.Err() == nil {
		project, err := w.svc.Projects.OpenProject(ctx, "")
		if err == nil {
			_, err = w.svc.Board.Snapshot(ctx, project.ID, tracker.SnapshotQuery{})
		}
		if err != nil && ctx.Err() == nil {
			w.log.Info("the board cannot be read", "error", err)
		}
		if _, err := feed.Next(ctx); err != nil {
			return
		}
	}
}

func (w worker) obey(ctx context.Context, tasks *json.Decoder, receipts *json.Encoder) error {
	for {
		var t task
		err := tasks.Decode(&t)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a task: %w", err)
		}
		switch t.Kind {
		case taskClock:
			w.clock.shift.Store(int64(t.Shift))
			time.AfterFunc(t.Lasts, func() { w.clock.shift.Store(0) })
			continue
		case taskDisk:
			if err := fillDisk(t.Lasts); err != nil {
				return err
			}
			continue
		}
		if err := receipts.Encode(w.change(ctx, t)); err != nil {
			return fmt.Errorf("writing a receipt: %w", err)
		}
	}
}

// change makes one change of a story, and undoes it if asked to. It reports
// which comments there are of it then. Nobody else changes that story meanwhile.
func (w worker) change(ctx context.Context, t task) receipt {
	before, err := w.comments(ctx, t.Story)
	if err != nil {
		return receipt{Problem: err.Error()}
	}
	if t.Kind == taskComment {
		err = w.comment(ctx, t)
	} else {
		err = w.step(ctx, t)
	}
	if err != nil {
		return receipt{Problem: err.Error()}
	}
	made, err := w.comments(ctx, t.Story)
	if err != nil {
		return receipt{Problem: err.Error()}
	}
	if !t.Undo {
		return receipt{Comments: carrying(without(made, before), t.Files)}
	}
	if _, err := w.svc.Stories.Undo(ctx, true); err != nil {
		// Often a comment that has been sent already; its delivery has the outcome.
		w.log.Info("not taken back", "story", t.Story, "error", err)
	}
	left, err := w.comments(ctx, t.Story)
	if err != nil {
		return receipt{Problem: err.Error()}
	}
	return receipt{Comments: carrying(without(left, before), t.Files), TakenBack: without(made, left)}
}

// comment comments on a story, with files where the task says so.
func (w worker) comment(ctx context.Context, t task) error {
	if t.Files == 0 {
		_, err := w.svc.Stories.Comment(ctx, []tracker.StoryID{t.Story}, t.Text, "")
		return err
	}
	folder, err := os.MkdirTemp(w.folder, "attached-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // copies are attached, not these
	paths := make([]string, t.Files)
	for i := range paths {
		paths[i] = filepath.Join(folder, fmt.Sprintf("%d.txt", i+1))
		if err := os.WriteFile(paths[i], fmt.Appendf(nil, "%s File %d.\n", t.Text, i+1), 0o600); err != nil {
			return err
		}
	}
	_, err = w.svc.Parts.Comment(ctx, []tracker.StoryID{t.Story}, t.Text, nil, paths)
	return err
}

// carrying are comments of a change with so many attachments each.
func carrying(comments []comment, files int) []comment {
	for i := range comments {
		comments[i].Files = files
	}
	return comments
}

// comments lists the comments that a story has.
func (w worker) comments(ctx context.Context, story tracker.StoryID) ([]comment, error) {
	list, err := w.svc.Outbox.Deliveries(ctx, tracker.DeliveryQuery{Story: story})
	comments := make([]comment, len(list))
	for i, d := range list {
		comments[i] = comment{Operation: d.Operation, Ticket: d.Ticket.ID}
	}
	return comments, err
}

// without returns those comments that are not among others.
func without(comments, others []comment) []comment {
	return slices.DeleteFunc(slices.Clone(comments), func(n comment) bool { return slices.Contains(others, n) })
}

// step takes a story on: along its life, then over the Icebox to a new one.
func (w worker) step(ctx context.Context, t task) error {
	d, err := w.svc.Stories.Story(ctx, t.Story)
	if err != nil {
		return err
	}
	offered := tracker.Actions(d.Story.Type, d.Story.State, d.Story.Estimate, d.Project)
	switch {
	case len(offered) == 0:
		_, err = w.svc.Stories.Transition(ctx, []tracker.Seen{{ID: t.Story}}, tracker.Restart, "")
	case d.Story.State == tracker.Unscheduled && t.Pick%2 == 0:
		_, err = w.svc.Stories.MoveStories(ctx, []tracker.StoryID{t.Story}, tracker.Place{Column: tracker.Backlog})
	default:
		_, err = w.svc.Stories.Transition(ctx, []tracker.Seen{{ID: t.Story}}, offered[t.Pick%len(offered)], "")
	}
	return err
}
