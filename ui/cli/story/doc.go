// Package story holds the commands on stories and their tasks.
package story
