// Command shiftedclock runs another command, usually a test run, on a different
// day, to find tests that only pass on some dates:
//
//	go run ./scripts/shiftedclock -days 155 go test ./...
//	go run ./scripts/shiftedclock -on 2028-02-29 go test ./...
//
// It compiles Go's time package with a changed [time.Now], through the -overlay
// flag of the go command, which it adds to $GOFLAGS. Programs that the tests
// build or run from their own binary are therefore shifted by the same number of
// days. The clock of the machine is not touched, and monotonic time runs on as
// usual, so that timeouts and durations stay right.
//
// The exit code is that of the command, or 1 when it could not be run.
package main
