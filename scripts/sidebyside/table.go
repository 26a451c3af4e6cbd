package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// median is the one in the middle.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// table returns the medians, and beside those of others how they compare with storydesk's.
func (b *bench) table() string {
	names := []string{"storydesk", "taskwarrior", "vit", "fzf", "node-zendesk"}
	var out, slower strings.Builder
	out.WriteString("| | " + strings.Join(names, " | ") + " |\n|---|" + strings.Repeat("---|", len(names)) + "\n")
	for _, m := range []measure{firstFrame, rows, memory, keystroke, scroll, wholeView} {
		if len(b.figures[m]["storydesk"]) == 0 {
			continue
		}
		ours := median(b.figures[m]["storydesk"])
		out.WriteString("| " + string(m) + " |")
		for _, name := range names {
			values := b.figures[m][name]
			switch {
			case len(values) == 0:
				out.WriteString(" – |")
				continue
			case name == "storydesk":
				fmt.Fprintf(&out, " %s |", figure(ours))
				continue
			}
			theirs := median(values)
			fmt.Fprintf(&out, " %s (×%.2g) |", figure(theirs), theirs/ours)
			if theirs < ours {
				fmt.Fprintf(&slower, "- %s: %s needs %s, storydesk %s.\n", m, name, figure(theirs), figure(ours))
			}
		}
		out.WriteString("\n")
	}
	if slower.Len() > 0 {
		out.WriteString("\nWhere storydesk needs more:\n\n" + slower.String())
	}
	return out.String()
}

func figure(v float64) string {
	if v < 10 {
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// machine says what was measured, and on what.
func (b *bench) machine(runs int) (string, error) {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "", err
	}
	_, model, _ := strings.Cut(string(info), "model name")
	model, _, _ = strings.Cut(strings.TrimLeft(model, "\t :"), "\n")
	out, err := b.run(`dpkg-query -W -f '${Package} ${Version}, ' taskwarrior vit fzf nodejs; node -p 'require("./node_modules/node-zendesk/package.json").version'`)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d runs of each in turn on %s, on %d processors (%s), Linux; Go %s; %snode-zendesk %s. Medians; in brackets how many times storydesk's.",
		runs, time.Now().UTC().Format("2 January 2006"), runtime.NumCPU(), model, strings.TrimPrefix(runtime.Version(), "go"), out[:strings.LastIndex(out, ", ")+2], strings.TrimSpace(out[strings.LastIndex(out, ", ")+2:])), nil
}

// replace writes the figures into their place on a page.
func replace(page, text string) error {
	const begin, end = "<!-- figures -->\n", "<!-- end of figures -->"
	content, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(content), begin)
	_, after, ends := strings.Cut(rest, end)
	if !found || !ends {
		return fmt.Errorf("%s has no place for the figures", page)
	}
	return os.WriteFile(page, []byte(before+begin+"\n"+strings.TrimSpace(text)+"\n\n"+end+after), 0o644) //nolint:gosec // for everybody
}
