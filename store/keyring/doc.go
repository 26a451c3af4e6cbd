// Package keyring saves secrets in the system's keyring where one answers, else
// in the database with the user's consent. [Secrets] implements tracker.Secrets.
//
// Invariants:
//   - A secret lies in an entry of its own, named by a random UUID that the
//     database remembers, never by the integration's id: a copy of a database
//     counts its own integrations under the same ids. A database that was moved
//     finds its secrets; where two copies part, the one whose entry the other
//     replaced has none any more, and is asked for it again.
//   - An entry is written before the database points to it, and deleted after
//     the database points elsewhere. One that could not be deleted is
//     remembered, and deleted when a later change finds the keyring there.
//   - Whatever a keyring answers but the secret or "not found" means that there
//     is none here: a machine without a desktop answers in many ways. From then
//     on it is left alone until the program starts again, for each question may
//     open a dialog on the user's screen.
//   - Nobody waits for a keyring longer than [Patience]. Its calls cannot be
//     cancelled, so one that hangs goes on alone: no other is made before it
//     returns, and if it returns well, the keyring is in use again.
//   - No keyring is asked before a secret of it is needed.
//   - Secrets stand in no error.
package keyring
