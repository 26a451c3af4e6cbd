// Package usage checks how a command is used: its arguments, its flags and the
// names of commands. What is wrong is an error with the code "invalid" that names
// the command, the argument or the flag.
package usage
