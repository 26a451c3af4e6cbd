package session

import (
	"context"
	"os"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/setting"
)

// Setting is a setting with the value that holds.
type Setting struct {
	setting.Setting
	Value string
	From  setting.Source
}

// Source says where the value comes from: a variable by its name.
func (s Setting) Source() string {
	if s.From == setting.SourceEnvironment {
		return "$" + s.Env
	}
	return string(s.From)
}

// Effective returns the value of a setting that is in force now.
func (s *Opened) Effective(ctx context.Context, setting setting.Setting) (Setting, error) {
	saved, err := s.own.Settings.Setting(ctx, setting.Name)
	if err != nil {
		return Setting{}, err
	}
	setting = s.Known(setting)
	value, from, err := setting.Choose(os.Getenv, saved)
	return Setting{Setting: setting, Value: value, From: from}, err
}

// Known is a setting with the values that the config file adds.
func (s *Opened) Known(of setting.Setting) setting.Setting {
	if s.Config == nil || of.Name != setting.Theme {
		return of
	}
	c, _ := config.Load(s.Config.Path, s.Config.Vocabulary)
	return c.Known(of)
}

// readSettings reads the saved value of each setting.
func (s *Opened) readSettings(ctx context.Context) error {
	return s.db.Store.Read(ctx, func(r tracker.Reader) (err error) {
		for _, setting := range setting.All() {
			if s.saved[setting.Name], err = r.Setting(setting.Name); err != nil {
				return err
			}
			if s.Config == nil || !s.Config.Covers(setting.Name) {
				continue
			}
			if value, chosen := s.Config.Choice(setting.Name); chosen {
				s.saved[setting.Name] = value
			}
		}
		return nil
	})
}

// Chosen returns the value in force: its variable's, else the one
// saved when the session began, else the default.
func (s *Opened) Chosen(name string) (string, error) {
	setting, err := setting.Find(name)
	if err != nil {
		return "", err
	}
	value, _, err := s.Known(setting).Choose(os.Getenv, s.saved[name])
	return value, err
}
