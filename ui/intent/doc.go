// Package intent holds what the user wants as plain values: keys, the mouse, the
// palette and tests all make intents, and panes say what comes of them. It names
// actions and parts of the board, and knows nothing of either.
package intent
