// Package faults lets requests go wrong by rules ([Fault]) that are matched in
// order, each for so many requests: they wait, break off, or are answered with
// something other than the truth. [Handler] stands before what answers truly.
//
// It knows nothing of the API behind it.
package faults
