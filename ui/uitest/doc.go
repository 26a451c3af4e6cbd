// Package uitest drives the terminal program in tests: it presses keys, types,
// clicks, drags, and says what the screen and the board show. The service and the
// database are real, and so are all commands; Zendesk is an account in memory.
//
// The tests of a screen stand beside it, in an external test package:
//
//	w := uitest.New(t).WithTickets(uitest.Usual()...).Start(120, 30)
//	w.Press("b")
//	w.See("created from #1042")
//
// What the program does by itself goes on only while a test waits, in See, Until
// or Idle; so nothing depends on the speed of the machine.
package uitest
