package courier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"storydesk/tracker"
)

// uploadLife is how long an uploaded file is used: Zendesk keeps it for an hour. An
// update that begins until then has some minutes left.
const uploadLife = 50 * time.Minute

// upload is a file that was uploaded and that no ticket has yet.
type upload struct {
	token string
	// until is until when it is used, by our clock.
	until time.Time
}

// uploadKey names an upload: each delivery has its own, for a token is good for one update.
type uploadKey struct {
	delivery tracker.DeliveryID
	file     tracker.FileID
}

// carries reads the attachments of the delivery's comment.
func carries(a *attempt, r tracker.Reader) error {
	if a.d.CommentID == 0 {
		return nil
	}
	list, err := r.Files(a.d.StoryID)
	a.files = slices.DeleteFunc(list, func(f tracker.StoryFile) bool { return !slices.Contains(f.Comments, a.d.CommentID) })
	return err
}

// upload uploads the attachments that have not been. fresh reports whether it sent one:
// the ticket has to be read again then, for that takes its time. done is true when the
// attempt ends here. An upload changes no ticket: one that failed, or whose answer was
// lost, is made again.
func (a *attempt) upload(ctx context.Context) (fresh, done bool, err error) {
	for _, f := range a.files {
		if a.tokens[f.ID] != "" {
			continue
		}
		if token := a.s.uploaded(uploadKey{a.d.ID, f.ID}); token != "" {
			a.tokens[f.ID], a.reused = token, true
			continue
		}
		fresh = true
		if done, err := uploadFile(ctx, a, f); done || err != nil {
			return fresh, true, err
		}
	}
	return fresh, false, nil
}

// uploadFile uploads one file. done is true when it could not.
func uploadFile(ctx context.Context, a *attempt, f tracker.StoryFile) (done bool, err error) {
	content, err := a.s.Files.Open(f)
	switch {
	case tracker.CodeOf(err) == tracker.CodeUnavailable: // a database that holds it, for a while
		e := asError(err)
		a.code, a.d.Reason = e.Code, e.Message
		return true, a.tryLater(ctx, e)
	case err != nil:
		return true, a.park(ctx, err.Error())
	}
	defer func() { _ = content.Close() }() // it was only read
	sum := sha256.New()
	held, end := context.WithCancel(ctx)
	defer context.AfterFunc(a.held, end)() //nolint:contextcheck // the claim ends beside what it is run with
	token, ends, err := a.account.Upload(held, f, io.TeeReader(content, sum))
	end()
	if l, ok := errors.AsType[lost](context.Cause(a.held)); ok { //nolint:contextcheck // as above
		return true, l.error
	}
	if err != nil {
		return true, notUploaded(ctx, a, err)
	}
	if f.Size > 0 && hex.EncodeToString(sum.Sum(nil)) != f.Sum {
		return true, a.park(ctx, fmt.Sprintf("the file of %s is not as it was attached; remove the attachment or restore its file, then retry", f.Name))
	}
	until := a.s.Now().Add(uploadLife)
	if !ends.IsZero() && ends.Before(until) {
		until = ends
	}
	a.tokens[f.ID] = token
	a.s.remember(uploadKey{a.d.ID, f.ID}, upload{token, until})
	return false, nil
}

// notUploaded settles an attempt whose file Zendesk did not take: for good where it says
// so itself; what stands in between may change its mind. Rights that only uploads lack hold up no other private comment.
func notUploaded(ctx context.Context, a *attempt, err error) error {
	e := asError(err)
	switch e.Code {
	case tracker.CodeRefused, tracker.CodeForbidden, tracker.CodeMissingScope, tracker.CodeNotFound:
		a.code = e.Code
		if e.Unsent {
			return a.park(ctx, e.Message+a.perhapsThere())
		}
		a.d.Reason = e.Message
		return a.tryLater(ctx, e)
	default:
		return a.notSent(ctx, err)
	}
}

// tokensOf lists the tokens of the files that the comment carries, in their order.
func tokensOf(a *attempt) []string {
	var list []string
	for _, f := range a.files {
		list = append(list, a.tokens[f.ID])
	}
	return list
}

// without says that a comment is on its ticket without its attachments, empty where they
// are there.
func without(a *attempt, comment tracker.TicketComment) string {
	if len(comment.Attachments) >= len(a.files) {
		return ""
	}
	return "sent, but Zendesk does not show its attachments: check the ticket"
}

// uploaded returns the token of a file that was uploaded for a delivery and can be used.
func (s *Service) uploaded(key uploadKey) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.uploads[key]; s.Now().Before(u.until) {
		return u.token
	}
	return ""
}

// remember notes an upload, so that another attempt need not repeat it.
func (s *Service) remember(key uploadKey, u upload) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.uploads, func(_ uploadKey, old upload) bool { return !s.Now().Before(old.until) })
	s.uploads[key] = u
}

// forget forgets the uploads of a delivery: they were used, or may have been.
func (s *Service) forget(id tracker.DeliveryID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.uploads {
		if key.delivery == id {
			delete(s.uploads, key)
		}
	}
}
