package answer

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"storydesk/zendesk/sandbox/record"
)

// Answer is a whole HTTP answer, so that a fault can alter or withhold it. It
// is its own http.ResponseWriter.
type Answer struct {
	Status int
	head   http.Header
	Body   bytes.Buffer
}

// New returns an empty answer of status 200.
func New() *Answer { return &Answer{Status: http.StatusOK, head: http.Header{}} }

// Header implements http.ResponseWriter.
func (a *Answer) Header() http.Header { return a.head }

// WriteHeader implements http.ResponseWriter.
func (a *Answer) WriteHeader(status int) { a.Status = status }

// Write implements http.ResponseWriter.
func (a *Answer) Write(p []byte) (int, error) { return a.Body.Write(p) }

// Send writes the answer. That the client has left is no concern of ours.
func (a *Answer) Send(w http.ResponseWriter) {
	for name, values := range a.head {
		w.Header()[name] = values
	}
	if a.Status != http.StatusNotModified && a.Status != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(a.Body.Len()))
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body.Bytes())
}

// With adds a header.
func (a *Answer) With(name, value string) *Answer {
	a.head.Set(name, value)
	return a
}

// WithStatus sets the status.
func (a *Answer) WithStatus(status int) *Answer {
	a.Status = status
	return a
}

// Plain answers with a body of any type.
func Plain(status int, contentType, body string) *Answer {
	a := New().With("Content-Type", contentType)
	a.Status = status
	a.Body.WriteString(body)
	return a
}

// JSON takes a body that is JSON already: errors must be what was
// recorded, to the letter.
func JSON(status int, body string) *Answer {
	return Plain(status, "application/json; charset=utf-8", body)
}

// OK answers 200 with a value as JSON.
func OK(value any) *Answer {
	a := JSON(http.StatusOK, "")
	enc := json.NewEncoder(&a.Body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return ServerError()
	}
	a.Body.Truncate(a.Body.Len() - len("\n"))
	return a
}

// Page answers with a web page.
func Page(status int, title string) *Answer {
	return Plain(status, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html><head><title>"+title+
		"</title></head><body><h1>"+title+"</h1><p>"+record.Company+" Help Desk</p></body></html>\n")
}
