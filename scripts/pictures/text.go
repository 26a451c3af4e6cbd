package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// arrows is where Unicode's symbols begin. Readers' fonts take them from other
// faces, of other widths.
const arrows = '\u2190'

// texts writes a row, run by run.
func (d *drawing) texts(row int) {
	for column := 0; column < d.cells.Width(); {
		cell := d.cells.CellAt(column, row)
		switch {
		case blank(cell) || isLine(cell):
			column++
		case alone(cell):
			d.character(column, row, cell)
			column += max(cell.Width, 1)
		default:
			column = d.run(column, row)
		}
	}
}

// character writes a wide character or a symbol in the middle of its cells.
func (d *drawing) character(column, row int, cell *uv.Cell) {
	class := strings.TrimSpace("m " + d.class(cell.Style))
	middle := float64(column*cellWidth) + float64(cell.Width*cellWidth)/2
	fmt.Fprintf(&d.body, `<text class=%q x="%g" y="%d">%s</text>`+"\n", class, middle, row*cellHeight+baseline, escape(cell.Content))
}

// run writes the words of one style that begin at a cell, and returns the cell
// after them. Words further apart than one space are runs of their own.
func (d *drawing) run(start, row int) int {
	first := d.cells.CellAt(start, row)
	var text strings.Builder
	end, gap := start, 0
	for column := start; column < d.cells.Width() && gap < 2; column++ {
		cell := d.cells.CellAt(column, row)
		if isLine(cell) || alone(cell) || !cell.Style.Equal(&first.Style) {
			break
		}
		if blank(cell) {
			gap++
			continue
		}
		text.WriteString(strings.Repeat(" ", gap) + cell.Content)
		end, gap = column+1, 0
	}
	class := d.class(first.Style)
	if class != "" {
		class = fmt.Sprintf(` class=%q`, class)
	}
	fmt.Fprintf(&d.body, `<text%s x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>`+"\n",
		class, start*cellWidth, row*cellHeight+baseline, (end-start)*cellWidth, escape(text.String()))
	return end
}

// blank is true for a cell without ink.
func blank(cell *uv.Cell) bool {
	return strings.TrimSpace(cell.Content) == "" && cell.Style.Underline == ansi.UnderlineNone
}

// alone is true for what is placed by its own cell.
func alone(cell *uv.Cell) bool {
	first, _ := utf8.DecodeRuneInString(cell.Content)
	return cell.Width > 1 || first >= arrows
}
