package verdict

import "time"

// StorageReport is what was found out about the place where everything is saved,
// also where it cannot be opened.
type StorageReport struct {
	// Missing is true when nothing was saved there yet.
	Missing bool
	// Usable is true when this program can open it, as far as that can be told
	// from outside.
	Usable bool
	// Checks are what was examined.
	Checks []Check
}

// StorageSummary counts what a database holds.
type StorageSummary struct {
	Projects, Stories, Comments, Deliveries int
	// ChangedAt is when a story changed last, the zero time when none ever did.
	ChangedAt time.Time
}

// StorageCopy is what was copied from one database into another.
type StorageCopy struct {
	Tables []TableCopy
	// Pending is how many private comments are still to be sent, by either database.
	Pending int
	// LeftBehind is how many attachments were not copied, because what they hold is missing or
	// altered.
	LeftBehind int
}

// Rows is how many rows there are in all tables together.
func (c StorageCopy) Rows() (rows int) {
	for _, t := range c.Tables {
		rows += t.Rows
	}
	return rows
}

// TableCopy is a table that was copied. Sum is a checksum of its rows, which both databases have.
type TableCopy struct {
	Name, Sum string
	Rows      int
}

// StorageInfo is what a database is.
type StorageInfo struct {
	// Name is what people call it: the path of a file, or DATABASE on HOST.
	Name string
	// Engine is SQLite or PostgreSQL, with its Version.
	Engine, Version string
	// Schema is the version of its tables, Newest the latest that this program knows.
	Schema, Newest int64
	// Size is how many bytes it takes.
	Size int64
	// Tables are its tables in alphabetical order.
	Tables []TableRows
	// Attachments is where the content of attachments is.
	Attachments string
}

// Rows is how many rows there are in all tables together.
func (i StorageInfo) Rows() (rows int64) {
	for _, t := range i.Tables {
		rows += t.Rows
	}
	return rows
}

// TableRows is a table with how many rows it has.
type TableRows struct {
	Name string
	Rows int64
}
