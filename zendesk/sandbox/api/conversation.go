package api

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
)

// logEvent is an event of a conversation log,
// https://developer.zendesk.com/documentation/ticketing/reference-guides/conversation-log-events-reference.
type logEvent struct {
	ID          string              `json:"id"`
	Type        string              `json:"type"`
	Reference   string              `json:"reference"`
	CreatedAt   time.Time           `json:"created_at"`
	Attachments []record.Attachment `json:"attachments"`
	Author      map[string]any      `json:"author"`
	Content     map[string]any      `json:"content"`
	Metadata    map[string]any      `json:"metadata"`
}

// showLog answers the conversation log of a ticket: comments and messages,
// oldest first unless sort=-created_at is asked for.
func showLog(c *call) *answer.Answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	list := listing[logEvent]{name: "events", items: logOf(c.world, rec), alwaysNext: true}
	if c.URL.Query().Get("sort") == "-created_at" {
		slices.Reverse(list.items)
		list.newestFirst = true
	}
	shown, env, refusal := list.page(c.Request)
	if refusal != nil {
		return refusal
	}
	for i, e := range shown {
		shown[i].Attachments = reachableFiles(c.Request, e.Attachments)
	}
	return answer.OK(env)
}

// logOf lists the events of a ticket, oldest first.
func logOf(w *world.World, rec *world.Record) []logEvent {
	events := make([]logEvent, 0, len(rec.Comments)+len(rec.Messages))
	for _, c := range rec.Comments {
		events = append(events, logEvent{
			ID: fmt.Sprintf("01K%023X", c.ID), Type: "Comment", Reference: fmt.Sprintf("zen:ticket_event:%d", c.ID), CreatedAt: c.CreatedAt,
			Attachments: c.Attachments, Author: logAuthor(w, c.AuthorID),
			Content:  map[string]any{"type": "html", "body": c.HTMLBody},
			Metadata: map[string]any{"public": c.Public},
		})
	}
	for _, m := range rec.Messages {
		e := logEvent{
			ID: m.ID, Type: "Messaging::ConversationMessage", Reference: "zen:sunco:conversation_message:" + m.ID, CreatedAt: m.CreatedAt,
			Attachments: m.Attachments, Author: logAuthor(w, m.AuthorID),
			Content: map[string]any{"type": "text", "text": m.Text}, Metadata: map[string]any{},
		}
		if m.Bot != "" {
			e.Author = map[string]any{"type": "bot", "display_name": m.Bot}
		}
		var actions []any
		for _, option := range m.Options {
			actions = append(actions, map[string]any{"reply": map[string]any{"text": option, "payload": option}})
		}
		if actions != nil {
			e.Content["actions"] = actions
		}
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b logEvent) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.Type, b.Type))
	})
	return events
}

// logAuthor describes a user as the log does.
func logAuthor(w *world.World, id int64) map[string]any {
	kind := "end-user"
	if u := w.User(id); u != nil && u.Agent() {
		kind = "agent"
	}
	return map[string]any{"type": kind, "display_name": w.Name(id), "zen:support:user_id": id}
}
