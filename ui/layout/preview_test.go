package layout

import "testing"

func TestPreviewIsToggled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		width    int
		is, want Preview
		shown    bool
	}{
		{160, PreviewWide, PreviewHidden, false},
		{160, PreviewShown, PreviewHidden, false},
		{160, PreviewHidden, PreviewWide, true},
		{80, PreviewWide, PreviewShown, true},
		{80, PreviewHidden, PreviewShown, true},
		{80, PreviewShown, PreviewWide, false},
	} {
		v := View{Width: c.width, Preview: c.is}.TogglePreview()
		if v.Preview != c.want || v.Previewed() != c.shown {
			t.Errorf("at %d columns %s became %s, shown %v; want %s, %v", c.width, c.is, v.Preview, v.Previewed(), c.want, c.shown)
		}
	}
}
