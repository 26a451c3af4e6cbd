package follow

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
	"storydesk/tracker/plaintext"
)

const (
	// readBack is how far behind what is known comments are read again: Zendesk's lists
	// lag behind its tickets, and the clocks of its machines disagree.
	readBack = 10 * time.Minute
	// sameSecond is how long another change may have the same time, which has whole
	// seconds, or a second more where the clocks disagree.
	sameSecond = 2 * time.Second
	// chatPages is how many pages of the messages of a chat are read at most.
	chatPages = 10
	// maxText is how many bytes of a comment are saved; the ticket has the rest.
	maxText = 8 << 10
)

// Follow records what happened on an account's linked tickets, as they were last seen,
// since it was called last. It reads the comments of at most so many tickets, those that
// have waited longest, leaves the others for the next time, and returns how many requests
// that took. A ticket whose comments the user may not read is passed over until it
// changes again. It fails where Zendesk cannot be asked at all, with what came before saved.
func (s *Service) Follow(ctx context.Context, account tracker.Account, host string, most int) (requests int, err error) {
	changed, err := s.changed(ctx, host)
	if err != nil {
		return 0, err
	}
	slices.SortStableFunc(changed, func(a, b tracker.Followed) int { return a.ReadTo.Compare(b.ReadTo) })
	for _, f := range changed {
		var comments []tracker.TicketComment
		whole := !f.Since.IsZero() && f.Ticket.UpdatedAt.After(f.ReadTo)
		if whole && most == 0 {
			continue
		}
		if whole {
			most--
			var asked int
			comments, asked, err = read(ctx, account, f)
			requests += asked
			if err != nil && hopeless(ctx, err) {
				return requests, err
			}
			if err != nil {
				s.Log.Warn("the comments of a linked ticket cannot be read", "ticket", f.Ticket.ID, "code", tracker.CodeOf(err))
			}
			if tracker.CodeOf(err) == tracker.CodeUnreadable {
				f.Ticket.UpdatedAt = f.ReadTo // what is missing is read the next time
			}
		}
		if err := s.record(ctx, f, comments); err != nil {
			return requests, err
		}
	}
	return requests, nil
}

// changed lists the followed tickets on which something may have happened.
func (s *Service) changed(ctx context.Context, host string) (list []tracker.Followed, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		list, err = r.Followed(host)
		return err
	})
	return slices.DeleteFunc(list, func(f tracker.Followed) bool { return !f.Changed() }), err
}

// hopeless reports whether asking for other tickets would fail as well.
func hopeless(ctx context.Context, err error) bool {
	return ctx.Err() != nil || slices.Contains([]tracker.Code{
		tracker.CodeLimited, tracker.CodeUnauthorized, tracker.CodeUnavailable, tracker.CodeNoAccount,
	}, tracker.CodeOf(err))
}

// read reads the comments of a ticket that are not known yet and, of a chat, its
// messages; it returns how many requests that took.
func read(ctx context.Context, account tracker.Account, f tracker.Followed) (list []tracker.TicketComment, requests int, err error) {
	back := f.ReadTo.Add(-readBack)
	list, requests, err = readPages(account.Comments(ctx, f.Ticket.ID), back, 0)
	if err != nil || !f.Ticket.Messaging {
		return list, requests, err
	}
	said, more, err := readPages(account.Log(ctx, f.Ticket.ID), back, chatPages)
	for _, c := range said {
		if c.ID < 0 { // the others are the comments again
			list = append(list, c)
		}
	}
	return list, requests + more, err
}

// readPages reads pages that begin with the newest, back to a time or so many; 0 for all.
func readPages(pages iter.Seq2[tracker.CommentPage, error], back time.Time, most int) (list []tracker.TicketComment, requests int, err error) {
	for page, err := range pages {
		requests++
		if err != nil {
			return list, requests, err
		}
		list = append(list, page.Comments...)
		if requests == most || reaches(page.Comments, back) {
			break
		}
	}
	return list, requests, nil
}

// reaches reports whether a page shows that what follows is older than a time: its
// comments are dated, and in the order that was asked for.
func reaches(page []tracker.TicketComment, back time.Time) bool {
	falling := slices.IsSortedFunc(page, func(a, b tracker.TicketComment) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return len(page) > 0 && falling && page[len(page)-1].CreatedAt.Before(back)
}

// record saves what is new on a ticket. Whether it is, and what it was before, is asked
// in the same transaction: another process may have been quicker.
func (s *Service) record(ctx context.Context, read tracker.Followed, comments []tracker.TicketComment) error {
	slices.Reverse(comments) // they came newest first, and many have the same second
	slices.SortStableFunc(comments, func(a, b tracker.TicketComment) int { return a.CreatedAt.Compare(b.CreatedAt) })
	added := false
	write := func(w tracker.Writer) error {
		all, err := w.Followed(read.Ticket.Host)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(f tracker.Followed) bool { return f.Ticket.ID == read.Ticket.ID })
		if i < 0 {
			return nil // no story has it any more
		}
		events, err := eventsOf(w, all[i], comments)
		if err != nil {
			return err
		}
		for _, e := range events {
			e.NotedAt = s.Now()
			isNew, err := w.AddTicketEvent(&e)
			if err != nil {
				return err
			}
			added = added || isNew
		}
		return w.SaveFollowed(s.after(all[i], read.Ticket.UpdatedAt))
	}
	if err := s.Store.Write(ctx, write); err != nil {
		return err
	}
	if added {
		s.Publish(tracker.HintStories | tracker.HintTickets)
	}
	return nil
}

// after is how far a ticket is followed once all was recorded that was read of it as it
// was updated last.
func (s *Service) after(f tracker.Followed, updated time.Time) tracker.Followed {
	t := f.Ticket
	if f.Since.IsZero() {
		f.Since, f.ReadTo = t.UpdatedAt, t.UpdatedAt
	}
	// Until then a list of comments may lack the last ones: it is read once more.
	settled := cmp.Or(s.ListLag, kernel.DefaultListLag) + sameSecond
	if age := s.Now().Sub(updated); -settled < age && age < settled {
		updated = updated.Add(-time.Second)
	}
	if updated.After(f.ReadTo) {
		f.ReadTo = updated
	}
	f.Status, f.Priority, f.Satisfaction = t.Status, t.Priority, t.Satisfaction
	return f
}

// eventsOf makes events of what changed on a ticket and of those comments that are none
// of ours and not from before the link, oldest first.
func eventsOf(r tracker.Reader, f tracker.Followed, comments []tracker.TicketComment) ([]tracker.TicketEvent, error) {
	if f.Since.IsZero() {
		return nil, nil
	}
	deliveries, err := r.Deliveries(tracker.DeliveryQuery{Ticket: f.Ticket.TicketKey})
	if err != nil {
		return nil, err
	}
	own := ownOf(deliveries)
	var list []tracker.TicketEvent
	for _, c := range comments {
		if c.ID != 0 && c.CreatedAt.After(f.Since) && !own.wrote(c) {
			list = append(list, eventOf(f.Ticket.TicketKey, c))
		}
	}
	for _, e := range fieldEvents(f) {
		if !own.opened(e) {
			list = append(list, e)
		}
	}
	return list, nil
}

// fieldEvents are the changes of a ticket's fields.
func fieldEvents(f tracker.Followed) (list []tracker.TicketEvent) {
	t := f.Ticket
	for _, field := range []struct {
		kind     tracker.TicketEventKind
		old, now string
	}{
		{tracker.EventStatus, string(f.Status), string(t.Status)},
		{tracker.EventPriority, f.Priority, t.Priority},
		{tracker.EventSatisfaction, f.Satisfaction, t.Satisfaction},
	} {
		asked := field.kind == tracker.EventSatisfaction && field.now != "good" && field.now != "bad"
		if field.old != field.now && !asked {
			list = append(list, tracker.TicketEvent{
				Ticket: t.TicketKey, Kind: field.kind, Key: t.UpdatedAt.UnixMilli(), Public: true, Old: field.old, New: field.now, At: t.UpdatedAt,
			})
		}
	}
	return list
}

// eventOf makes an event of a comment.
func eventOf(ticket tracker.TicketKey, c tracker.TicketComment) tracker.TicketEvent {
	text := cmp.Or(strings.TrimSpace(plaintext.FromHTML(c.HTML)), strings.TrimSpace(c.Text))
	cut := c.Cut || len(text) > maxText
	if len(text) > maxText {
		end := maxText
		for !utf8.RuneStart(text[end]) {
			end--
		}
		text = strings.Clone(text[:end])
	}
	if cut {
		text += tracker.CutMark
	}
	for _, a := range c.Attachments {
		text = strings.TrimSpace(text + "\n[" + a.Name + "]")
	}
	return tracker.TicketEvent{
		Ticket: ticket, Kind: tracker.EventComment, Key: c.ID, Author: c.Author, Role: c.Role, Public: c.Public, Text: text, At: c.CreatedAt,
	}
}
