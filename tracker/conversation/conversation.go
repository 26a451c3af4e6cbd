package conversation

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// logPages is how many pages of a conversation log are read at least: chats are
// longer than what is written by e-mail, and the log of some accounts begins
// with the oldest page.
const logPages = 10

// leastText is how many bytes of a comment are read however long the others are.
const leastText = 2 << 10

// Read reads the newest pages of a ticket's comments from Zendesk, and the
// messages of a chat.
func (s *Service) Read(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID, pages int) (tracker.Conversation, error) {
	in, t, err := s.views.LastSeen(ctx, id, ticket)
	if err != nil {
		return tracker.Conversation{}, err
	}
	if !kind.Of(in).Conversation {
		return itsText(t), nil
	}
	account, err := s.accounts.Account(ctx, in)
	if err != nil {
		return tracker.Conversation{}, err
	}
	var c tracker.Conversation
	read := 0
	for page, err := range account.Comments(ctx, ticket) {
		if err != nil {
			return tracker.Conversation{}, err
		}
		c.Comments, c.Older = append(c.Comments, page.Comments...), page.More
		if read++; read == pages {
			break
		}
	}
	s.views.Reached(ctx, in.Host)
	slices.Reverse(c.Comments)
	if !t.Messaging {
		boundTexts(c.Comments)
		return c, nil
	}
	log, older, err := readLog(ctx, account, ticket, read+logPages-1)
	if ctx.Err() != nil {
		return tracker.Conversation{}, err
	}
	c.Problem = logProblem(err)
	c.Comments, c.Older = join(c.Comments, log), c.Older || older
	boundTexts(c.Comments)
	return c, nil
}

// itsText is all that was said on a ticket whose kind has no conversation: its text.
func itsText(t tracker.Ticket) tracker.Conversation {
	if strings.TrimSpace(t.Description) == "" {
		return tracker.Conversation{}
	}
	said := []tracker.TicketComment{{ID: 1, Author: t.Requester, Text: t.Description, Public: true, CreatedAt: t.CreatedAt}}
	boundTexts(said)
	return tracker.Conversation{Comments: said}
}

// readLog reads pages of the conversation log of a ticket.
func readLog(ctx context.Context, account tracker.Account, ticket tracker.TicketID, pages int) (log []tracker.TicketComment, older bool, err error) {
	for page, err := range account.Log(ctx, ticket) {
		if err != nil {
			return log, false, err
		}
		log, older = append(log, page.Comments...), page.More
		if pages--; pages <= 0 {
			break
		}
	}
	return log, older, nil
}

// join puts what the log alone has among the comments, by time.
func join(comments, log []tracker.TicketComment) []tracker.TicketComment {
	known := make(map[int64]bool)
	for _, c := range comments {
		known[c.ID] = true
	}
	for _, c := range log {
		if !known[c.ID] {
			known[c.ID] = true
			comments = append(comments, c)
		}
	}
	slices.SortStableFunc(comments, func(a, b tracker.TicketComment) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return comments
}

// boundTexts cuts comments, which are oldest first, so that all together have no
// more than MaxText bytes: the newest stay whole, and of the others at least the
// first lines.
func boundTexts(comments []tracker.TicketComment) {
	left := tracker.MaxText
	for i := len(comments) - 1; i >= 0; i-- {
		c := &comments[i]
		most := max(left, leastText)
		size := max(len(c.HTML), len(c.Text))
		if size > most {
			c.HTML, c.Text, c.Cut = firstBytes(c.HTML, most), firstBytes(c.Text, most), true
		}
		left -= min(size, most)
	}
}

// firstBytes returns the first characters of a text that have no more than so
// many bytes, apart from the rest of it.
func firstBytes(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return strings.Clone(text[:most])
}

// logProblem says why messages could not be read, empty for no error.
func logProblem(err error) string {
	if err == nil {
		return ""
	}
	switch tracker.CodeOf(err) {
	case tracker.CodeForbidden, tracker.CodeMissingScope:
		return "Zendesk does not let this user read the messages of this chat."
	case tracker.CodeNotFound, tracker.CodeNoAccount:
		return "Zendesk has no conversation log of this chat, so its messages cannot be shown here."
	default:
		return "The messages of this chat could not be read: " + err.Error()
	}
}

// transcript writes what was said in a chat, without its private comments. It
// is empty where the log has no message.
func transcript(t tracker.Ticket, log []tracker.TicketComment) string {
	log = join(nil, log)
	var said []string
	messages := false
	for _, c := range log {
		text := strings.TrimSpace(c.Text)
		if !c.Public || c.ID > 0 && text == strings.TrimSpace(t.Description) {
			continue
		}
		for _, a := range c.Attachments {
			text = strings.TrimSpace(text + " [" + a.Name + "]")
		}
		messages = messages || c.ID < 0
		said = append(said, cmp.Or(strings.TrimSpace(c.Author), "somebody")+": "+text)
	}
	if !messages {
		return ""
	}
	return strings.Join(said, "\n\n")
}
