// Package config reads and writes the file in which users choose how storydesk
// looks and works.
//
// Invariants:
//   - One table ([Schema]) says which keys there are. The check, the commented
//     text of a new file and the documentation come from it.
//   - Every problem has a place and says what would work. What is wrong is left
//     out, and the default holds: reading never fails.
//   - Writing changes the value asked for and no other byte.
//   - The database holds what the program remembers; the file what the user
//     chose, which goes first.
package config
