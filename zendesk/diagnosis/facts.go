package diagnosis

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"storydesk/zendesk/transport"
)

// NeverApplied reports whether an answer proves that nothing was changed: one of
// a few statuses in Zendesk's own form. Any other may come from a proxy after
// the change was made, or, for a conflict, from another copy of this request.
func NeverApplied(a transport.Answer, p Problem) bool {
	switch a.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity:
		return p.Recognised()
	case http.StatusTooManyRequests:
		return p.Recognised() || !isPage(a.Body) // the account's own limit answers in plain text
	}
	return false
}

// Answered adds what an answer says.
func (f Facts) Answered(a transport.Answer, p Problem) Facts {
	f["status"] = strconv.Itoa(a.Status)
	f["wait"] = waitWords(a.Header)
	f["scopes"] = strings.Join(p.scopes(), ", ")
	f["words"] = cmp.Or(p.words(), "it answered "+strconv.Itoa(a.Status))
	f["elsewhere"] = elsewhere(a.Header.Get("Location"))
	return f
}

// Failed adds what a failure of the transport says.
func (f Facts) Failed(err error) Facts {
	var refused *transport.ProxyRefusal
	if errors.As(err, &refused) {
		f["status"] = strconv.Itoa(refused.Status)
	}
	f["today"] = time.Now().Format("2 January 2006, 15:04")
	return f
}
