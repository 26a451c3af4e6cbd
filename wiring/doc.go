// Package wiring puts the program together: it alone knows the concrete types
// behind the interfaces of tracker and the command line's dependencies. It stands
// apart from main so that the tests of the whole program run what main runs.
package wiring
