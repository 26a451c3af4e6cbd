//go:build race

package terminal

// raced is true where the race detector watches who builds the program.
const raced = true
