//go:build !race

package tests

// raced is true where the race detector watches the tests.
const raced = false
