// Package layout says which parts the board has, which of them are shown and how
// wide, and cuts a room into them. It is pure: size and state in, rectangles out.
package layout
