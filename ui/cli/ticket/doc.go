// Package ticket holds the commands on tickets.
package ticket
