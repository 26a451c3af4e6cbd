package chart_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"storydesk/ui/chart"
	"storydesk/ui/draw"
	"storydesk/ui/text"
)

func plain(lines [][]draw.Run) string {
	var b strings.Builder
	for _, l := range lines {
		for _, r := range l {
			b.WriteString(r.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestBars(t *testing.T) {
	t.Parallel()
	half := 5.0
	bars := []chart.Bar{
		{Label: "1", Value: "10", Length: 10}, {Label: "22", Value: "5.3", Length: 5.3, Mark: &half}, {Label: "3", Value: "0"},
		{Label: "4", Value: "2", Length: 2, Whole: 8}, {Label: "5", Value: "4", Length: 4, Whole: 4, Expected: true},
	}
	for name, tt := range map[string]struct {
		width int
		ascii bool
		want  string
	}{
		"in eighths": {27, false, `
1  ████████████████████  10
22 ██████████│          5.3
3                         0
4  ████░░░░░░░░░░░░       2
5  ▒▒▒▒▒▒▒▒               4
`},
		"in ASCII": {27, true, `
1  ####################  10
22 ##########|          5.3
3                         0
4  ####............       2
5  ========               4
`},
		"without room for values": {11, true, `
1  ########
22 ####|   
3          
4  ##....  
5  ===     
`},
	} {
		if got := "\n" + plain(chart.Lines(bars, tt.width, tt.ascii)); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, tt.want)
		}
	}
	if got := plain(chart.Lines([]chart.Bar{{Length: 3.5}, {Length: 8}}, 9, false)); got != " ███▌    \n ████████\n" {
		t.Errorf("half a cell:\n%s", got)
	}
}

// Lines are never wider than their room, and each is as wide as the others.
func TestLinesFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		bars := rapid.SliceOf(rapid.Custom(func(t *rapid.T) chart.Bar {
			mark := rapid.Float64Range(0, 50).Draw(t, "mark")
			return chart.Bar{
				Label: rapid.SampledFrom([]string{"", "界界", strings.Repeat("long ", 9)}).Draw(t, "label"), Value: rapid.SampledFrom([]string{"", "1", "12 of 30"}).Draw(t, "value"),
				Length: rapid.Float64Range(0, 50).Draw(t, "length"), Whole: rapid.Float64Range(0, 50).Draw(t, "whole"), Mark: &mark, Expected: rapid.Bool().Draw(t, "expected"),
			}
		})).Draw(t, "bars")
		width := rapid.IntRange(1, 90).Draw(t, "width")
		for i, l := range strings.Split(strings.TrimSuffix(plain(chart.Lines(bars, width, rapid.Bool().Draw(t, "ascii"))), "\n"), "\n") {
			if len(bars) > 0 && text.Width(l) != width {
				t.Fatalf("line %d is %d cells wide, want %d: %q", i, text.Width(l), width, l)
			}
		}
	})
}

func TestLegend(t *testing.T) {
	t.Parallel()
	got := plain([][]draw.Run{chart.Legend(false, []chart.Part{chart.Length, chart.Mark}, []string{"accepted", "planned"})})
	if got != "██ accepted   │ planned   \n" {
		t.Errorf("legend %q", got)
	}
}
