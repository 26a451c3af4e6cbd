package layout

import (
	"slices"
	"strings"

	"storydesk/ui/intent"
)

// View is what the board's layout depends on besides the size. It is
// copied; what it holds is replaced, never changed.
type View struct {
	Table []Part
	// Focus is the focused part, Column the part of stories focused last.
	Focus, Column intent.PaneName
	// Shown are the parts that are not hidden.
	Shown  []intent.PaneName
	Shares Shares
	// Preview says when the preview stands beside the parts; it gives way to a detail
	// that leaves the board less than Width, the terminal's in columns.
	Preview Preview
	Width   int
}

// NewView shows the parts that are shown unless the user asked for others.
func NewView() View {
	v := View{Table: Parts(), Focus: intent.PaneTickets, Column: intent.PaneBacklog, Preview: PreviewWide}
	for _, p := range v.Table {
		if !p.Optional {
			v.Shown = append(v.Shown, p.Name)
		}
	}
	return v
}

// Parts are the parts to be shown, from left to right: those that are not
// hidden, and the focused one.
func (v View) Parts() []intent.PaneName {
	parts := make([]intent.PaneName, 0, len(v.Table))
	for _, p := range v.Table {
		if p.Name == v.Focus || slices.Contains(v.Shown, p.Name) {
			parts = append(parts, p.Name)
		}
	}
	return parts
}

// fit picks the parts that are shown where n find room: the focused one, the
// tickets, the part of stories focused last, and then from left to right.
func (v View) fit(n int) []intent.PaneName {
	parts := v.Parts()
	if len(parts) <= n {
		return parts
	}
	var picked []intent.PaneName
	for _, part := range slices.Concat([]intent.PaneName{v.Focus, intent.PaneTickets, v.Column}, parts) {
		if len(picked) < n && slices.Contains(parts, part) && !slices.Contains(picked, part) {
			picked = append(picked, part)
		}
	}
	return slices.DeleteFunc(parts, func(part intent.PaneName) bool { return !slices.Contains(picked, part) })
}

// weights are the widths of parts in proportion to each other. Two are equally
// wide unless the user made them otherwise.
func (v View) weights(parts []intent.PaneName) []int {
	weights := make([]int, len(parts))
	for i, part := range parts {
		weights[i] = v.Weight(part, len(parts))
	}
	return weights
}

// Weight is the width of a part in proportion to the others of so many.
func (v View) Weight(part intent.PaneName, among int) int {
	switch share, kept := v.Shares[part]; {
	case kept:
		return share
	case among <= 2 && len(v.Shares) == 0:
		return 1
	}
	i := slices.IndexFunc(v.Table, func(p Part) bool { return p.Name == part })
	return v.Table[i].share
}

// Shows reports whether a part is not hidden.
func (v View) Shows(part intent.PaneName) bool { return slices.Contains(v.Shown, part) }

// With is the view with a part that is not hidden any more.
func (v View) With(part intent.PaneName) View {
	if v.Shows(part) {
		return v
	}
	var shown []intent.PaneName
	for _, p := range v.Table {
		if p.Name == part || v.Shows(p.Name) {
			shown = append(shown, p.Name)
		}
	}
	v.Shown = shown
	return v
}

// Without is the view without a part. The focus goes to its neighbour.
func (v View) Without(part intent.PaneName) View {
	parts := v.Parts()
	at := slices.Index(parts, part)
	rest := slices.Delete(parts, at, at+1)
	v.Shown = slices.DeleteFunc(slices.Clone(v.Shown), func(p intent.PaneName) bool { return p == part })
	if v.Focus == part {
		v.Focus = rest[min(at, len(rest)-1)]
	}
	if v.Column == part {
		v.Column = v.Focus
	}
	if i := slices.IndexFunc(rest, func(p intent.PaneName) bool { return p != intent.PaneTickets }); v.Column == intent.PaneTickets && i >= 0 {
		v.Column = rest[i]
	}
	return v
}

// Kept is how the parts that are shown are remembered, empty for the usual ones.
func (v View) Kept() string {
	if slices.Equal(v.Shown, NewView().Shown) {
		return ""
	}
	words := make([]string, len(v.Shown))
	for i, part := range v.Shown {
		words[i] = string(part)
	}
	return strings.Join(words, " ")
}

// Showing is the view with the parts that were remembered; what cannot be used
// is as usual.
func (v View) Showing(kept string) View {
	words := strings.Fields(kept)
	var shown []intent.PaneName
	for _, p := range v.Table {
		if slices.Contains(words, string(p.Name)) {
			shown = append(shown, p.Name)
		}
	}
	if len(shown) == 0 {
		return v
	}
	v.Shown = shown
	if !v.Shows(v.Focus) {
		v.Focus = shown[0]
	}
	if v.Focus != intent.PaneTickets {
		v.Column = v.Focus
	}
	return v
}
