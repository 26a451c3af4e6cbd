// Package chart draws bars of characters: one below the other, each with its label and
// its value beside it. What a bar says is never said by colour alone.
package chart

import (
	"math"
	"strings"

	"storydesk/ui/draw"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Bar is one line of a chart.
type Bar struct {
	// Label stands before it and Value behind it; both are sanitised.
	Label, Value string
	// Length is how far the bar goes; Expected draws it as what is to come.
	Length   float64
	Expected bool
	// Whole is how far a paler bar goes on behind it, where it is longer.
	Whole float64
	// Mark is where a mark stands, nil for none.
	Mark *float64
}

// Part is a part of a bar, for what explains a chart.
type Part int

// The parts.
const (
	Length Part = iota
	Expected
	Whole
	Mark
)

// The least and the most cells of the parts.
const (
	maxLabel = 30
	minBar   = 8
)

// Lines draws bars in lines of a width.
func Lines(bars []Bar, width int, ascii bool) [][]draw.Run {
	label, value, most := 0, 0, 0.0
	for _, b := range bars {
		label, value = max(label, text.Width(b.Label)), max(value, text.Width(b.Value))
		most = max(most, b.Length, b.Whole)
		if b.Mark != nil {
			most = max(most, *b.Mark)
		}
	}
	label = min(label, maxLabel, max(0, width/2))
	room := width - label - 1
	if value > 0 && room-value-1 >= minBar {
		room -= value + 1
	} else {
		value = 0
	}
	lines := make([][]draw.Run, len(bars))
	for i, b := range bars {
		line := []draw.Run{{Role: theme.Text, Text: text.Fit(b.Label, label) + " "}}
		line = append(line, b.runs(max(0, room), most, ascii)...)
		if value > 0 {
			line = append(line, draw.Run{Role: theme.Text, Text: " " + text.PadLeft(b.Value, value)})
		}
		lines[i] = line
	}
	return lines
}

// Sign returns what a part of a bar is drawn with, and its role.
func Sign(p Part, ascii bool) draw.Run {
	signs := map[Part][2]string{Length: {"█", "#"}, Expected: {"▒", "="}, Whole: {"░", "."}, Mark: {"│", "|"}}
	roles := map[Part]theme.Role{Length: theme.Accent, Expected: theme.Success, Whole: theme.Muted, Mark: theme.Warning | theme.Bold}
	if ascii {
		return draw.Run{Role: roles[p], Text: signs[p][1]}
	}
	return draw.Run{Role: roles[p], Text: signs[p][0]}
}

// runs draws the bar in a room of cells, of which all together stand for most.
func (b Bar) runs(room int, most float64, ascii bool) []draw.Run {
	if room == 0 {
		return nil
	}
	cells := func(length float64) float64 {
		if most <= 0 || length <= 0 {
			return 0
		}
		return length / most * float64(room)
	}
	part := Length
	if b.Expected {
		part = Expected
	}
	line := make([]draw.Run, room)
	for i := range line {
		line[i] = draw.Run{Role: theme.Text, Text: " "}
		if float64(i) < math.Round(cells(b.Whole)) {
			line[i] = Sign(Whole, ascii)
		}
	}
	length := cells(b.Length)
	for i := range int(length) {
		line[i] = Sign(part, ascii)
	}
	if at := int(length); at < room {
		if rest := ending(length-float64(at), part, ascii, b.Whole > b.Length); rest.Text != "" {
			line[at] = rest
		}
	}
	if b.Mark != nil {
		line[min(int(cells(*b.Mark)), room-1)] = Sign(Mark, ascii)
	}
	return joined(line)
}

// ending draws a bar's last cell, of which a share is filled.
func ending(share float64, part Part, ascii, paler bool) draw.Run {
	sign := Sign(part, ascii)
	if ascii || part == Expected || paler {
		if share < 0.5 {
			return draw.Run{}
		}
		return sign
	}
	eighths := []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}
	return draw.Run{Role: sign.Role, Text: eighths[int(math.Round(share*8))]}
}

// joined joins neighbouring cells of a role.
func joined(cells []draw.Run) []draw.Run {
	var runs []draw.Run
	for _, c := range cells {
		if n := len(runs); n > 0 && runs[n-1].Role == c.Role {
			runs[n-1].Text += c.Text
		} else {
			runs = append(runs, c)
		}
	}
	return runs
}

// Legend explains parts of bars in a line.
func Legend(ascii bool, parts []Part, words []string) []draw.Run {
	var line []draw.Run
	for i, p := range parts {
		sign := Sign(p, ascii)
		sign.Text = strings.Repeat(sign.Text, 2)
		if p == Mark {
			sign.Text = sign.Text[:len(sign.Text)/2]
		}
		line = append(line, sign, draw.Run{Role: theme.Muted, Text: " " + words[i] + "   "})
	}
	return line
}
