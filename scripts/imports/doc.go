// Imports writes into docs/architecture.md which package of the program stands on which: a picture of the whole, and for each area a table from the
// top down. It reads what `go list` says, so the picture is the program's.
//
//	go run ./scripts/imports
//
// A test fails where docs/architecture.md shows anything else.
package main
