// Package cli is storydesk's command line: what the board does, without the
// screen, and the way to the board itself. It joins the groups of commands into
// one tree. Each group is a package below it, which imports no other group unless
// it prints the other's objects; session is what every command builds on.
//
// Invariants:
//   - A command calls one use case of engine.Engine and prints what came of
//     it. No rule lives here.
//   - The exit code is 0 when all was done, 2 when the error's code is
//     "invalid" (the command was used wrongly), and 1 for every other error.
//   - Results go to standard output, errors to standard error. With --json a
//     listing is one array, anything else the object after the change, and an
//     error is one line {"error":{"code","field","message"}}. What is absent
//     is null; times are RFC 3339 in UTC; names never change their meaning.
//   - Several ids: all objects are changed or none, and with --json they come
//     as an array.
//   - Text written by others passes through tracker/plaintext before people see
//     it. JSON has it unchanged, with the characters that a terminal might obey
//     written as \u escapes.
//   - Secrets come from standard input, STORYDESK_SECRET or a prompt without
//     echo. They are never arguments, and nothing prints or logs them.
package cli
