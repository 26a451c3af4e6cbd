package storetest

import (
	"testing"

	"storydesk/tracker"
)

func testTexts(t *testing.T, s *suite) {
	draft := func(key string) string {
		return get(s, func(r tracker.Reader) (string, error) { return r.Draft(key) })
	}
	setting := func(key string) string {
		return get(s, func(r tracker.Reader) (string, error) { return r.Setting(key) })
	}
	same(t, "no draft", draft("k"), "")
	same(t, "no setting", setting("k"), "")
	for _, text := range []string{"one", "two\n'; --", ""} {
		s.write(func(w tracker.Writer) error {
			if err := w.SaveDraft("k", text); err != nil {
				return err
			}
			return w.SaveSetting("k", text+text)
		})
		same(t, "draft", draft("k"), text)
		same(t, "setting", setting("k"), text+text)
	}
}
