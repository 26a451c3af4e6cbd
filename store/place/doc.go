// Package place looks after where a database stands: its path, its lock, the files that
// SQLite puts beside it, who can read them, and the room on its disk.
//
// Invariants:
//   - No existing file is opened: closing it would drop the locks that this process holds
//     on it.
//   - The database and the files beside it are readable by their owner only.
package place
