// Package present turns the domain into words and signs: stories, tickets and
// deliveries as people read them. It draws nothing and decides nothing.
package present
