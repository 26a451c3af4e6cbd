// Command sidebyside measures storydesk beside other programs that do a part of the same:
// taskwarrior and vit (tasks in a terminal), fzf (a list that is filtered), and node-zendesk
// (a client of the Zendesk API). All run in turn on the same machine, as often as -runs says,
// and medians are printed; -write puts them into docs/performance.md.
//
//	go run ./scripts/sidebyside -runs 15 -write
//
// It needs Debian's taskwarrior, vit, fzf and nodejs, and gets node-zendesk from npm. Figures are
// worth something on a machine that does nothing else.
package main
