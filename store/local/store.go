package local

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"storydesk/tracker"
)

// Store is a team's store whose settings and drafts are those of one user.
type Store struct {
	tracker.Store
	file *File
}

var _ tracker.Store = (*Store)(nil)

// Kept are the settings and drafts that a team's store holds.
type Kept interface {
	// Texts lists the keys of all settings and drafts.
	Texts(ctx context.Context) (settings, drafts []string, err error)
}

// New returns a team's store with the settings and drafts of a user's file. Where that is not
// there yet, it begins with those in the store, which came there when a file was copied: if
// they are of the user that me names. They are the file's from then on.
func New(ctx context.Context, team tracker.Store, kept Kept, file *File, me func(context.Context) (string, error)) (*Store, error) {
	s := &Store{Store: team, file: file}
	if file.Exists() {
		return s, nil
	}
	settings, drafts, err := kept.Texts(ctx)
	if err != nil || len(settings)+len(drafts) == 0 {
		return s, err
	}
	user, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return s, s.adopt(ctx, user, settings, drafts)
}

// adopt takes the settings and drafts of a user out of the store.
func (s *Store) adopt(ctx context.Context, user string, settings, drafts []string) error {
	return s.Store.Write(ctx, func(w tracker.Writer) error {
		owner, err := w.Setting(tracker.SettingUser)
		if err != nil || owner != user {
			return err
		}
		taken := newTexts()
		if err := take(taken.Settings, settings, w.Setting, w.SaveSetting); err != nil {
			return err
		}
		if err := take(taken.Drafts, drafts, w.Draft, w.SaveDraft); err != nil {
			return err
		}
		// Before they leave the store: two copies are better than none.
		return s.file.change(taken)
	})
}

// take takes texts out of a store. One that is there no more was taken by another terminal, whose
// file has it: in what was taken it would delete that.
func take(taken map[string]string, keys []string, get func(string) (string, error), save func(key, text string) error) error {
	for _, key := range keys {
		text, err := get(key)
		if err != nil {
			return err
		}
		if text == "" {
			continue
		}
		taken[key] = text
		if err := save(key, ""); err != nil {
			return err
		}
	}
	return nil
}

// lookEvery is how often Watch looks whether the file has changed.
const lookEvery = 500 * time.Millisecond

// Watch implements tracker.Store: it reports changes of the file by other processes, too.
func (s *Store) Watch(ctx context.Context, changed func()) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.Store.Watch(ctx, changed) })
	g.Go(func() error {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-tick.C:
			}
			if s.file.changedElsewhere() {
				changed()
			}
		}
	})
	return g.Wait()
}

// Read implements tracker.Store.
func (s *Store) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	return s.Store.Read(ctx, func(r tracker.Reader) error { return fn(reader{r, own{s.file, newTexts()}}) })
}

// Write implements tracker.Store. Where what the team shares is committed and the file then
// cannot be replaced all the same, it fails with ReasonSaved.
func (s *Store) Write(ctx context.Context, fn func(tracker.Writer) error) (err error) {
	var next *version
	defer func() {
		if left := next.discard(); left != nil {
			err = errors.Join(err, left)
		}
	}()
	err = s.Store.Write(ctx, func(w tracker.Writer) (err error) {
		if err := next.discard(); err != nil { // of a run before
			return err
		}
		mine := own{s.file, newTexts()}
		if err := fn(writer{w, mine}); err != nil {
			return err
		}
		next, err = s.file.prepare(mine.changed)
		return err
	})
	if err != nil {
		return err
	}
	if err := next.put(); err != nil {
		return &tracker.Error{
			Code: tracker.CodeInternal, Reason: tracker.ReasonSaved, Err: err,
			Message: "what the team shares was saved, but " + err.Error(),
		}
	}
	return nil
}

// ReadTexts runs fn on the settings and drafts alone, whether the team's store can be reached
// or not.
func (s *Store) ReadTexts(_ context.Context, fn func(tracker.TextReader) error) error {
	return fn(own{s.file, newTexts()})
}

// WriteTexts is ReadTexts for changes.
func (s *Store) WriteTexts(_ context.Context, fn func(tracker.TextWriter) error) error {
	mine := own{s.file, newTexts()}
	if err := fn(mine); err != nil {
		return err
	}
	return s.file.change(mine.changed)
}

// own are the settings and drafts as a transaction sees them: those of the file, and what it
// has changed.
type own struct {
	file    *File
	changed texts
}

var (
	_ tracker.TextReader = own{}
	_ tracker.TextWriter = own{}
)

func (o own) look(of func(texts) map[string]string, key string) (string, error) {
	if text, ok := of(o.changed)[key]; ok {
		return text, nil
	}
	held, err := o.file.read()
	return of(held)[key], err
}

func settings(t texts) map[string]string { return t.Settings }

func drafts(t texts) map[string]string { return t.Drafts }

// Setting implements tracker.TextReader.
func (o own) Setting(key string) (string, error) { return o.look(settings, key) }

// Draft implements tracker.TextReader.
func (o own) Draft(key string) (string, error) { return o.look(drafts, key) }

// SaveSetting implements tracker.TextWriter.
func (o own) SaveSetting(key, value string) error {
	o.changed.Settings[key] = value
	return nil
}

// SaveDraft implements tracker.TextWriter.
func (o own) SaveDraft(key, text string) error {
	o.changed.Drafts[key] = text
	return nil
}

// reader is a team's with a user's settings and drafts.
type reader struct {
	tracker.Reader
	own own
}

// Setting implements tracker.TextReader.
func (r reader) Setting(key string) (string, error) { return r.own.Setting(key) }

// Draft implements tracker.TextReader.
func (r reader) Draft(key string) (string, error) { return r.own.Draft(key) }

// writer is reader for changes.
type writer struct {
	tracker.Writer
	own own
}

// Setting implements tracker.TextReader.
func (w writer) Setting(key string) (string, error) { return w.own.Setting(key) }

// Draft implements tracker.TextReader.
func (w writer) Draft(key string) (string, error) { return w.own.Draft(key) }

// SaveSetting implements tracker.TextWriter.
func (w writer) SaveSetting(key, value string) error { return w.own.SaveSetting(key, value) }

// SaveDraft implements tracker.TextWriter.
func (w writer) SaveDraft(key, text string) error { return w.own.SaveDraft(key, text) }
