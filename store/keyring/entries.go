package keyring

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"storydesk/tracker"
)

// entries names the keyring's entries of one integration. The database keeps
// them as a setting, which outlives the integration until all are deleted.
type entries struct {
	// Current holds the secret; empty when no entry does.
	Current string `json:"current,omitempty"`
	// Outdated are to be deleted.
	Outdated []string `json:"outdated,omitempty"`
}

// replace makes another entry the current one, or none.
func (e *entries) replace(entry string) {
	if e.Current != "" {
		e.Outdated = append(e.Outdated, e.Current)
	}
	e.Current = entry
}

func settingKey(id tracker.IntegrationID) string { return fmt.Sprintf("keyring/%d", id) }

func readEntries(r tracker.Reader, id tracker.IntegrationID) (e entries, err error) {
	text, err := r.Setting(settingKey(id))
	if err != nil || text == "" {
		return e, err
	}
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return e, fmt.Errorf("read which keyring entries integration %d has: %w", id, err)
	}
	return e, nil
}

func saveEntries(w tracker.Writer, id tracker.IntegrationID, e entries) error {
	if e.Current == "" && len(e.Outdated) == 0 {
		return w.SaveSetting(settingKey(id), "")
	}
	text, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("remember which keyring entries integration %d has: %w", id, err)
	}
	return w.SaveSetting(settingKey(id), string(text))
}

// entries reads an integration's entries.
func (s *Secrets) entries(ctx context.Context, id tracker.IntegrationID) (e entries, err error) {
	err = s.store.Read(ctx, func(r tracker.Reader) error {
		e, err = readEntries(r, id)
		return err
	})
	return e, err
}

// point makes an entry the current one, or none, and returns which are outdated.
func (s *Secrets) point(ctx context.Context, id tracker.IntegrationID, entry string) (outdated []string, err error) {
	err = s.store.Write(ctx, func(w tracker.Writer) error {
		if entry != "" {
			if _, err := w.Integration(id); err != nil {
				return err
			}
		}
		e, err := readEntries(w, id)
		if err != nil {
			return err
		}
		e.replace(entry)
		outdated = e.Outdated
		return saveEntries(w, id, e)
	})
	return outdated, err
}

// sweep deletes outdated entries and reports whether all are gone. Those that
// are not stay remembered.
func (s *Secrets) sweep(ctx context.Context, id tracker.IntegrationID, outdated []string) (clean bool, err error) {
	var gone []string
	for _, entry := range outdated {
		if s.remove(ctx, entry) == nil {
			gone = append(gone, entry)
		}
	}
	if len(gone) > 0 {
		err = s.store.Write(ctx, func(w tracker.Writer) error {
			e, err := readEntries(w, id)
			if err != nil {
				return err
			}
			e.Outdated = slices.DeleteFunc(e.Outdated, func(entry string) bool { return slices.Contains(gone, entry) })
			return saveEntries(w, id, e)
		})
	}
	return len(gone) == len(outdated), err
}
