package pane

import "context"

// Settings are the use cases with which panes remember settings, and texts that
// were begun and not sent.
type Settings interface {
	// StoreLost is nil, or why nothing can be saved any more.
	StoreLost() error
	// SaveSetting saves a setting, or removes it when the value is empty.
	SaveSetting(ctx context.Context, key, value string) error
	// Draft reads a text that was written but not sent, empty when there is none.
	Draft(ctx context.Context, key string) (string, error)
	// SaveDraft saves such a text, or removes it when it is empty.
	SaveDraft(ctx context.Context, key, text string) error
}
