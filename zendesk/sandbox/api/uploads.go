package api

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
)

const (
	// maxUpload is the most bytes of a file that the account takes.
	maxUpload = 50 << 20
	// uploadLife is how long an upload waits for a comment.
	uploadLife = time.Hour
)

// upload is a file or several that wait for a comment under one token.
type upload struct {
	files []record.Attachment
	ends  time.Time
}

// Uploads are the files that wait for a comment. They are held in memory alone: what has
// not been used when the account is closed has to be uploaded again.
type Uploads struct {
	mu      sync.Mutex
	waiting map[string]upload
	issued  int64
}

// NewUploads returns none.
func NewUploads() *Uploads { return &Uploads{waiting: make(map[string]upload)} }

func (u *Uploads) route(route func(pattern string, handle func(*call) *answer.Answer)) {
	route("POST /api/v2/uploads", u.add)
	route("DELETE /api/v2/uploads/{token}", u.remove)
}

// add takes a file, with those that have the request's token already.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/#upload-files
func (u *Uploads) add(c *call) *answer.Answer {
	query := c.URL.Query()
	name, token := query.Get("filename"), query.Get("token")
	if name == "" {
		return answer.JSON(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":"Parameter filename is required"}}`)
	}
	size, err := io.Copy(io.Discard, io.LimitReader(c.Body, maxUpload+1))
	if err != nil || size > maxUpload {
		return answer.TooLarge()
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	held := u.waiting[token]
	if token != "" && !c.now.Before(held.ends) {
		return answer.InvalidRecord("token", "Token: is not valid")
	}
	u.issued++
	id := 360_000_000_000 + world.Scatter(u.issued+c.now.UnixNano()>>20)
	if token == "" {
		token, held.ends = fmt.Sprintf("up%016x%08x", world.Scatter(c.now.UnixNano()), u.issued), c.now.Add(uploadLife)
	}
	file := record.Attachment{
		URL: record.URL("attachments/%d", id), ID: id, FileName: name, Size: size, ContentType: c.Header.Get("Content-Type"),
		ContentURL: fmt.Sprintf("https://%s%s%s/?name=%s", record.CanonicalHost, record.AttachmentPrefix, token, name),
	}
	held.files = append(held.files, file)
	u.waiting[token] = held
	a := answer.OK(map[string]any{"upload": map[string]any{
		"token": token, "expires_at": held.ends.UTC(), "attachment": file, "attachments": held.files,
	}})
	a.Status = http.StatusCreated
	return a.With("Content-Type", "text/plain; charset=utf-8") // although it is JSON, as recorded
}

// remove takes an upload away that no comment has used.
func (u *Uploads) remove(c *call) *answer.Answer {
	u.mu.Lock()
	defer u.mu.Unlock()
	token := c.PathValue("token")
	if _, there := u.waiting[token]; !there {
		return answer.RecordNotFound()
	}
	delete(u.waiting, token)
	return answer.Plain(http.StatusNoContent, "text/plain", "")
}

// of returns the files of tokens; false where one is not valid any more.
func (u *Uploads) of(tokens []string, now time.Time) ([]record.Attachment, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	var files []record.Attachment
	for _, token := range tokens {
		held := u.waiting[token]
		if !now.Before(held.ends) {
			return nil, false
		}
		files = append(files, held.files...)
	}
	return files, true
}

// use ends tokens: a comment has their files.
func (u *Uploads) use(tokens []string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, token := range tokens {
		delete(u.waiting, token)
	}
}

// Expire ends all tokens, as an hour does.
func (u *Uploads) Expire() {
	u.mu.Lock()
	defer u.mu.Unlock()
	clear(u.waiting)
}
