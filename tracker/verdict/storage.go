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
