// Package clipboard puts text on the system's clipboard with the tool that the
// session has for it, beside what the terminal does with OSC 52.
//
// Invariants:
//   - A tool gets its arguments and the text on its standard input; no shell
//     reads either.
//   - It cannot touch the terminal: its output goes nowhere and it belongs to
//     a session of its own, for some stay behind to hand the text out.
//   - Over SSH there is none: the clipboard there is not before the user.
package clipboard
