package story

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// laidOut is a sheet of a story as text.
func laidOut(t *testing.T, change func(*sheet)) string {
	t.Helper()
	e, st := editing(t)
	keys := keymap.New(keymap.Defaults(DetailActions()))
	w := &document.Writer{Theme: theme.New(theme.Options{NoColor: true}), Width: 60}
	s := &sheet{reading: newReading(tracker.StoryDetail{Story: *st}, nil), w: w, keys: keys, now: testNow(), editor: e}
	change(s)
	s.write()
	return ansi.Strip(strings.Join(w.Lines, "\n"))
}

func TestSheetOffersDrafts(t *testing.T) {
	for want, change := range map[string]func(*sheet){
		"Description · unsaved draft, enter continues it": func(s *sheet) { s.description = "Begun." },
		"Unsaved text from the editor":                    func(s *sheet) { s.written = "Export\n\nBegun." },
		"Draft, not sent":                                 func(s *sheet) { s.comment = "Begun." },
	} {
		if got := laidOut(t, change); !strings.Contains(got, want) {
			t.Errorf("it does not offer %q:\n%s", want, got)
		}
		if got := laidOut(t, func(*sheet) {}); strings.Contains(got, want) {
			t.Errorf("it offers %q where there is none:\n%s", want, got)
		}
	}
}

func TestSheetLeavesRoomForWhatIsEdited(t *testing.T) {
	shown := laidOut(t, func(*sheet) {})
	for text, what := range map[string]interface{ IsIntent() }{
		"Export": EditField{present.FieldName}, "It is empty.": EditField{fieldDescription}, "Fix": editTask{2},
	} {
		if !strings.Contains(shown, text) {
			t.Errorf("%q is not shown:\n%s", text, shown)
		}
		if got := laidOut(t, func(s *sheet) { s.editor.begin(what) }); strings.Contains(got, text) {
			t.Errorf("%q is shown below its editor:\n%s", text, got)
		}
	}
	lines := strings.Count(shown, "\n")
	if got := laidOut(t, func(s *sheet) { s.editor.begin(addTask{}) }); strings.Count(got, "\n") != lines+1 {
		t.Errorf("no line is left for a new task:\n%s", got)
	}
}
