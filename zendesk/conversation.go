package zendesk

import (
	"cmp"
	"context"
	"hash/fnv"
	"iter"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
)

// isMessaging reports whether a channel's messages are kept in the conversation
// log. New channels come; tickets of theirs say from_messaging_channel, too.
// https://support.zendesk.com/hc/en-us/articles/5384481026714
func isMessaging(channel string) bool {
	return strings.HasPrefix(channel, "sunshine_conversations") || slices.Contains([]string{
		"chat", "messaging", "native_messaging", "whatsapp", "line", "wechat", "telegram", "viber", "kakaotalk", "instagram_dm",
		"twitter_dm", "facebook_messenger", "apple_business_chat", "google_business_messages", "google_rcs", "twilio_sms", "messagebird_sms",
	}, channel)
}

// logListing is a page of a conversation log,
// https://developer.zendesk.com/api-reference/ticketing/tickets/conversation_log/.
type logListing struct {
	paging
	Events *[]loose[wireEvent] `json:"events"`
}

// wireEvent is a comment, a message, or something of a kind that is not known
// here.
type wireEvent struct {
	ID        text   `json:"id"`
	Type      text   `json:"type"`
	Reference text   `json:"reference"`
	CreatedAt moment `json:"created_at"`
	Author    loose[struct {
		Type text   `json:"type"`
		Name text   `json:"display_name"`
		ID   number `json:"zen:support:user_id"`
	}] `json:"author"`
	Content loose[struct {
		Text    long `json:"text"`
		Body    long `json:"body"`
		Actions loose[[]loose[struct {
			Text  text `json:"text"`
			Reply loose[struct {
				Text text `json:"text"`
			}] `json:"reply"`
		}]] `json:"actions"`
	}] `json:"content"`
	Metadata loose[struct {
		Public text `json:"public"`
	}] `json:"metadata"`
	Attachments loose[[]wireAttachment] `json:"attachments"`
}

// Log reads the conversation log of a ticket a hundred events at a time.
func (d *desk) Log(ctx context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	c := ticketCall(id, "/conversation_log")
	c.query = url.Values{"sort": {"-created_at"}}
	c.subject = "the messages of " + c.subject
	return func(yield func(tracker.CommentPage, error) bool) {
		for l, err := range pages[logListing](ctx, d, c, "") {
			if err == nil {
				err = d.require(c, l.Events != nil, "events")
			}
			if err != nil {
				yield(tracker.CommentPage{}, err)
				return
			}
			page := tracker.CommentPage{More: l.more()}
			for _, e := range *l.Events {
				if comment, says := e.value.translate(); says {
					page.Comments = append(page.Comments, comment)
				}
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// translate returns what an event says; false where it says nothing, as many kinds of
// events do.
func (e wireEvent) translate() (tracker.TicketComment, bool) {
	content, author := e.Content.value, e.Author.value
	c := tracker.TicketComment{
		ID: e.number(), AuthorID: int64(author.ID), Author: string(author.Name), Role: string(author.Type),
		HTML: string(content.Body.text), Cut: content.Text.cut || content.Body.cut, Public: e.Metadata.value.Public != "false", CreatedAt: e.CreatedAt.Time,
	}
	if c.Role == "user" {
		c.Role = "end-user"
	}
	said := []string{string(content.Text.text)}
	for _, action := range content.Actions.value {
		if option := string(cmp.Or(action.value.Reply.value.Text, action.value.Text)); option != "" {
			said = append(said, "- "+option)
		}
	}
	if c.Text = strings.TrimSpace(strings.Join(said, "\n")); c.Text == "" {
		c.Text = plaintext.FromHTML(c.HTML)
	}
	for _, a := range e.Attachments.value {
		c.Attachments = append(c.Attachments, a.translate())
	}
	return c, c.Text != "" || strings.TrimSpace(c.HTML) != "" || len(c.Attachments) > 0
}

// number is the id of the comment that an event is, or a negative number made
// of the id of a message, which is a word.
func (e wireEvent) number() int64 {
	if id, found := strings.CutPrefix(string(e.Reference), "zen:ticket_event:"); found && e.Type == "Comment" {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 {
			return n
		}
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(cmp.Or(e.ID, e.Reference, e.Content.value.Text.text))) // a hash takes everything
	return -1 - int64(sum.Sum64()&math.MaxInt64>>1)
}
