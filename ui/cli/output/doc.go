// Package output prints the results of commands: objects as JSON, and for people
// as a line, a table or a sheet.
//
// Invariants:
//   - With AsJSON an object is one line of JSON, a listing one array.
//   - Text from strangers passes through tracker/plaintext before people see
//     it. JSON keeps it whole, with the characters that a terminal might obey
//     written as \u escapes.
//   - Styles reach terminals only.
//   - An error says that standard output could not be written.
package output
