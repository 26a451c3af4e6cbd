// Bounds checks that no part of the program grows too large to understand: it
// measures the lines of files, functions and packages, the methods and fields
// of types and the methods of interfaces, and counts the test files in the root.
// It fails when one exceeds its limit.
//
//	go run ./scripts/bounds
//
// Other test files and scripts are not measured. A part that is larger than its limit
// is listed in exceptions.txt with the size it may have, so that it can shrink
// but not grow; an exception that is no longer needed fails, too.
package main
