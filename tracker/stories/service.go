// Package stories holds the use cases of stories: creating, moving, editing,
// taking them a step further, commenting, linking, deleting, and undoing all of it.
//
// Invariants:
//   - A use case is one transaction: the change, its activity and its
//     deliveries are committed together or not at all.
//   - Of several stories either all are changed or none is.
//   - Undo never changes what another has changed since, and says what it sends.
package stories

import (
	"storydesk/tracker/kernel"
	"storydesk/tracker/outbox"
	"storydesk/tracker/views"
)

// Service is the use cases of stories, and those of their links and tasks, of
// undoing, and of finding stories.
type Service struct {
	*kernel.Kernel
	*changes
	*queries
	*links
	*tasks
	*undoing
}

// New returns the use cases of stories.
func New(k *kernel.Kernel, o *outbox.Service, v *views.Service) *Service {
	c := &changes{Kernel: k, outbox: o, views: v, history: new(history), sequences: new(sequences)}
	return &Service{Kernel: k, changes: c, queries: &queries{k}, links: &links{c}, tasks: &tasks{c}, undoing: &undoing{c}}
}

// queries finds stories and changes nothing.
type queries struct{ *kernel.Kernel }

// links is the use cases of a story's tickets.
type links struct{ *changes }

// tasks is the use cases of a story's tasks.
type tasks struct{ *changes }

// undoing undoes and redoes what this process changed.
type undoing struct{ *changes }

// changes makes changes in a transaction, records them, queues what tickets are
// told of them, and remembers them to be undone.
type changes struct {
	*kernel.Kernel
	outbox *outbox.Service
	views  *views.Service
	// history is what this process changed.
	history *history
	// sequences are what it put at the top of columns in a row.
	sequences *sequences
}
