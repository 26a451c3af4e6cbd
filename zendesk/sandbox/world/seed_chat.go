package world

import (
	"fmt"
	"net/url"
	"time"

	"storydesk/zendesk/sandbox/record"
)

// seedFile is a file as data/tickets-*.json writes it.
type seedFile struct {
	Name, Type string
	Size       int64
}

// attach makes the files of a comment.
func (s *Seeding) attach(files []seedFile) []record.Attachment {
	list := make([]record.Attachment, len(files))
	for i, f := range files {
		id := s.World.issue()
		list[i] = record.Attachment{
			URL: record.URL("attachments/%d", id), ID: id, FileName: f.Name, ContentType: f.Type, Size: f.Size,
			ContentURL: fmt.Sprintf("https://%s%s%x/?name=%s", record.CanonicalHost, record.AttachmentPrefix, id, url.QueryEscape(f.Name)),
		}
	}
	return list
}

// seedMessage is a message of a chat as the data write it.
type seedMessage struct {
	// By is empty for the requester; Bot names a bot that said it instead.
	By, Bot, Ago, Text string
	// Options are the quick replies that are offered below it.
	Options []string
	Files   []seedFile
}

// message adds a message to a ticket.
func (s *Seeding) message(rec *Record, author int64, at time.Time, m seedMessage) {
	rec.Messages = append(rec.Messages, record.Message{
		ID: fmt.Sprintf("01J%023X", s.World.issue()), AuthorID: author, Bot: m.Bot, Text: m.Text, Options: m.Options,
		Attachments: s.attach(m.Files), CreatedAt: at,
	})
}
