// Package story is the detail of a story: its fields, which are edited where they
// stand, its tasks, tickets, comments and history.
package story
