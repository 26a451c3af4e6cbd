// Package links is the screen that checks the links between stories and tickets
// and offers to fix what is wrong with them.
package links
