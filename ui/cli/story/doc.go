// Package story holds the commands on stories and what hangs on them.
package story
