// Package ui is storydesk's terminal program: the tickets of a Zendesk view
// beside a Backlog and an Icebox, and the screens that stand on them.
//
// It is the root: it sends keys, clicks and results to the panes, opens what a
// navigation intent leads to, and draws footer, help and messages. Each screen is
// a package below it: board, story, ticket, find, labels, deliveries, links, importing,
// report, integrations. None knows another; what they share stands below them, in command,
// dialog and pane.
//
// A key or a click becomes an [intent.Intent], a plain value that says what the user
// wants. The topmost [pane.Pane] handles it and returns a command. The command does
// the work beside the program and comes back as a result message, which changes
// a pane's state; the state is drawn as the next frame.
//
// Invariants:
//   - Update never blocks and does no I/O. Commands take a context and capture
//     values, never a pane.
//   - A result message carries identities and the generation of the request,
//     never an index; a stale one changes nothing.
//   - Keys stand in one table, [actions]. No other place compares keys.
//   - The board's parts stand in one table, [layout.Parts]. A new one is a record.
//   - Every frame is exactly as wide and high as the terminal.
//   - Text written by others is made safe by package plaintext where data becomes
//     rows, and is never drawn otherwise.
//   - Only terminal.go knows tea.View and what the terminal reported about itself; package
//     stage shows what comes before.
package ui
