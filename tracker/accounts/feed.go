package accounts

import (
	"context"
	"iter"
	"net/url"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/verdict"
)

// checkFeed is CheckIntegration of a kind that reads one list. A user name and a password
// are needed only where the feed wants them.
func (s *renewals) checkFeed(d tracker.IntegrationDraft) (tracker.Integration, []*tracker.Error) {
	in := tracker.Integration{
		ID: d.ID, ProjectID: d.ProjectID, Name: strings.TrimSpace(d.Name), Kind: kind.Named(d.Kind).Name,
		Email: strings.TrimSpace(d.Email), Active: d.Active,
	}
	if in.Email != "" {
		in.Auth = tracker.AuthPassword
	}
	var found problems
	_, err := kind.Parse(d.Kind)
	found.note(err)
	in.URL, err = s.Feeds.Address(d.URL)
	found.note(err)
	in.Host, err = s.Feeds.Base(d.Base)
	found.note(err)
	switch {
	case strings.ContainsAny(in.Email, ":\r\n"):
		found.note(tracker.Invalid("user", "a user name has no colon and no line break"))
	case in.Email != "":
		found.note(s.Feeds.CheckSignIn(in.URL))
		if d.ID == 0 && d.Secret == "" && d.SameSignIn == 0 {
			found.note(tracker.Invalid("password", "enter the password, or leave the user name empty"))
		}
	case d.Secret != "":
		found.note(tracker.Invalid("user", "enter the user name that the password is for"))
	}
	found.note(in.ValidateName())
	if d.ProjectID == 0 {
		found.note(tracker.Invalid("project", "choose the project that shows the tickets"))
	}
	return in, found
}

// Items reads the feed of an integration; see [kind.Feeds].
func (s *opened) Items(ctx context.Context, in tracker.Integration, since kind.Version) iter.Seq2[kind.Page, error] {
	return func(yield func(kind.Page, error) bool) {
		var secret string
		if in.Auth != "" {
			credentials, err := s.credentials(ctx, in)
			if err != nil {
				yield(kind.Page{}, err)
				return
			}
			secret = credentials.Secret
			place, err := s.Secrets.Place(ctx, in.ID)
			if err == nil {
				s.readOwn(in, place)
				in, err = s.asUser(ctx, in)
			}
			if err != nil {
				yield(kind.Page{}, err)
				return
			}
		}
		s.Feeds.Items(ctx, in, secret, since)(yield)
	}
}

// testFeed tries the feed of a draft without saving it: address, items, then the warnings.
func testFeed(ctx context.Context, s *Service, in tracker.Integration, d tracker.IntegrationDraft, report func(verdict.TestStep)) error {
	var secret string
	if in.Auth != "" {
		credentials, err := draftCredentials(ctx, s, in, d)
		if err != nil {
			return err
		}
		secret = credentials.Secret
	}
	pages, items, skipped := 0, 0, 0
	for page, err := range s.Feeds.Items(ctx, in, secret, "") {
		if err != nil {
			return err
		}
		if pages++; pages == 1 {
			report(verdict.TestStep{Name: "address", Text: "feed at " + feedHost(in.URL)})
			if in.Email != "" {
				report(verdict.TestStep{Name: "user", Text: "signed in as " + in.Email})
			}
		}
		items, skipped = items+len(page.Items), page.Skipped
	}
	report(verdict.TestStep{Name: "items", Text: tracker.Counted(items, "item", "items")})
	if skipped > 0 {
		report(verdict.TestStep{
			Name: "skipped", Warning: true, Text: tracker.Counted(skipped, "item is", "items are") + " not shown: an item needs an external_id of its own and a name",
			Steps: []string{"have the feed give each item an external_id and a name"},
		})
	}
	return nil
}

// feedHost is the host of a feed's address, whose query may hold a key.
func feedHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "its address"
	}
	return u.Host
}
