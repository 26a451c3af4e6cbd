// Package people holds the use cases of the people whose names stand on stories: who they are,
// another name for one of them, and two that are one.
//
// Invariants:
//   - Stories hold names. Whoever gets another name gets it everywhere, in one transaction.
//   - A former name leads to its person for ever: on another machine, in a config file and in
//     a file that is imported it may still stand.
package people
