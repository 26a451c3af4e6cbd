// Package uitest drives the terminal program in tests: it presses keys, types,
// clicks, drags, and says what the screen and the board show. The service and the
// database are real, and so are all commands; Zendesk is an account in memory.
//
// The tests of screens stand in package ui_test, in files named after their screen:
// links_test.go, story_edit_test.go. In the folder of its screen each of them would
// be one more binary of the whole program to compile and link, five seconds of work
// and fifteen with the race detector.
//
//	w := uitest.New(t).WithTickets(uitest.Usual()...).Start(120, 30)
//	w.Press("b")
//	w.See("created from #1042")
//
// What the program does by itself goes on only while a test waits, in See, Until
// or Idle; so nothing depends on the speed of the machine.
package uitest
