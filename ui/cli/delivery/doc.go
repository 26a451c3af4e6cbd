// Package delivery holds the commands on deliveries, and how a delivery is
// printed, which a story's commands need too.
package delivery
