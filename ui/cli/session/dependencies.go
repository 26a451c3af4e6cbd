package session

import (
	"context"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/verdict"
)

// Dependencies are what the command line needs from the world. All fields are
// required.
type Dependencies struct {
	// Args are the arguments behind the program's name.
	Args []string
	// In, Out and Err are the standard streams. Prompts and colours appear
	// only on those that are terminals.
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// Build identifies the program.
	Build Build
	// DatabasePath and LogPath are where the files live unless given otherwise.
	DatabasePath string
	LogPath      string
	// ConfigFolder is where users' configs are, empty where none is read.
	ConfigFolder string
	// OpenDatabase opens the database at a path and makes it where there is
	// none. It fails with an error that says so in a sentence.
	OpenDatabase func(ctx context.Context, path string) (Database, error)
	// InspectDatabase checks a database file without changing it.
	InspectDatabase func(ctx context.Context, path string) verdict.StorageReport
	// Storage copies database files.
	Storage Storage
	// OpenDemo is OpenDatabase for a demo's: it never touches the system's keyring.
	OpenDemo func(ctx context.Context, path string) (Database, error)
	// NewZendesk makes the client of Zendesk.
	NewZendesk func(log *slog.Logger) tracker.Zendesk
	// NewFeeds makes the client of feeds.
	NewFeeds func(log *slog.Logger) kind.Feeds
	// NewMonitor makes what measures a program without a screen.
	NewMonitor func() Monitor
	// StartSandbox starts a simulated Zendesk on this machine.
	StartSandbox func(ctx context.Context, o SandboxOptions) (Sandbox, error)
	// OpenBrowser shows an address to the user.
	OpenBrowser func(url string) error
	// Lent counts those who have the terminal for a while, so that an interruption is for
	// them; nil where nobody looks at it.
	Lent *atomic.Int32
	// After is the clock of what is said while somebody is waited for; nil for
	// time.After.
	After func(time.Duration) <-chan time.Time
}

// Monitor measures what a program does, and serves that over HTTP.
type Monitor interface {
	// Store returns a store that is measured. attempted is told of each attempt to send a
	// private comment once that is saved.
	Store(s tracker.Store, attempted func(tracker.DeliveryID, tracker.DeliveryAttempt)) tracker.Store
	// Serve serves /healthz and /metrics of a store at an address until stop is called, and
	// returns where. quota is what an account's host allows for now.
	Serve(ctx context.Context, address string, s tracker.Store, quota func(host string) tracker.Quota) (where string, stop func() error, err error)
}

// Database is an open database.
type Database struct {
	Store   tracker.Store
	Secrets tracker.Secrets
	Files   Files
	// Presence tells others what is open; nil where nobody else is.
	Presence Presence
	// Team is true where several people's programs share it.
	Team  bool
	Close func() error
}

// Presence tells the people who share a database what the others have open, as the use cases
// want it.
type Presence interface {
	Attend(ctx context.Context, a tracker.Attendance) error
	Others() []tracker.Attendance
	OnOthers(changed func())
}

// Files keeps the content of attachments, as the use cases want it.
type Files interface {
	Take(ctx context.Context, path string) (tracker.StoryFile, error)
	Put(ctx context.Context, from io.Reader) (tracker.StoryFile, error)
	Settle(ctx context.Context, saved []tracker.StoryFile) error
	Drop(of tracker.StoryFile) error
	Open(of tracker.StoryFile) (io.ReadCloser, error)
	Export(ctx context.Context, of tracker.StoryFile, to string, replace bool) error
	Show(ctx context.Context, of tracker.StoryFile, ending string) (path string, err error)
	Sweep(kept []string, before time.Time) error
}

// Storage copies and describes databases without opening them for use.
type Storage struct {
	// Backup copies the database at path to a file, which is only replaced where
	// replace is true.
	Backup func(ctx context.Context, path, to string, replace bool) error
	// Summarize counts what a database holds.
	Summarize func(ctx context.Context, path string) (verdict.StorageSummary, error)
	// Restore puts a backup in place of the database at path, and returns where what
	// was there before is kept, empty where there was none.
	Restore func(ctx context.Context, path, from string) (kept string, err error)
	// CopyAll copies a database, on a server or in a file, into another one that is empty.
	CopyAll func(ctx context.Context, from, to string) (verdict.StorageCopy, error)
	// Describe tells what a database is, without changing it.
	Describe func(ctx context.Context, path string) (verdict.StorageInfo, error)
}

// SandboxOptions choose a sandbox.
type SandboxOptions struct {
	// StatePath is the file that holds its state; empty holds it in memory.
	StatePath string
	// Address is where it listens, loopback only; empty takes a free port.
	Address string
}

// Feed is a simulated feed that runs in this process.
type Feed struct{ URL, Base, User, Password string }

// Sandbox is a simulated Zendesk that runs in this process.
type Sandbox struct {
	URL      string
	Email    string
	Password string
	Token    string
	View     tracker.ViewID
	// Feed is a list of stories for an integration of the kind "other": its address, the one
	// that those of its items begin with, and who may read it if it is told to ask.
	Feed Feed
	// Happen changes a ticket as people at Zendesk do: its status, and what its customer
	// says, where they are not empty. What has happened already happens no more.
	Happen func(ticket tracker.TicketID, status, says string) error
	Close  func() error
}
