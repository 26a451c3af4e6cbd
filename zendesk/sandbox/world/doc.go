// Package world is what the account holds: people, views and tickets
// with their history. It is made from data/ or generated, and changed only by a
// [Change], which an update ([Draft]) or somebody else's [Edit] comes to.
//
// A World is not safe for concurrent use. It knows nothing of HTTP, of files or of
// who may do what.
package world
