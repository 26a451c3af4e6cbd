// Package document lays out text with places that a cursor stops at, and scrolls
// it. It is laid out once for each version, width and theme.
package document
