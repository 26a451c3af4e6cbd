// Package completion completes commands in the shell: it prints a shell's script,
// and offers what the database holds for the arguments and flags of all commands.
package completion
