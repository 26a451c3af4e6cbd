// Command shiftedclock runs tests twice at once, today and on another day, to find
// those that only pass on some dates. What follows -- are arguments of go test:
//
//	go run ./scripts/shiftedclock -days 155 -- ./...
//	go run ./scripts/shiftedclock -on 2028-02-29 -zone Australia/Sydney -once scripts -- -race ./...
//
// Tests are built once, with a copy of Go's time package whose [time.Now] adds what a
// place in the program's file says: nothing. For the other day each test binary is
// copied and that place changed, so that programs that tests run from their own binary
// are on that day too, whatever their environment is; those that they build are linked
// with that place changed. The clock of the machine is not
// touched, and monotonic time runs on as usual, so that timeouts and durations stay right.
//
// Tests that take long and have little to do with the day need not run twice: those of the
// folder -once run on the other day alone.
//
// The exit code is that of go test, or 1 when it could not be run.
package main
