// Package files saves the content of attachments: in a folder beside the database, or, where
// that is on a server, in pieces in it.
//
// Invariants:
//   - A file's name in the folder is an id that this package makes: what people or
//     strangers call a file is never part of a path.
//   - A content is there whole or not at all, and never changes: it is written under
//     another name, flushed to the disk, and renamed.
//   - Folders are for their owner only (0700), files too (0600).
//   - Files are read and written in pieces, whatever their size.
package files
