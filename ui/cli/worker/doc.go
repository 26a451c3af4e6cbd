// Package worker holds the command that sends private comments and reads views without a screen,
// until it is asked to stop.
package worker
