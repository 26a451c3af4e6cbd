// Package sandbox is a Zendesk that runs in this process: it speaks the part
// of the API v2 that storydesk needs over HTTP on loopback, about a simulated
// account, and fails on demand.
//
// Each subject has a package below it that can be tested alone; [Sandbox] joins
// them, and names.go repeats the names that tests write.
//
// Invariants:
//
//   - To a client it looks like Zendesk: envelopes, nulls, id sizes, paging
//     links on the canonical host, error bodies and headers are those of
//     recorded answers. It refuses what Zendesk refuses.
//   - It is a world of its own: it imports neither the client nor the domain,
//     so that a misunderstanding there is not repeated here.
//   - Times of updates are whole seconds: two updates within one second share
//     a stamp, and safe_update does not distinguish them.
//   - With a state file a change is on the disk before it is answered. The file
//     belongs to one process at a time.
//   - Everything is made up; no name, address or text is a real person's.
//   - It listens on loopback only. Its credentials are public constants.
//
// Tests script faults ([Fault]) in Go, or from another process below /sandbox/,
// which README.md in this folder describes.
package sandbox
