package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// put writes text into cells from a column on.
func put(cells *uv.Buffer, column, row int, text string, style uv.Style) {
	for len(text) > 0 {
		cluster, width := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		cells.SetCell(column, row, &uv.Cell{Content: cluster, Width: width, Style: style})
		column, text = column+width, text[len(cluster):]
	}
}

// sample has one of everything that a screen can hold.
func sample() *uv.Buffer {
	cells := uv.NewBuffer(24, 8)
	red, blue := uv.Style{Fg: rgb(0xff6b5a)}, uv.Style{Bg: rgb(0x26304a)}
	put(cells, 0, 0, "╭─ a <&> \"b\"   c ──────╮", uv.Style{})
	put(cells, 0, 1, "┃", red)
	put(cells, 1, 1, "▌", uv.Style{Fg: red.Fg, Bg: blue.Bg})
	put(cells, 2, 1, "漢字 ok 👍 ★ é", blue)
	put(cells, 0, 2, "bold", uv.Style{Attrs: uv.AttrBold})
	put(cells, 4, 2, "faint", uv.Style{Attrs: uv.AttrFaint})
	put(cells, 9, 2, "italic", uv.Style{Attrs: uv.AttrItalic})
	put(cells, 15, 2, "struck", uv.Style{Attrs: uv.AttrStrikethrough})
	put(cells, 0, 3, "a b", uv.Style{Underline: ansi.UnderlineSingle})
	put(cells, 4, 3, "hidden", uv.Style{Attrs: uv.AttrConceal})
	put(cells, 0, 4, "reverse", uv.Style{Attrs: uv.AttrReverse})
	put(cells, 8, 4, "漢", uv.Style{Fg: red.Fg, Bg: blue.Bg, Attrs: uv.AttrReverse})
	put(cells, 12, 4, "red", uv.Style{Fg: red.Fg, Attrs: uv.AttrReverse})
	put(cells, 0, 5, "┏━┓╭─╮▎█", red)
	put(cells, 0, 6, "┗━┛╰─╯│", red)
	put(cells, 0, 7, "━━▶ here", uv.Style{})
	return cells
}

func TestDrawing(t *testing.T) {
	picture := draw(sample(), darkLook(), "a <title>")
	golden.RequireEqual(t, picture)
	if again := draw(sample(), darkLook(), "a <title>"); again != picture {
		t.Error("the same screen was drawn in two ways")
	}
	wellFormed(t, picture)
}

// wellFormed fails unless a text is XML, and returns what it writes in its text
// elements.
func wellFormed(t *testing.T, picture string) []string {
	t.Helper()
	var texts []string
	decoder := xml.NewDecoder(strings.NewReader(picture))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := token.(xml.CharData); ok && strings.TrimSpace(string(data)) != "" {
			texts = append(texts, string(data))
		}
	}
}
