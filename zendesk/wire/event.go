package wire

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
)

// IsMessaging reports whether a channel's messages stand in the conversation
// log. New channels come; tickets of theirs say from_messaging_channel, too.
// https://support.zendesk.com/hc/en-us/articles/5384481026714
func IsMessaging(channel string) bool {
	return strings.HasPrefix(channel, "sunshine_conversations") || slices.Contains([]string{
		"chat", "messaging", "native_messaging", "whatsapp", "line", "wechat", "telegram", "viber", "kakaotalk", "instagram_dm",
		"twitter_dm", "facebook_messenger", "apple_business_chat", "google_business_messages", "google_rcs", "twilio_sms", "messagebird_sms",
	}, channel)
}

// LogListing is a page of a conversation log,
// https://developer.zendesk.com/api-reference/ticketing/tickets/conversation_log/.
type LogListing struct {
	Paging
	Events *[]Loose[Event] `json:"events"`
}

// Event is a comment, a message, or something of a kind that is not known
// here.
type Event struct {
	ID        Text   `json:"id"`
	Type      Text   `json:"type"`
	Reference Text   `json:"reference"`
	CreatedAt Moment `json:"created_at"`
	Author    Loose[struct {
		Type Text   `json:"type"`
		Name Text   `json:"display_name"`
		ID   Number `json:"zen:support:user_id"`
	}] `json:"author"`
	Content Loose[struct {
		Text    Long `json:"text"`
		Body    Long `json:"body"`
		Actions Loose[[]Loose[struct {
			Text  Text `json:"text"`
			Reply Loose[struct {
				Text Text `json:"text"`
			}] `json:"reply"`
		}]] `json:"actions"`
	}] `json:"content"`
	Metadata Loose[struct {
		Public Text `json:"public"`
	}] `json:"metadata"`
	Attachments Loose[[]Attachment] `json:"attachments"`
}

// Translate returns what an event says; false where it says nothing, as many
// kinds of events do.
func (e Event) Translate() (tracker.TicketComment, bool) {
	content, author := e.Content.Value, e.Author.Value
	c := tracker.TicketComment{
		ID: e.number(), AuthorID: int64(author.ID), Author: string(author.Name), Role: string(author.Type),
		HTML: string(content.Body.Text), Cut: content.Text.cut || content.Body.cut, Public: e.Metadata.Value.Public != "false", CreatedAt: e.CreatedAt.Time,
	}
	if c.Role == "user" {
		c.Role = "end-user"
	}
	said := []string{string(content.Text.Text)}
	for _, action := range content.Actions.Value {
		if option := string(cmp.Or(action.Value.Reply.Value.Text, action.Value.Text)); option != "" {
			said = append(said, "- "+option)
		}
	}
	if c.Text = strings.TrimSpace(strings.Join(said, "\n")); c.Text == "" {
		c.Text = plaintext.FromHTML(c.HTML)
	}
	for _, a := range e.Attachments.Value {
		c.Attachments = append(c.Attachments, a.translate())
	}
	return c, c.Text != "" || strings.TrimSpace(c.HTML) != "" || len(c.Attachments) > 0
}

// number returns the id of the comment that an event is, or a negative number made
// of the id of a message, which is a word.
func (e Event) number() int64 {
	if id, found := strings.CutPrefix(string(e.Reference), "zen:ticket_event:"); found && e.Type == "Comment" {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 {
			return n
		}
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(cmp.Or(e.ID, e.Reference, e.Content.Value.Text.Text))) // a hash takes everything
	return -1 - int64(sum.Sum64()&math.MaxInt64>>1)
}
