// Package requests remembers the last requests that came in, for tests to read.
//
// It knows nothing of what was answered but the status.
package requests
