// Package feed is the client of the lists of stories that other systems offer in XML, as
// Pivotal Tracker's "Other" integration read them: external_stories with an
// external_story for each item.
//
// Invariants:
//   - It reads. Nothing is ever written to the other system.
//   - A user name and password go to the feed's own host, encrypted or on this machine,
//     and no redirect takes them to another.
//   - What is read is bounded: in bytes once it is unpacked, in items, in the length of a
//     text, in depth and in time. Entities that a feed defines are refused.
package feed
