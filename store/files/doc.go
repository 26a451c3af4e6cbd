// Package files saves the content of attachments: in a folder beside the database, or, where
// that is on a server, in pieces in it.
//
// Invariants:
//   - A file's name in the folder is an id that this package makes: what people or
//     strangers call a file is never part of a path.
//   - A content never changes: it is written under another name and renamed. It is flushed
//     to the disk before an attachment has it, so that this has it whole or not at all.
//   - Folders are for their owner only (0700), files too (0600).
//   - Files are read and written in pieces, whatever their size.
package files
