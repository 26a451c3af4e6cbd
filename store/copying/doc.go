// Package copying copies a whole database into another one, whichever engine each is on.
//
// Invariants:
//   - It goes over the tables that the databases have, not over those that somebody listed: one
//     that is added later is copied too. Two databases with other tables or columns than each
//     other are refused.
//   - The source is read in one snapshot, the target is filled in one transaction, and both hold
//     the same rows, or nothing is committed: the rows are read back and compared.
//   - Ids, sequence numbers, states and stamps stay what they are: whether a private comment of
//     the copy was sent meanwhile is found on its ticket, as after a restored backup. Ids that were given
//     once are not given again.
package copying
