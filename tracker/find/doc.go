// Package find finds stories and tickets by what is written in them: a project's stories
// with their comments and tasks, and the tickets of its views as last read.
//
// Invariants:
//   - Nothing is asked of Zendesk.
//   - What is told of the stories is of one moment, and so is what is told of the tickets.
//   - Stories in Done are counted, and shown only where the search asks for them.
package find
