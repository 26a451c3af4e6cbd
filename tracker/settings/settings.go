// Package settings reads and saves what a user chose, and drafts of texts.
package settings

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
)

// Service reads and saves settings and drafts.
type Service struct {
	*kernel.Kernel
}

// New returns the use cases of settings and drafts.
func New(k *kernel.Kernel) *Service { return &Service{Kernel: k} }

// SetUser makes somebody else the acting user, from now on and in later
// sessions. CodeInvalid, field "user", for an empty name.
func (s *Service) SetUser(ctx context.Context, name string) error {
	name, err := tracker.ParseUser(name)
	if err != nil {
		return err
	}
	if err := s.SaveSetting(ctx, tracker.SettingUser, name); err != nil {
		return err
	}
	s.SetActor(name)
	return nil
}

// Draft reads a text that was written but not sent, empty when there is none.
func (s *Service) Draft(ctx context.Context, key string) (string, error) {
	var text string
	err := s.readTexts(ctx, func(r tracker.TextReader) (err error) {
		text, err = r.Draft(key)
		return err
	})
	return text, err
}

// SaveDraft saves a text that was not sent yet, or deletes it when empty.
func (s *Service) SaveDraft(ctx context.Context, key, text string) error {
	return s.writeTexts(ctx, func(w tracker.TextWriter) error { return w.SaveDraft(key, text) })
}

// Setting reads what the user chose in the file of choices, else what was
// remembered under a name, empty when nothing was.
func (s *Service) Setting(ctx context.Context, key string) (string, error) {
	if s.covered(key) {
		if value, chosen := s.Choices.Choice(key); chosen {
			return value, nil
		}
	}
	var value string
	err := s.readTexts(ctx, func(r tracker.TextReader) (err error) {
		value, err = r.Setting(key)
		return err
	})
	return value, err
}

// SaveSetting remembers a value under a name, or deletes it when empty. Where
// there is a file of choices it is saved there too, and refused when it cannot
// be; the store's change is what other processes notice.
func (s *Service) SaveSetting(ctx context.Context, key, value string) error {
	if s.covered(key) {
		remembered, err := s.Remembered(ctx)
		if err != nil {
			return err
		}
		if err := s.Choices.Choose(key, value, remembered); err != nil {
			return err
		}
	}
	return s.writeTexts(ctx, func(w tracker.TextWriter) error { return w.SaveSetting(key, value) })
}

// apart is a store that saves settings and drafts apart from all else, on this machine: they
// are there while its server is out of reach.
type apart interface {
	ReadTexts(ctx context.Context, fn func(tracker.TextReader) error) error
	WriteTexts(ctx context.Context, fn func(tracker.TextWriter) error) error
}

func (s *Service) readTexts(ctx context.Context, fn func(tracker.TextReader) error) error {
	if a, ok := s.Shared().(apart); ok {
		return a.ReadTexts(ctx, fn)
	}
	return s.Store.Read(ctx, func(r tracker.Reader) error { return fn(r) })
}

func (s *Service) writeTexts(ctx context.Context, fn func(tracker.TextWriter) error) error {
	if a, ok := s.Shared().(apart); ok {
		return a.WriteTexts(ctx, fn)
	}
	return s.Store.Write(ctx, func(w tracker.Writer) error { return fn(w) })
}

func (s *Service) covered(key string) bool { return s.Choices != nil && s.Choices.Covers(key) }

// Remembered returns what the store remembers of the settings that belong into
// the file of choices.
func (s *Service) Remembered(ctx context.Context) (map[string]string, error) {
	all := map[string]string{}
	if s.Choices == nil {
		return all, nil
	}
	err := s.readTexts(ctx, func(r tracker.TextReader) (err error) {
		for _, name := range s.Choices.Names() {
			if all[name], err = r.Setting(name); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}
