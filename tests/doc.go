// Package tests tests the whole program: on a pseudo-terminal, whose screen is
// read through a terminal emulator, and by scripts of commands.
//
// How a test is written:
//   - A test of the board starts the program with start, waits for what the
//     screen shows with sees, loses or until, and presses keys. It never sleeps.
//   - What the board did is proven by commands on the same database, with twin.
//   - Commands alone are tested by a script in testdata/script, in the language of
//     testscript (https://pkg.go.dev/github.com/rogpeppe/go-internal/testscript)
//     with the commands that TestScript lists.
//   - Each test has a home of its own, and a Zendesk of its own in the sandbox.
//
// The harness stands in the files whose names begin with harness_: TestMain builds
// the program under test, with the race detector whenever the tests have it, and it
// runs where there is no keyring.
package tests
