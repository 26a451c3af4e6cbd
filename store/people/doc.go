// Package people renames people where their names stand in the database.
//
// Invariants:
//   - Every column that holds a person's name is in [columns], but for those of stories and
//     their followers, which the store saves itself; a test looks for columns that are not.
package people
