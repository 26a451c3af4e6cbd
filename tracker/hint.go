package tracker

// Hint says what kinds of things may have changed: read them again. Hints are
// coalesced, so a slow reader misses nothing and holds nobody up.
type Hint uint8

// The hints.
const (
	HintProjects Hint = 1 << iota
	HintIntegrations
	HintStories
	HintTickets
	HintDeliveries
	// HintPresence says that others have opened or left stories: what is stored stays.
	HintPresence
	// HintAll asks to read everything again.
	HintAll = HintProjects | HintIntegrations | HintStories | HintTickets | HintDeliveries
)

// Has reports whether any of these kinds may have changed.
func (h Hint) Has(kinds Hint) bool { return h&kinds != 0 }
