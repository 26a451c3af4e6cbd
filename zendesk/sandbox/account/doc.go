// Package account holds a world for one caller at a time, in memory or in a state
// file, in which a change is on the disk before it is visible. The file belongs
// to one process at a time; a kill can tear its last line only.
//
// It knows nothing of HTTP.
package account
