// Command shiftedclock runs tests on another day, to find those that only pass on some
// dates. What follows -- are arguments of go test:
//
//	go run ./scripts/shiftedclock -days 155 -- ./...
//	go run ./scripts/shiftedclock -on 2028-02-29 -zone Australia/Sydney -- ./...
//
// Tests, and programs that they build, are built with a copy of Go's time package whose
// [time.Now] adds seconds that the linker writes into it. The clock of the machine is not
// touched, and monotonic time runs on as usual, so that timeouts and durations stay right.
//
// The copy stands in the user's cache, one for each version of Go. Where all that is built
// uses it, with the flag that this prints, nothing is built twice:
//
//	export GOFLAGS=$(go run ./scripts/shiftedclock -flag)
//
// The exit code is that of go test, or 1 when it could not be run.
package main
