package zendesk

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/wire"
)

// uploadTime is how long an upload may take: 50 MB at a bit more than 0.6 Mbit/s.
const uploadTime = 10 * time.Minute

// file is a body that is sent as it is.
type file struct {
	content io.Reader
	size    int64
	kind    string
}

// Upload implements tracker.Account: it sends a file once, in pieces as it is read, to the
// account's own host.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/#upload-files
func (d *account) Upload(ctx context.Context, f tracker.StoryFile, content io.Reader) (string, time.Time, error) {
	c := call{
		method: http.MethodPost, path: "uploads", query: url.Values{"filename": {f.Name}},
		subject: "the file " + f.Name, topic: diagnosis.TopicUpload,
		file: &file{content, f.Size, cmp.Or(mime.TypeByExtension(path.Ext(f.Name)), "application/octet-stream")},
	}
	var body struct {
		Upload struct {
			Token wire.Text   `json:"token"`
			Ends  wire.Moment `json:"expires_at"`
		} `json:"upload"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return "", time.Time{}, err
	}
	if err := d.require(c, body.Upload.Token != "", "token of an upload"); err != nil {
		return "", time.Time{}, err
	}
	return string(body.Upload.Token), body.Upload.Ends.Time, nil
}

// put makes a file the body of a request.
func (f *file) put(req *http.Request) error {
	if f.size < 0 {
		return fmt.Errorf("a file of %d bytes", f.size)
	}
	req.Body, req.ContentLength = io.NopCloser(f.content), f.size
	if f.size == 0 {
		req.Body = http.NoBody
	}
	req.Header.Set("Content-Type", f.kind)
	return nil
}
