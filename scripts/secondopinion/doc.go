// Command secondopinion asks another terminal whether it shows what the tests'
// emulator shows: it plays the demo on the emulator and, at every station, has
// tmux draw the very bytes that the program wrote. It prints the lines that
// differ and fails when there are any. Run it from the top folder, where tmux is
// installed: go run ./scripts/secondopinion.
//
// It stays beside the golden frames and the tests on a pseudo-terminal because
// those cannot see a wrong width: the emulator that they read measures characters
// with the same library as the program (github.com/charmbracelet/x/ansi), so that
// both are wrong alike. tmux has tables of its own. It is run by hand after an
// update of that library, or a change of how names in other scripts are drawn.
//
// Invariants:
//   - Both terminals have the same size and get the same bytes.
//   - tmux runs with a socket and a configuration of its own; a session that the
//     user has is not touched.
package main
