package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// attachmentPrefix begins the addresses of files that came with comments.
const attachmentPrefix = "/attachments/token/"

// Attachment is a file that came with a comment.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/
type Attachment struct {
	URL         string `json:"url"`
	ID          int64  `json:"id"`
	FileName    string `json:"file_name"`
	ContentURL  string `json:"content_url"`
	ContentType string `json:"content_type"`
	// Size is in bytes.
	Size    int64 `json:"size"`
	Inline  bool  `json:"inline"`
	Deleted bool  `json:"deleted"`
}

// seedFile is a file as data/tickets-*.json writes it.
type seedFile struct {
	Name, Type string
	Size       int64
}

// attach makes the files of a comment.
func (s *seeding) attach(files []seedFile) []Attachment {
	list := make([]Attachment, len(files))
	for i, f := range files {
		id := s.world.issue()
		list[i] = Attachment{
			URL: apiURL("attachments/%d", id), ID: id, FileName: f.Name, ContentType: f.Type, Size: f.Size,
			ContentURL: fmt.Sprintf("https://%s%s%x/?name=%s", CanonicalHost, attachmentPrefix, id, url.QueryEscape(f.Name)),
		}
	}
	return list
}

// reachable makes the files of comments open where this computer asks: the
// account's own host does not exist.
func reachable(r *http.Request, comments []Comment) []Comment {
	comments = slices.Clone(comments)
	for i := range comments {
		comments[i].Attachments = reachableFiles(r, comments[i].Attachments)
	}
	return comments
}

func reachableFiles(r *http.Request, files []Attachment) []Attachment {
	if !askedLocally(r) {
		return files
	}
	files = append([]Attachment{}, files...)
	for n := range files {
		if at, ours := strings.CutPrefix(files[n].ContentURL, "https://"+CanonicalHost); ours {
			files[n].ContentURL = "http://" + r.Host + at
		}
	}
	return files
}
