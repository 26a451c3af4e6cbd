// Package checkup checks an installation: the database, secrets, accounts,
// views and the queue, and how linked stories and their tickets have
// drifted apart. It suggests fixes and applies those that are asked
// for (Fix).
//
// Invariants:
//   - Examining changes nothing in Zendesk and no story. What it reads of a
//     ticket is remembered as last seen.
//   - No check stops another: what could not be looked at is a finding, too.
//   - A text that it returns contains no secret; Redactor removes those that
//     came in an answer.
package checkup
