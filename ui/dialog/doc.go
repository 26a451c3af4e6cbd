// Package dialog holds what asks the user for something: a line of text, a
// question, a choice from a list, a text in an editor, and the drafts of texts
// that were begun. It knows nothing of stories and tickets.
package dialog
