// Package archive reads and writes projects that are more than one file: a ZIP, or the
// folder that it was unzipped to, with tables at its top and a folder of attachments for
// each story, named by its number, and for each epic, with an e before that. Pivotal
// Tracker's exports are laid out so, and storydesk's own too.
//
// Invariants:
//   - What leads out of the ZIP or the folder, or is no file, is refused or left out.
//   - Contents are read when they are asked for, in pieces; a ZIP that says less of them
//     than it holds, or much less than it unpacks to, is refused.
package archive
