// Package pane holds what a screen of the program is and what it may use: the
// [Pane] interface, the [Host] with the stack of open panes, the tasks that run
// beside the program, the changes that the user asked for in their order, toasts
// and drafts, and the messages that reach every pane. It knows no screen.
package pane
