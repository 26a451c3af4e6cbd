// Package outbox queues private comments for tickets, and holds the use cases of
// the queue that people see as deliveries.
//
// Invariants:
//   - A delivery is added in the transaction of the change that it tells of.
//   - What has left is never recalled; what has not left can be dropped.
package outbox

import "storydesk/tracker/kernel"

// Service queues, recalls and settles private comments, and answers for the queue.
type Service struct {
	*kernel.Kernel
}

// New returns the use cases of the outbox.
func New(k *kernel.Kernel) *Service { return &Service{Kernel: k} }
