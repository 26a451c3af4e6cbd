// Package command holds what more than one screen does to stories and tickets: to
// advance, estimate, comment, link, unlink, delete and preview, with the questions
// that come before it and the [Outcome] that the panes learn afterwards.
package command
