package feed

import (
	"net/http"
	"strings"

	"storydesk/tracker/kind"
)

const (
	tagged = "ETag "
	dated  = "Last-Modified "
	// maxVersion is the longest version that is sent back, in bytes.
	maxVersion = 512
)

// versionOf is the version that an answer tells of: its tag, or else when it was changed.
func versionOf(h http.Header) kind.Version {
	for _, prefix := range []string{tagged, dated} {
		if text := h.Get(strings.TrimSpace(prefix)); text != "" && len(text) <= maxVersion {
			return kind.Version(prefix + text)
		}
	}
	return ""
}

// askSince asks for a feed only where it is not as in a version.
func askSince(h http.Header, since kind.Version) {
	if tag, ok := strings.CutPrefix(string(since), tagged); ok {
		h.Set("If-None-Match", tag)
	} else if date, ok := strings.CutPrefix(string(since), dated); ok {
		h.Set("If-Modified-Since", date)
	}
}
