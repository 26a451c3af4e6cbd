// Package ticket is the detail of a ticket with its conversation.
package ticket
