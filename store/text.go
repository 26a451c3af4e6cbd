package store

import (
	"context"

	"storydesk/tracker"
)

// Texts lists the keys of the settings and drafts in the database, which are some user's own.
func (s *Server) Texts(ctx context.Context) (settings, drafts []string, err error) {
	err = s.read(ctx, func(r *reader) error {
		if settings, err = all(r, "the settings", itself[string], "SELECT key FROM setting ORDER BY key"); err != nil {
			return err
		}
		drafts, err = all(r, "the drafts", itself[string], "SELECT key FROM draft ORDER BY key")
		return err
	})
	return settings, drafts, err
}

// Draft implements tracker.Reader.
func (r *reader) Draft(key string) (string, error) {
	return orEmpty(one(r, "draft", itself[string], "SELECT text FROM draft WHERE key = ?", key))
}

// SaveDraft implements tracker.Writer.
func (w *textWriter) SaveDraft(key, text string) error {
	if text == "" {
		_, err := w.exec("deleting a draft", "DELETE FROM draft WHERE key = ?", key)
		return err
	}
	_, err := w.exec("saving a draft", "INSERT INTO draft (key, text) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text", key, text)
	return err
}

// Setting implements tracker.Reader.
func (r *reader) Setting(key string) (string, error) {
	return orEmpty(one(r, "setting", itself[string], "SELECT value FROM setting WHERE key = ?", key))
}

// SaveSetting implements tracker.Writer.
func (w *textWriter) SaveSetting(key, value string) error {
	if value == "" {
		_, err := w.exec("resetting a setting", "DELETE FROM setting WHERE key = ?", key)
		return err
	}
	_, err := w.exec("saving a setting", "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

func orEmpty(text string, err error) (string, error) {
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return "", nil
	}
	return text, err
}
