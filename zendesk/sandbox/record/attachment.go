package record

import "time"

// AttachmentPrefix begins the addresses of files that came with comments.
const AttachmentPrefix = "/attachments/token/"

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

// Message is a message of a chat. Comments do not hold it.
type Message struct {
	ID          string       `json:"id"`
	AuthorID    int64        `json:"author_id"`
	Bot         string       `json:"bot,omitempty"`
	Text        string       `json:"text"`
	Options     []string     `json:"options,omitempty"`
	Attachments []Attachment `json:"attachments"`
	CreatedAt   time.Time    `json:"created_at"`
}
