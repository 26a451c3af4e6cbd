package table

import "hash/maphash"

//nolint:gochecknoglobals // versions are compared with each other all through the program, so they need one seed; it never changes
var seed = maphash.MakeSeed()

// Version is the version of a row that looks like that. It differs from one run of
// the program to the next.
func Version[L comparable](look L) uint64 { return maphash.Comparable(seed, look) }

// Text is a text as a part of what a row looks like. Many texts take less time this
// way than as they are.
func Text(s string) uint64 { return maphash.String(seed, s) }
