// Package local keeps what belongs to one user, and not to their team, in a file on their
// machine: settings and drafts. [Store] is a team's store without them.
//
// Invariants:
//   - The file is for its owner only, and there is one for each database.
//   - It is replaced as a whole, by one process at a time: another one sees it as it was or
//     as it is, never half of it.
//   - What a transaction saves in it is written beside it before the transaction is committed,
//     and put in its place afterwards: not at all where that was not.
//   - What only touches the file works while the server is out of reach.
package local
