package layout

import (
	"slices"

	"storydesk/ui/draw"
)

// Preview says when the preview of the selected row stands beside the parts.
type Preview string

// The ways to show the preview.
const (
	// PreviewWide shows it from [previewFrom] columns on.
	PreviewWide Preview = "wide"
	// PreviewShown shows it at every width.
	PreviewShown Preview = "shown"
	// PreviewHidden never shows it.
	PreviewHidden Preview = "hidden"
)

// Previews are all ways to show the preview.
func Previews() []Preview { return []Preview{PreviewWide, PreviewShown, PreviewHidden} }

const (
	// previewFrom is the width from which there is room for a preview, in columns.
	previewFrom = 120
	// minPreview and maxPreview bound its width: a comment is read badly in less, and
	// not better in more.
	minPreview, maxPreview = 45, 84
)

// Previewed reports whether the preview is shown in a terminal of this width.
func (v View) Previewed() bool {
	switch v.Preview {
	case PreviewShown:
		return true
	case PreviewHidden:
		return false
	case PreviewWide:
	}
	return v.Width >= previewFrom
}

// TogglePreview is the view with the preview if it was not shown, and without it if
// it was. Where that is what the terminal's width decides, the width goes on to decide.
func (v View) TogglePreview() View {
	wide := v.Width >= previewFrom
	switch shown := v.Previewed(); {
	case shown && wide:
		v.Preview = PreviewHidden
	case shown != wide:
		v.Preview = PreviewWide
	default:
		v.Preview = PreviewShown
	}
	return v
}

// Previewing is the view with the preview as it was remembered.
func (v View) Previewing(kept string) View {
	if p := Preview(kept); slices.Contains(Previews(), p) {
		v.Preview = p
	}
	return v
}

// cutPreview cuts the preview off the room of the parts: at the right where it is
// wide enough for both, else below them. at is empty where it is not shown.
func cutPreview(r draw.Rect, v View) (parts, at draw.Rect) {
	switch {
	case !v.Previewed() || r.W < v.Width:
		return r, draw.Rect{}
	case r.W < twoPanes:
		h := r.H / 2
		return draw.Rect{X: r.X, Y: r.Y, W: r.W, H: r.H - h}, draw.Rect{X: r.X, Y: r.Y + r.H - h, W: r.W, H: h}
	}
	w := r.W / 2
	if r.W >= previewFrom {
		w = min(max(r.W/3, minPreview), maxPreview)
	}
	return draw.Rect{X: r.X, Y: r.Y, W: r.W - w, H: r.H}, draw.Rect{X: r.X + r.W - w, Y: r.Y, W: w, H: r.H}
}
