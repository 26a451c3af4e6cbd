package theme_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// looks are all the themes there are.
func looks() map[string]theme.Options {
	looks := map[string]theme.Options{}
	for i := range 64 {
		o := theme.Options{Dark: i&1 != 0, NoColor: i&2 != 0, HighContrast: i&4 != 0, ASCII: i&8 != 0, Sixteen: i&16 != 0, Indexed: i&32 != 0}
		looks[fmt.Sprintf("%+v", o)] = o
	}
	return looks
}

// words are the roles that text is read in.
func words() []theme.Role {
	return []theme.Role{
		theme.Text, theme.Muted, theme.Accent, theme.Success, theme.Warning, theme.Danger,
		theme.StatusNew, theme.StatusOpen, theme.StatusPending, theme.StatusHold, theme.StatusSolved,
		theme.Feature, theme.Bug, theme.Chore, theme.Release, theme.Private,
	}
}

// Contrasts are those of WCAG 2.2, against the backgrounds that terminals
// usually have and against a selected or tinted row.
func TestContrast(t *testing.T) {
	for name, o := range looks() {
		if o.NoColor || o.ASCII || o.Sixteen {
			continue
		}
		t.Run(name, func(t *testing.T) {
			th := theme.New(o)
			backgrounds, foreground := []rgb{{0xff, 0xff, 0xff}, {0xfd, 0xf6, 0xe3}}, rgb{0, 0, 0}
			if o.Dark {
				backgrounds, foreground = []rgb{{0x1a, 0x1b, 0x26}, {0, 0, 0}}, rgb{0xff, 0xff, 0xff}
			}
			least := 4.5
			if o.HighContrast {
				least = 7
			}
			for _, role := range words() {
				before, _ := th.Style(role)
				for _, background := range backgrounds {
					if c := contrast(colour(before, "38", foreground), background); c < least {
						t.Errorf("role %d on %v has a contrast of %.2f", role, background, c)
					}
				}
				for _, ground := range []theme.Ground{theme.Selected, theme.Tinted} {
					row := paintOn(th, ground, role, "x", 1)
					if c := contrast(colour(row, "38", foreground), colour(row, "48", backgrounds[0])); c < least {
						t.Errorf("role %d on ground %d has a contrast of %.2f", role, ground, c)
					}
				}
				dimmed := colour(paintOn(th, theme.Dimmed, role, "x", 1), "38", foreground)
				for _, background := range backgrounds {
					if c := contrast(dimmed, background); c < 3 {
						t.Errorf("role %d dimmed on %v has a contrast of %.2f", role, background, c)
					}
				}
			}
			border, _ := th.Style(theme.Faint)
			for _, background := range backgrounds {
				if c := contrast(colour(border, "38", foreground), background); c < 3 {
					t.Errorf("borders on %v have a contrast of %.2f", background, c)
				}
			}
		})
	}
}

// paintOn is a row of width cells that says s.
func paintOn(th *theme.Theme, ground theme.Ground, role theme.Role, s string, width int) string {
	w := th.Row(nil, width, ground)
	w.Add(role, s)
	return string(w.End())
}

type rgb [3]uint8

// colour reads a 24-bit colour out of a sequence: kind 38 is the text's, 48 the
// background's.
func colour(s, kind string, otherwise rgb) rgb {
	var c rgb
	if _, number, ok := strings.Cut(s, ";"+kind+";5;"); ok {
		n := 0
		if _, err := fmt.Sscanf(number, "%d", &n); err != nil {
			panic(err)
		}
		return numbered(n)
	}
	_, rest, ok := strings.Cut(s, ";"+kind+";2;")
	if !ok {
		return otherwise
	}
	if _, err := fmt.Sscanf(rest, "%d;%d;%d", &c[0], &c[1], &c[2]); err != nil {
		panic(err)
	}
	return c
}

// numbered is one of xterm's colours from 16 to 255.
func numbered(n int) rgb {
	if n >= 232 {
		grey := uint8(8 + 10*(n-232))
		return rgb{grey, grey, grey}
	}
	steps := [...]uint8{0, 95, 135, 175, 215, 255}
	n -= 16
	return rgb{steps[n/36], steps[n/6%6], steps[n%6]}
}

// With 256 colours each is a number, chosen by hand: the selection stays blue or
// grey and keeps apart from what was just moved, and the kinds of a story differ.
func TestNumberedColours(t *testing.T) {
	for name, o := range looks() {
		if !o.Indexed || o.Sixteen || o.NoColor {
			continue
		}
		th := theme.New(o)
		for _, role := range words() {
			for _, ground := range []theme.Ground{theme.Plain, theme.Selected, theme.Tinted, theme.Dimmed} {
				if row := paintOn(th, ground, role, "x", 1); strings.Contains(row, "8;2;") {
					t.Errorf("%s: role %d on ground %d has a colour of 24 bits: %q", name, role, ground, row)
				}
			}
		}
		selected := colour(paintOn(th, theme.Selected, theme.Text, "x", 1), "48", rgb{})
		if selected[1] > selected[2] || selected == colour(paintOn(th, theme.Tinted, theme.Text, "x", 1), "48", rgb{}) {
			t.Errorf("%s: the selection is %v", name, selected)
		}
		bug, _ := th.Style(theme.Bug)
		feature, _ := th.Style(theme.Feature)
		release, _ := th.Style(theme.Release)
		if bug == feature || feature == release || bug == release {
			t.Errorf("%s: two kinds look the same", name)
		}
	}
}

func contrast(a, b rgb) float64 {
	light, dark := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (light + 0.05) / (dark + 0.05)
}

func luminance(c rgb) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

func TestPaint(t *testing.T) {
	colour, plain := theme.New(theme.Options{Dark: true}), theme.New(theme.Options{NoColor: true})
	for name, test := range map[string]struct{ got, want string }{
		"text is as it is":     {colour.Paint(theme.Text, "x"), "x"},
		"colour":               {colour.Paint(theme.Accent, "x"), "\x1b[0;38;2;122;162;247mx\x1b[m"},
		"variants":             {colour.Paint(theme.Accent|theme.Bold|theme.Underline|theme.Reverse, "x"), "\x1b[0;1;4;7;38;2;122;162;247mx\x1b[m"},
		"bold text":            {colour.Paint(theme.Text|theme.Bold, "x"), "\x1b[0;1mx\x1b[m"},
		"nothing":              {colour.Paint(theme.Danger, ""), ""},
		"no colour":            {plain.Paint(theme.Muted, "x"), "x"},
		"no colour, weight":    {plain.Paint(theme.Accent, "x"), "\x1b[0;1mx\x1b[m"},
		"no colour, danger":    {plain.Paint(theme.Danger, "x"), "\x1b[0;1;4mx\x1b[m"},
		"no colour, selected":  {paintOn(plain, theme.Selected, theme.Text, "x", 2), "\x1b[0;7mx \x1b[m"},
		"no colour, dimmed":    {paintOn(plain, theme.Dimmed, theme.Danger, "x", 1), "\x1b[0;2mx\x1b[m"},
		"selected":             {paintOn(colour, theme.Selected, theme.Text, "x", 2), "\x1b[0;48;2;38;48;74mx \x1b[m"},
		"dimmed loses its hue": {paintOn(colour, theme.Dimmed, theme.Danger, "x", 1), "\x1b[0;38;2;98;110;132mx\x1b[m"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", name, test.got, test.want)
		}
	}
}

// With sixteen colours none stands on another: a selected row is reversed, a
// tinted one underlined.
func TestSixteenColoursStandOnTheTerminalsOwn(t *testing.T) {
	for _, dark := range []bool{true, false} {
		th := theme.New(theme.Options{Dark: dark, Sixteen: true})
		for _, role := range words() {
			for ground, attribute := range map[theme.Ground]string{theme.Selected: ";7", theme.Tinted: ";4"} {
				row := paintOn(th, ground, role, "x", 1)
				if strings.Contains(row, "8;") || !strings.Contains(row, attribute) || ground == theme.Selected && row != "\x1b[0;7mx\x1b[m" {
					t.Errorf("role %d on ground %d: %q", role, ground, row)
				}
			}
		}
	}
	if got := theme.New(theme.Options{Dark: true, Sixteen: true}).Paint(theme.Danger, "x"); got != "\x1b[0;91mx\x1b[m" {
		t.Errorf("danger is %q", got)
	}
}

func TestNoColourWritesNone(t *testing.T) {
	th := theme.New(theme.Options{Dark: true, NoColor: true, HighContrast: true})
	for role := range theme.Role(1 << 8) {
		for _, ground := range []theme.Ground{theme.Plain, theme.Selected, theme.Tinted, theme.Dimmed} {
			if row := paintOn(th, ground, role, "x", 1); strings.Contains(row, "8;2;") {
				t.Errorf("role %d on ground %d: %q", role, ground, row)
			}
		}
	}
}

func TestGenerationTellsLooksApart(t *testing.T) {
	seen := map[uint64]string{}
	for name, o := range looks() {
		g := theme.New(o).Generation()
		if other, ok := seen[g]; ok || g != theme.New(o).Generation() {
			t.Errorf("%s has the generation of %s", name, other)
		}
		seen[g] = name
	}
}

func TestGlyphsAndBordersHaveOneWidth(t *testing.T) {
	for name, o := range looks() {
		th := theme.New(o)
		for g := theme.GlyphFeature; g <= theme.GlyphMask; g++ {
			s := th.Glyph(g)
			if s == "" || ansi.StringWidth(s) != ansi.StringWidthWc(s) || o.ASCII != (len(s) == text.Width(s)) && len(s) != 1 {
				t.Errorf("%s: glyph %d is %q", name, g, s)
			}
		}
		focused, not := th.Border(true), th.Border(false)
		for _, b := range []theme.Border{focused, not} {
			for _, part := range []string{b.TopLeft, b.TopRight, b.BottomLeft, b.BottomRight, b.Horizontal, b.Vertical} {
				if text.Width(part) != 1 || o.ASCII && part[0] > '~' {
					t.Errorf("%s: border part %q", name, part)
				}
			}
		}
		if focused.Vertical == not.Vertical || focused.TopLeft == not.TopLeft || focused.Horizontal == not.Horizontal {
			t.Errorf("%s: borders have the same shape", name)
		}
	}
}

func TestRow(t *testing.T) {
	th := theme.New(theme.Options{NoColor: true, ASCII: true})
	for name, test := range map[string]struct {
		write func(w *theme.RowWriter)
		want  string
	}{
		"empty":              {func(*theme.RowWriter) {}, "          "},
		"pieces":             {func(w *theme.RowWriter) { w.Add(theme.Text, "a"); w.Space(2); w.Add(theme.Text, "b") }, "a  b      "},
		"too long":           {func(w *theme.RowWriter) { w.Add(theme.Text, "123456789ab"); w.Add(theme.Text, "c") }, "123456789a"},
		"wide at the end":    {func(w *theme.RowWriter) { w.Add(theme.Text, "123456789"); w.Add(theme.Text, "日") }, "123456789 "},
		"filled":             {func(w *theme.RowWriter) { w.Fill(theme.Text, "name", 3); w.Add(theme.Text, "12m") }, "name   12m"},
		"filled and cut":     {func(w *theme.RowWriter) { w.Fill(theme.Text, "a long name", 3); w.Add(theme.Text, "12m") }, "a long~12m"},
		"filled exactly":     {func(w *theme.RowWriter) { w.Fill(theme.Text, "7 cells", 3); w.Add(theme.Text, "12m") }, "7 cells12m"},
		"no room to fill":    {func(w *theme.RowWriter) { w.Fill(theme.Text, "name", 10); w.Add(theme.Text, "12m") }, "12m       "},
		"wide cut":           {func(w *theme.RowWriter) { w.Fill(theme.Text, "日本語です", 4); w.Add(theme.Text, "x") }, "日本~ x   "},
		"space to":           {func(w *theme.RowWriter) { w.SpaceTo(2); w.Add(theme.Text, "xy") }, "        xy"},
		"space past the end": {func(w *theme.RowWriter) { w.Space(99) }, "          "},
		"no style for none":  {func(w *theme.RowWriter) { w.Add(theme.Danger, ""); w.Space(-1) }, "          "},
		"left":               {func(w *theme.RowWriter) { w.Add(theme.Text, "日"); w.Add(theme.Text, fmt.Sprint(w.Left())) }, "日8       "},
	} {
		w := th.Row([]byte("|"), 10, theme.Plain)
		test.write(&w)
		if got := string(w.End()); got != "|"+test.want {
			t.Errorf("%s: got %q, want %q", name, got, "|"+test.want)
		}
	}
}

// A row is exactly as wide as asked, whatever is written to it.
func TestRowsAreExact(t *testing.T) {
	themes := []*theme.Theme{theme.New(theme.Options{}), theme.New(theme.Options{ASCII: true, NoColor: true})}
	rapid.Check(t, func(t *rapid.T) {
		th := themes[rapid.IntRange(0, 1).Draw(t, "theme")]
		width := rapid.IntRange(-1, 40).Draw(t, "width")
		w := th.Row(nil, width, theme.Ground(rapid.IntRange(0, 3).Draw(t, "ground")))
		for range rapid.IntRange(0, 6).Draw(t, "pieces") {
			role := theme.Role(rapid.IntRange(0, 255).Draw(t, "role"))
			s := rapid.SampledFrom([]string{"", "name", "日本語です", "⚠️ नमस्ते", "e\u0301e\u0301"}).Draw(t, "text")
			switch rapid.IntRange(0, 2).Draw(t, "how") {
			case 0:
				w.Add(role, s)
			case 1:
				w.Fill(role, s, rapid.IntRange(-1, 20).Draw(t, "reserve"))
			case 2:
				w.Space(rapid.IntRange(-1, 50).Draw(t, "spaces"))
			}
		}
		row := string(w.End())
		if got := text.Width(ansi.Strip(row)); got != max(width, 0) {
			t.Fatalf("%q is %d wide, want %d", row, got, width)
		}
		if i := strings.LastIndex(row, "\x1b"); i >= 0 && !strings.HasPrefix(row[i:], "\x1b[m") {
			t.Fatalf("%q does not return to the defaults", row)
		}
	})
}

func writeRow(th *theme.Theme, dst []byte, subject string) []byte {
	w := th.Row(dst, 60, theme.Selected)
	w.Add(theme.Accent, "▌")
	w.Add(theme.StatusOpen, "o ")
	w.Add(theme.Muted, "#1039 ")
	w.Fill(theme.Text, subject, 8)
	w.Add(theme.Warning|theme.Bold, " S-12")
	w.Add(theme.Muted, "  5h")
	return w.End()
}

func TestRowAllocatesNothing(t *testing.T) {
	th, buf := theme.New(theme.Options{Dark: true}), make([]byte, 0, 1024)
	if n := testing.AllocsPerRun(100, func() { writeRow(th, buf, "エクスポートが空になります: Export CSV is empty") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkRow(b *testing.B) {
	for name, subject := range map[string]string{
		"ascii": "Export CSV is empty since the last release of the server",
		"cjk":   "エクスポートが空になります: Export CSV is empty since the last release",
	} {
		b.Run(name, func(b *testing.B) {
			th, buf := theme.New(theme.Options{Dark: true}), make([]byte, 0, 1024)
			b.ReportAllocs()
			for b.Loop() {
				writeRow(th, buf, subject)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		theme.New(theme.Options{Dark: true})
	}
}

func TestRowsHighlightMatches(t *testing.T) {
	look := theme.New(theme.Options{NoColor: true})
	for _, c := range []struct {
		text  string
		at    []int
		width int
		want  string
	}{
		{"Export CSV", []int{0, 7, 8, 9}, 12, "\x1b[0;1;4mE\x1b[mxport \x1b[0;1;4mCSV\x1b[m  "},
		{"Export CSV", []int{7, 8, 9}, 9, "Export \x1b[0;1;4mC\x1b[m…"},
		{"e\u0301tat", []int{1}, 5, "\x1b[0;1;4me\u0301\x1b[mtat "},
		{"漢字", []int{3}, 4, "漢\x1b[0;1;4m字\x1b[m"},
		{"plain", nil, 5, "plain"},
	} {
		w := look.Row(nil, c.width, theme.Plain)
		w.FillMatched(theme.Text, c.text, c.at, 0)
		if got := string(w.End()); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
