package store

import (
	"context"

	"storydesk/store/query"
	"storydesk/tracker"
)

// Texts lists the keys of the settings and drafts in the database, which are some user's own.
func (s *Server) Texts(ctx context.Context) (settings, drafts []string, err error) {
	err = s.read(ctx, func(r *reader) error {
		if settings, err = query.All(r.Session, "the settings", query.Itself[string], "SELECT key FROM setting ORDER BY key"); err != nil {
			return err
		}
		drafts, err = query.All(r.Session, "the drafts", query.Itself[string], "SELECT key FROM draft ORDER BY key")
		return err
	})
	return settings, drafts, err
}

// Draft implements tracker.Reader.
func (r *reader) Draft(key string) (string, error) {
	return orEmpty(query.One(r.Session, "draft", query.Itself[string], "SELECT text FROM draft WHERE key = ?", key))
}

// SaveDraft implements tracker.Writer.
func (w *textWriter) SaveDraft(key, text string) error {
	if text == "" {
		_, err := w.Exec("deleting a draft", "DELETE FROM draft WHERE key = ?", key)
		return err
	}
	_, err := w.Exec("saving a draft", "INSERT INTO draft (key, text) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text", key, text)
	return err
}

// Setting implements tracker.Reader.
func (r *reader) Setting(key string) (string, error) {
	return orEmpty(query.One(r.Session, "setting", query.Itself[string], "SELECT value FROM setting WHERE key = ?", key))
}

// SaveSetting implements tracker.Writer.
func (w *textWriter) SaveSetting(key, value string) error {
	if value == "" {
		_, err := w.Exec("resetting a setting", "DELETE FROM setting WHERE key = ?", key)
		return err
	}
	_, err := w.Exec("saving a setting", "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

func orEmpty(text string, err error) (string, error) {
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return "", nil
	}
	return text, err
}
