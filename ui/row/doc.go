// Package row holds the rows of tickets and stories as the board and its lists show
// them: what they say, how they are drawn, and where what stands on them can be
// clicked.
package row
