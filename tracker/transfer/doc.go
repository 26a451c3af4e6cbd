// Package transfer holds a project on its way between storydesk and files: neutral
// records that every format reads and writes, and the findings of a reader.
//
// It is pure. The formats are packages below it: pivotal for the exports of
// Pivotal Tracker, jsonlines for storydesk's own, plaincsv for other tables.
//
// Invariants:
//   - A reader hands out one record after the other and holds none of them, so that
//     the size of a file does not matter.
//   - What a reader cannot place is a [Finding] with its place in the file; nothing
//     is dropped in silence. What it cannot read at all is an error with its place.
//   - Texts are as they stand in the file. They are made safe where they are shown.
package transfer
