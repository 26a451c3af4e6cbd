// Package follow learns what happens on tickets that are linked to stories: what people
// write there, and changes of status, priority and satisfaction. It becomes a part of the
// stories' activity.
//
// Invariants:
//   - It asks nothing of a ticket that has not changed, and reads the comments of one
//     that has, beginning with the newest, back to what is known.
//   - An event is saved once, however often and by how many processes it is read.
//   - What this program sent is no event, and an event is never sent anywhere.
package follow

import "storydesk/tracker/kernel"

// Service follows linked tickets.
type Service struct{ *kernel.Kernel }

// New returns the use case of following tickets.
func New(k *kernel.Kernel) *Service { return &Service{k} }
