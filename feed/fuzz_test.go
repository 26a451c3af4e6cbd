package feed

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"storydesk/tracker/kind"
)

// Whatever a feed holds, reading it ends, within its bounds, and what comes of it can be
// told by its number and its address.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		`<?xml version="1.0" encoding="UTF-8"?><external_stories type="array"><external_story><external_id>2</external_id><story_type>feature</story_type><name>N</name><description>D</description><requested_by>ada</requested_by><created_at type="datetime">2010/08/01 00:00:00 UTC</created_at><estimate type="integer">-1</estimate></external_story></external_stories>`,
		`<external_stories><external_story><external_id>A/1</external_id><name><![CDATA[a <b> c]]></name></external_story><x><y/></x></external_stories>`,
		`<!DOCTYPE l [<!ENTITY a "b">]><external_stories/>`, `<external_stories><external_story><name>&a;</name>`, "\xef\xbb\xbf<external_stories/>",
		"\xff\xfe<\x00e\x00", `<?xml version="1.0" encoding="windows-1252"?><external_stories>` + "\x93\xe9", "{}", "<html>", "", "<a><a><a><a>",
	} {
		f.Add([]byte(text), "text/xml; charset=iso-8859-1")
	}
	const base = "https://acme.com/issues/"
	limits := Limits{Bytes: 1 << 16, Text: 1 << 12, Items: 200, Depth: 8}
	f.Fuzz(func(t *testing.T, text []byte, contentType string) {
		decodedText, err := decoded(strings.NewReader(string(text)), contentType)
		if err != nil {
			return
		}
		r := newReader(decodedText, limits)
		items := 0
		for range limits.Items {
			page, err := r.page(base)
			for _, it := range page.Items {
				items++
				if it.ID <= 0 || !strings.HasPrefix(it.URL, base) || it.Subject == "" || it.UpdatedAt.IsZero() || it.UpdatedAt.Before(time.Unix(0, 0)) {
					t.Fatalf("%+v", it)
				}
				// An id may be a # itself.
				if label := kind.TicketLabel(it); kind.Number(label) != it.ID && kind.Number(strings.TrimPrefix(label, "#")) != it.ID {
					t.Fatalf("%d is called %q", it.ID, label)
				}
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				var b *broken
				if !errors.As(err, &b) {
					t.Fatalf("an error that nobody explains: %v", err)
				}
				break
			}
		}
		if items > limits.Items || r.bytes.all > limits.Bytes+1 {
			t.Fatalf("%d items of %d bytes", items, r.bytes.all)
		}
	})
}
