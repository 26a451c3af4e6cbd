// Package pivotal reads and writes the exports of Pivotal Tracker: a CSV with the
// header of any of its years, or a ZIP, or the folder that it was unzipped to, with a
// second CSV for the history and a folder of files for each story and epic.
//
// The header's names decide, not their order: what Tracker repeated (owners,
// blockers, comments, tasks, reviews) is paired by its count, the n-th task with the
// n-th status. Rows may be shorter than the header.
package pivotal
