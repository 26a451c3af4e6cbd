// Package output prints the results of commands: objects as JSON, and for people
// as a line, a table or a sheet.
//
// Invariants:
//   - With AsJSON an object is one line of JSON, a listing one array.
//   - Text written by others passes through tracker/plaintext before people see
//     it. JSON has it unchanged, with the characters that a terminal might obey
//     written as \u escapes.
//   - Styles reach terminals only.
//   - An error says that standard output could not be written.
package output
