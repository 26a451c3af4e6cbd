package diagnosis

import (
	"fmt"
	"net/http"
	"time"

	"storydesk/zendesk/transport"
)

func waitWords(h http.Header) string {
	if wait := transport.RetryAfter(h); wait > 0 {
		return fmt.Sprintf("; it asks to wait %s", wait.Round(time.Second))
	}
	return ""
}
