package worker

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

type (
	runner = session.Runner[UseCases]
	opened = session.Session[UseCases]
)

// options are the command's flags.
type options struct {
	listen string
	drain  time.Duration
}

// usualDrain is how long the worker waits for what it is sending when it is asked to stop:
// longer than an update of a ticket may take, and shorter than systemd waits.
const usualDrain = 60 * time.Second

// Command returns the command that runs the worker.
func Command(p runner) *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use: "worker", Short: "Send comments and refresh views without a screen",
		Long: `Send private comments and refresh views without a screen, until it is stopped: comments
leave although all terminals are closed. Any number of workers and boards can use one
database, in a file or on a server; each comment is sent by one of them.

The log goes to standard error, a line for each event, with --json as JSON. On SIGTERM or
SIGINT the worker takes no further comment, finishes those that it is sending, says what
is left, and ends; a second signal ends it at once. What is cut off is looked for on its
ticket before it is sent again.

With --listen, /healthz answers 200 while the database does, and /metrics has figures for
Prometheus. Both are open to everyone who reaches the address.`,
		Example: "storydesk worker --db postgres://storydesk@db.acme.internal/storydesk --listen 127.0.0.1:9464", Args: usage.Takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.drain < 0 {
				return tracker.Invalid("drain", "--drain needs a time such as 60s, or 0")
			}
			path, err := p.ChosenPath(cmd)
			if err != nil {
				return err
			}
			return start(cmd.Context(), p, path, o)
		},
	}
	cmd.Flags().StringVar(&o.listen, "listen", "", "serve /healthz and /metrics at this address, such as 127.0.0.1:9464")
	cmd.Flags().DurationVar(&o.drain, "drain", usualDrain, "how long to finish what is being sent when stopped")
	return cmd
}

// start opens the database, measured and with the log on standard error, and runs the worker.
func start(ctx context.Context, p runner, path string, o options) error {
	log := logger(p.Program)
	monitor := p.NewMonitor()
	program := *p.Program
	program.Log, program.Role = log, "worker"
	// Whatever uses the database is measured.
	var store tracker.Store
	program.OpenDatabase = func(ctx context.Context, path string) (session.Database, error) {
		db, err := p.OpenDatabase(ctx, path)
		if err == nil {
			db.Store = monitor.Store(db.Store, func(id tracker.DeliveryID, a tracker.DeliveryAttempt) { logAttempt(ctx, log, id, a) })
			store = db.Store
		}
		return db, err
	}
	r := runner{Program: &program, Make: p.Make}
	return r.Within(ctx, path, 0, func(ctx context.Context, s *opened) (err error) {
		if o.listen != "" {
			where, stop, failed := monitor.Serve(ctx, o.listen, store, s.Service.Accounts.Quota)
			if failed != nil {
				return failed
			}
			defer func() { err = errors.Join(err, stop()) }()
			log.Info("listening", "address", where)
		}
		return work(ctx, log, s.Service, o.drain)
	})
}

// logger writes to standard error.
func logger(p *session.Program) *slog.Logger {
	level := slog.LevelInfo
	if p.Flags.Debug {
		level = slog.LevelDebug
	}
	how := &slog.HandlerOptions{Level: level, ReplaceAttr: session.PlainAttr}
	if p.Flags.JSON {
		return slog.New(slog.NewJSONHandler(p.Err, how))
	}
	return slog.New(slog.NewTextHandler(p.Err, how))
}

// logAttempt says how an attempt to send a private comment ended, but nothing of its text.
func logAttempt(ctx context.Context, log *slog.Logger, id tracker.DeliveryID, a tracker.DeliveryAttempt) {
	level := slog.LevelInfo
	if a.State == tracker.DeliveryParked || a.State == tracker.DeliveryUnconfirmed {
		level = slog.LevelWarn
	}
	attrs := []any{"delivery", int64(id), "outcome", string(a.State)}
	if a.Code != "" {
		attrs = append(attrs, "code", string(a.Code)) // the reason may name people
	}
	log.Log(ctx, level, "private comment tried", attrs...)
}

// work runs until ctx ends, and then finishes what is being sent.
func work(ctx context.Context, log *slog.Logger, u UseCases, drain time.Duration) error {
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- u.Engine.Run(running) }()
	log.Info("worker started")
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	log.Info("worker stopping", "drain", drain)
	draining, cancel := context.WithTimeout(running, drain)
	defer cancel()
	if err := u.Courier.Hold(draining); err != nil {
		log.Warn("comments are still being sent; whoever goes on looks for them on their tickets first")
	}
	stop()
	err := <-ended
	report(context.WithoutCancel(ctx), log, u.Outbox)
	return err
}

// report logs what has not been sent.
func report(ctx context.Context, log *slog.Logger, outbox Outbox) {
	ctx, cancel := context.WithTimeout(ctx, reportTime)
	defer cancel()
	counts, err := outbox.DeliveryCounts(ctx)
	if err != nil {
		log.Warn("worker stopped; the database does not say what is left", "error", err)
		return
	}
	attrs := []any{}
	for _, state := range []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliverySending, tracker.DeliveryUnconfirmed, tracker.DeliveryParked} {
		attrs = append(attrs, string(state), counts[state])
	}
	log.Info("worker stopped", attrs...)
}

// reportTime is how long the database may take to say what is left.
const reportTime = 5 * time.Second
