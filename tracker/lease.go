package tracker

import "time"

// LeaseLongWrite names the lease of whoever writes for long in one transaction: while it
// has not run out, others wait for the end of that.
const LeaseLongWrite = "long-write"

// Lease is the right to do something alone, among all processes that share the
// store, for a limited time: who dies with it holds up others for no longer.
type Lease struct {
	// Name is what it is about.
	Name string
	// Holder identifies who has it, empty for nobody.
	Holder string
	// Until is when it runs out.
	Until time.Time
}

// LeaseReader reads leases.
type LeaseReader interface {
	// Lease reads a lease, also one that has run out; it has no Holder when nobody
	// has claimed it or its holder has ended it.
	Lease(name string) (Lease, error)
}

// LeaseWriter changes leases.
type LeaseWriter interface {
	// ClaimLease gives l to its holder. ok is false, and nothing is changed, while
	// another's has not run out at now. One that ends later than l was made before
	// a clock was set back, and counts as run out. before is the lease that was there.
	ClaimLease(l Lease, now time.Time) (before Lease, ok bool, err error)
	// ExtendLease lets it last until l.Until unless it has passed to another holder.
	ExtendLease(l Lease) error
	// EndLease ends it unless it has passed to another holder.
	EndLease(l Lease) error
}

// Sender is a program that can send private comments for an integration.
type Sender struct {
	IntegrationID IntegrationID
	// Holder identifies the program. Name is who works with it, or what it is, such as
	// worker; Machine is where it runs.
	Holder, Name, Machine string
	// SeenAt is when it was there last.
	SeenAt time.Time
}
