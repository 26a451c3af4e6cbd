// Package deliveries is the screen of the private comments that were or will be
// sent to tickets, and of one of them.
package deliveries
