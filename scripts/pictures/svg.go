package main

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Sizes in the picture's own units; a browser scales them.
const (
	cellWidth, cellHeight = 9, 20
	fontSize              = 15
	// baseline is where letters stand, from the top of their cell.
	baseline = 15
	// margin is between the window's frame and the cells, bar the height of
	// its title bar.
	margin, bar = 14, 36
)

// fonts are the monospaced faces of the usual systems, best first.
const fonts = "ui-monospace,'SF Mono',Menlo,'Cascadia Mono',Consolas,'DejaVu Sans Mono',monospace"

// look is the colours of a terminal and its window.
type look struct {
	foreground, background color.Color
	bar, frame, caption    color.Color
}

func darkLook() look {
	return look{
		foreground: rgb(0xd5daea), background: rgb(0x1a1b26),
		bar: rgb(0x16161e), frame: rgb(0x3b4261), caption: rgb(0x99a1af),
	}
}

func lightLook() look {
	return look{
		foreground: rgb(0x24292f), background: rgb(0xffffff),
		bar: rgb(0xf3f4f6), frame: rgb(0xc9ced6), caption: rgb(0x5b6472),
	}
}

func rgb(v uint32) color.Color {
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff} //nolint:gosec // each is one byte of v
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// drawing is a picture in the making.
type drawing struct {
	look  look
	cells *uv.Buffer
	// body is everything inside the window.
	body strings.Builder
	// styles are the CSS classes in the order of their first use, motion the rules of what moves.
	styles []string
	motion string
}

// draw returns a screen as SVG, in a window with a title.
func draw(cells *uv.Buffer, l look, title string) string {
	d := &drawing{look: l, cells: cells}
	for row := range cells.Height() {
		d.grounds(row)
	}
	d.lines(0, cells.Height())
	for row := range cells.Height() {
		d.texts(row)
	}
	return d.window(title)
}

// window frames what was drawn.
func (d *drawing) window(title string) string {
	width := cellWidth*d.cells.Width() + 2*margin
	height := cellHeight*d.cells.Height() + bar + margin
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&svg, "<title>%s</title>\n<style>\n", escape(title))
	fmt.Fprintf(&svg, "text{font:%dpx %s;font-variant-emoji:text;white-space:pre;fill:%s}\n.m{text-anchor:middle}\n",
		fontSize, fonts, hex(d.look.foreground))
	for i, style := range d.styles {
		fmt.Fprintf(&svg, ".s%d{%s}\n", i, style)
	}
	svg.WriteString(d.motion + "</style>\n")
	frame := fmt.Sprintf(`x=".5" y=".5" width="%d" height="%d" rx="9"`, width-1, height-1)
	fmt.Fprintf(&svg, "<rect %s fill=%q/>\n", frame, hex(d.look.background))
	fmt.Fprintf(&svg, `<path d="M.5 %d V9.5 q0-9 9-9 H%d q9 0 9 9 V%d z" fill=%q/>`+"\n", bar-8, width-10, bar-8, hex(d.look.bar))
	fmt.Fprintf(&svg, "<rect %s fill=\"none\" stroke=%q/>\n", frame, hex(d.look.frame))
	for i := range 3 {
		fmt.Fprintf(&svg, `<circle cx="%d" cy="%d" r="5" fill=%q/>`+"\n", 20+18*i, (bar-8)/2, hex(d.look.frame))
	}
	fmt.Fprintf(&svg, `<text class="m" x="%d" y="%d" style="font-size:13px;fill:%s">%s</text>`+"\n",
		width/2, (bar-8)/2+5, hex(d.look.caption), escape(title))
	fmt.Fprintf(&svg, "<g transform=\"translate(%d %d)\">\n%s</g>\n</svg>\n", margin, bar, d.body.String())
	return svg.String()
}

// grounds draws what lies behind the text of a row.
func (d *drawing) grounds(row int) {
	for column := 0; column < d.cells.Width(); {
		ground := d.ground(column, row)
		end := column + 1
		for end < d.cells.Width() && d.ground(end, row) == ground {
			end++
		}
		if ground != "" {
			fmt.Fprintf(&d.body, `<rect x="%d" y="%d" width="%d" height="%d" fill=%q/>`+"\n",
				column*cellWidth, row*cellHeight, (end-column)*cellWidth, cellHeight, ground)
		}
		column = end
	}
}

// ground is the colour behind a cell, or nothing where it is the window's own.
func (d *drawing) ground(column, row int) string {
	// The second half of a wide character looks like its first.
	for column > 0 && d.cells.CellAt(column, row).Width == 0 {
		column--
	}
	style := d.cells.CellAt(column, row).Style
	switch {
	case style.Attrs&uv.AttrReverse != 0 && style.Fg == nil:
		return hex(d.look.foreground)
	case style.Attrs&uv.AttrReverse != 0:
		return hex(style.Fg)
	case style.Bg != nil:
		return hex(style.Bg)
	}
	return ""
}

// colour is the colour of a cell's text, or nothing where it is the window's own.
func (d *drawing) colour(style uv.Style) string {
	switch {
	case style.Attrs&uv.AttrReverse != 0 && style.Bg == nil:
		return hex(d.look.background)
	case style.Attrs&uv.AttrReverse != 0:
		return hex(style.Bg)
	case style.Fg != nil:
		return hex(style.Fg)
	}
	return ""
}

// class returns the CSS class for a style, or nothing for plain text.
func (d *drawing) class(style uv.Style) string {
	var css []string
	if colour := d.colour(style); colour != "" {
		css = append(css, "fill:"+colour)
	}
	for _, a := range []struct {
		set bool
		css string
	}{
		{style.Attrs&uv.AttrBold != 0, "font-weight:bold"},
		{style.Attrs&uv.AttrFaint != 0, "opacity:.6"},
		{style.Attrs&uv.AttrItalic != 0, "font-style:italic"},
		{style.Attrs&uv.AttrConceal != 0, "visibility:hidden"},
		{style.Underline != ansi.UnderlineNone, "text-decoration:underline"},
		{style.Attrs&uv.AttrStrikethrough != 0, "text-decoration:line-through"},
	} {
		if a.set {
			css = append(css, a.css)
		}
	}
	if len(css) == 0 {
		return ""
	}
	return d.named(strings.Join(css, ";"))
}

// named returns the class of a CSS rule.
func (d *drawing) named(css string) string {
	for i, style := range d.styles {
		if style == css {
			return fmt.Sprintf("s%d", i)
		}
	}
	d.styles = append(d.styles, css)
	return fmt.Sprintf("s%d", len(d.styles)-1)
}

func escape(text string) string {
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text)) // a Builder takes everything
	return escaped.String()
}
