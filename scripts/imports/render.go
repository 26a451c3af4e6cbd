package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// areas are the parts of the program from the top down, with their captions.
func areas() [][2]string {
	return [][2]string{
		{"ui", "The board and its screens"}, {"ui/cli", "The command line"}, {"tracker", "The domain"},
		{"zendesk", "Zendesk and its sandbox"}, {"feed", "Feeds"}, {"store", "The database"},
	}
}

// render writes the picture of the whole and a table for each area.
func render(all []pkg) string {
	byName := make(map[string]pkg, len(all))
	for _, p := range all {
		byName[p.name] = p
	}
	var b strings.Builder
	b.WriteString(picture(all))
	for _, a := range areas() {
		fmt.Fprintf(&b, "\n### %s\n\n%s", a[1], table(a[0], all, byName))
	}
	return b.String()
}

// picture is the whole program by areas, as a Mermaid flowchart.
func picture(all []pkg) string {
	edges := make(map[string]bool)
	for _, p := range all {
		for _, i := range p.imports {
			if from, to := area(p.name), area(i); from != to {
				edges[fmt.Sprintf("  %s[%s] --> %s[%s]\n", id(from), from, id(to), to)] = true
			}
		}
	}
	lines := make([]string, 0, len(edges))
	for line := range edges {
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return "```mermaid\nflowchart TD\n" + strings.Join(lines, "") + "```\n"
}

func id(area string) string { return strings.ReplaceAll(area, "/", "_") }

// table lists the packages of an area, those first that stand on most.
func table(of string, all []pkg, byName map[string]pkg) string {
	rows := slices.DeleteFunc(slices.Clone(all), func(p pkg) bool { return area(p.name) != of })
	slices.SortFunc(rows, func(a, b pkg) int {
		return cmp.Or(height(b.name, byName)-height(a.name, byName), strings.Compare(a.name, b.name))
	})
	var b strings.Builder
	b.WriteString("| package | what it is | stands on |\n|---|---|---|\n")
	for _, p := range rows {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", p.name, p.is, strings.Join(direct(p, byName), ", "))
	}
	return b.String()
}
