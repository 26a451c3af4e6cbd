package main

import (
	"fmt"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// How thick lines are.
const (
	light = 1.2
	heavy = 2.2
)

// stroke is how a line crosses its cell.
type stroke struct {
	// x and y are the directions of a corner; a straight line has one
	// of them 0.
	x, y   int
	weight float64
	round  bool
}

// strokeOf returns the line that a character of Unicode's box drawings stands for.
func strokeOf(content string) (stroke, bool) {
	switch content {
	case "─":
		return stroke{x: 1, weight: light}, true
	case "━":
		return stroke{x: 1, weight: heavy}, true
	case "│":
		return stroke{y: 1, weight: light}, true
	case "┃":
		return stroke{y: 1, weight: heavy}, true
	case "╭":
		return stroke{x: 1, y: 1, weight: light, round: true}, true
	case "╮":
		return stroke{x: -1, y: 1, weight: light, round: true}, true
	case "╰":
		return stroke{x: 1, y: -1, weight: light, round: true}, true
	case "╯":
		return stroke{x: -1, y: -1, weight: light, round: true}, true
	case "┏":
		return stroke{x: 1, y: 1, weight: heavy}, true
	case "┓":
		return stroke{x: -1, y: 1, weight: heavy}, true
	case "┗":
		return stroke{x: 1, y: -1, weight: heavy}, true
	case "┛":
		return stroke{x: -1, y: -1, weight: heavy}, true
	}
	return stroke{}, false
}

// barOf returns how much of its cell's width a bar fills, from the left.
func barOf(content string) (float64, bool) {
	switch content {
	case "█":
		return 1, true
	case "▌":
		return 1. / 2, true
	case "▎":
		return 1. / 4, true
	}
	return 0, false
}

// isLine is true for a cell that is drawn instead of written.
func isLine(cell *uv.Cell) bool {
	_, line := strokeOf(cell.Content)
	_, bar := barOf(cell.Content)
	return line || bar
}

// lines draws borders, rules and bars of some rows, all of one colour and weight as one path.
func (d *drawing) lines(from, to int) {
	var order []string
	paths := make(map[string]*strings.Builder)
	path := func(class string) *strings.Builder {
		if paths[class] == nil {
			order, paths[class] = append(order, class), &strings.Builder{}
		}
		return paths[class]
	}
	for row := from; row < to; row++ {
		for column := 0; column < d.cells.Width(); {
			cell := d.cells.CellAt(column, row)
			cells := 1
			if s, ok := strokeOf(cell.Content); ok {
				cells = d.repeats(column, row, s)
				fmt.Fprint(path(d.strokeClass(cell.Style, s.weight)), s.path(column, row, cells))
			} else if part, ok := barOf(cell.Content); ok {
				fmt.Fprintf(path(d.fillClass(cell.Style)), "M%d %dh%gv%dh-%gz",
					column*cellWidth, row*cellHeight, part*cellWidth, cellHeight, part*cellWidth)
			}
			column += cells
		}
	}
	for _, class := range order {
		fmt.Fprintf(&d.body, "<path class=%q d=%q/>\n", class, paths[class])
	}
}

// repeats counts the cells from here on that continue a horizontal line.
func (d *drawing) repeats(column, row int, s stroke) int {
	if s.y != 0 {
		return 1
	}
	first := d.cells.CellAt(column, row)
	n := 1
	for column+n < d.cells.Width() && d.cells.CellAt(column+n, row).Equal(first) {
		n++
	}
	return n
}

// path returns the line through a cell, or, horizontally, through several.
func (s stroke) path(column, row, cells int) string {
	left, top := float64(column*cellWidth), float64(row*cellHeight)
	x, y := left+cellWidth/2., top+cellHeight/2.
	switch {
	case s.y == 0:
		return fmt.Sprintf("M%g %gh%d", left, y, cells*cellWidth)
	case s.x == 0:
		return fmt.Sprintf("M%g %gv%d", x, top, cellHeight)
	}
	across, down := float64(s.x)*cellWidth/2, float64(s.y)*cellHeight/2
	if !s.round {
		return fmt.Sprintf("M%g %gV%gH%g", x, y+down, y, x+across)
	}
	bend := float64(s.y) * cellWidth / 2
	return fmt.Sprintf("M%g %gV%gQ%g %g %g %g", x, y+down, y+bend, x, y, x+across, y)
}

func (d *drawing) strokeClass(style uv.Style, weight float64) string {
	return d.named(fmt.Sprintf("fill:none;stroke:%s;stroke-width:%g", d.ink(style), weight))
}

func (d *drawing) fillClass(style uv.Style) string {
	return d.named("fill:" + d.ink(style))
}

// ink is the colour of what is drawn.
func (d *drawing) ink(style uv.Style) string {
	if colour := d.colour(style); colour != "" {
		return colour
	}
	return hex(d.look.foreground)
}
