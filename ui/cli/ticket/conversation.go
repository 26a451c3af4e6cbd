package ticket

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/output"
	"storydesk/ui/present"
)

// conversationRecord is what was said on a ticket, as JSON.
type conversationRecord struct {
	// Comments are oldest first.
	Comments []commentRecord `json:"comments"`
	// Older is true where Zendesk has older comments than these.
	Older bool `json:"older"`
	// Problem says why the messages of a chat are missing.
	Problem *string `json:"problem"`
}

type commentRecord struct {
	ID     int64   `json:"id"`
	Author *string `json:"author"`
	Role   *string `json:"role"`
	Public bool    `json:"public"`
	// Text is as it was written; what a terminal would obey is escaped, as JSON allows.
	Text string `json:"text"`
	// Cut is true where Text is only its beginning.
	Cut         bool               `json:"cut"`
	Attachments []attachmentRecord `json:"attachments"`
	CreatedAt   *time.Time         `json:"created_at"`
}

type attachmentRecord struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	URL  string `json:"url"`
}

// conversationRecordOf is nil where nothing was read.
func conversationRecordOf(said *tracker.Conversation) *conversationRecord {
	if said == nil {
		return nil
	}
	r := &conversationRecord{Comments: make([]commentRecord, len(said.Comments)), Older: said.Older, Problem: output.OrNull(said.Problem)}
	for i, c := range said.Comments {
		r.Comments[i] = commentRecord{
			ID: c.ID, Author: output.OrNull(c.Author), Role: output.OrNull(c.Role), Public: c.Public, Text: c.Text, Cut: c.Cut,
			Attachments: make([]attachmentRecord, len(c.Attachments)), CreatedAt: output.Stamp(c.CreatedAt),
		}
		for j, a := range c.Attachments {
			r.Comments[i].Attachments[j] = attachmentRecord{a.Name, a.Size, a.URL}
		}
	}
	return r
}

// conversationTitle is the heading above what was said.
func conversationTitle(said *tracker.Conversation) string {
	if said != nil && said.Older {
		return fmt.Sprintf("Conversation, the newest %d", len(said.Comments))
	}
	return "Conversation"
}

// conversationLines is what was said on a ticket, for people, oldest first. Links
// and lists are those that Zendesk shows, which its plain text has lost.
func conversationLines(said *tracker.Conversation, unread error) string {
	if unread != nil {
		return "It could not be read."
	}
	if said == nil {
		return ""
	}
	var lines strings.Builder
	if said.Problem != "" {
		lines.WriteString(said.Problem + "\n")
	}
	for i, c := range said.Comments {
		if i > 0 {
			lines.WriteString("\n")
		}
		visibility := "public"
		if !c.Public {
			visibility = "private"
		}
		fmt.Fprintf(&lines, "%s, %s, %s\n", cmp.Or(plaintext.Line(c.Author), "somebody"), visibility, output.Moment(c.CreatedAt))
		text := strings.TrimSpace(plaintext.FromHTML(c.HTML))
		if text == "" {
			text = strings.TrimSpace(c.Text)
		}
		if text != "" {
			lines.WriteString(text + "\n")
		}
		if c.Cut {
			lines.WriteString("… cut here; read the rest in Zendesk\n")
		}
		for _, a := range c.Attachments {
			fmt.Fprintf(&lines, "%s %s %s\n", plaintext.Line(a.Name), present.FileSize(a.Size), plaintext.Line(a.URL))
		}
	}
	return lines.String()
}
