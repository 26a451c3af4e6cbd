package zendesk

import (
	"context"
	"errors"
	"iter"
	"maps"
	"net/http"
	"strconv"

	"storydesk/zendesk/transport"
	"storydesk/zendesk/wire"
)

// pageSize is the most that Zendesk gives at once,
// https://developer.zendesk.com/api-reference/introduction/pagination/.
const pageSize = 100

var errNoCursor = errors.New("the list has more pages, but no address for the next one")

type listing interface {
	More() bool
	After() string
}

// at returns the call for the page behind a cursor, or for the first.
func (c call) at(cursor string) call {
	c.method = http.MethodGet
	c.query = maps.Clone(c.query)
	c.query.Set("page[size]", strconv.Itoa(pageSize))
	if cursor != "" {
		c.query.Set("page[after]", cursor)
	}
	return c
}

// trail holds the cursors that a listing has given.
type trail map[string]bool

// follow fails where a page goes on, but not to anywhere new.
func (t trail) follow(d *account, c call, page listing) error {
	if page.More() && t[page.After()] {
		return d.unreadable(c, transport.Answer{}, errNoCursor)
	}
	t[page.After()] = true
	return nil
}

// pages reads a listing from a cursor, or from its beginning, to its end or to
// the first error. Every page is asked for at the account's host.
func pages[L listing](ctx context.Context, d *account, c call, after string) iter.Seq2[L, error] {
	return func(yield func(L, error) bool) {
		been := trail{"": true, after: true}
		for {
			var page L
			err := d.do(ctx, c.at(after), &page)
			if err == nil {
				err = been.follow(d, c, page)
			}
			if !yield(page, err) || err != nil || !page.More() {
				return
			}
			after = page.After()
		}
	}
}

// glimpse is a page that was not decoded yet, with the cursor behind it as far
// as a glance shows; empty on the last page.
type glimpse struct {
	pageAnswer
	next string
}

// hurried reads a view's pages from a cursor, or from its beginning, to the end
// or to the first error, for a reader who wants them all: the next page is asked
// for before this one is decoded, and one page waits for the reader.
func (r *viewReading) hurried(ctx context.Context, c call, after string) iter.Seq2[wire.TicketListing, error] {
	return func(yield func(wire.TicketListing, error) bool) {
		been := trail{"": true, after: true}
		for again := true; again; {
			again = false
			for g, err := range ahead(ctx, r.glimpses(c, after)) {
				var page wire.TicketListing
				if err == nil {
					page, err = r.decoded(g, been)
				}
				if !yield(page, err) || err != nil || !page.More() {
					return
				}
				after = page.After()
				// What a glance took for the cursor need not be it: then all
				// starts again after this page.
				if again = g.next != after; again {
					break
				}
			}
		}
	}
}

// decoded reads a page of a view that has given the cursors in been.
func (r *viewReading) decoded(g glimpse, been trail) (wire.TicketListing, error) {
	page, err := r.listing(g.pageAnswer)
	if err == nil {
		err = been.follow(r.account, g.call, page)
	}
	return page, err
}

// glimpses reads pages until one shows no cursor.
func (r *viewReading) glimpses(c call, after string) func(context.Context) iter.Seq2[glimpse, error] {
	return func(ctx context.Context) iter.Seq2[glimpse, error] {
		return func(yield func(glimpse, error) bool) {
			for more := true; more; {
				a, err := r.ask(ctx, c.at(after))
				g := glimpse{pageAnswer: a, next: wire.NextCursor(a.Body)}
				if held := a.held.listing; a.Status == http.StatusNotModified && held.More() {
					g.next = held.After()
				}
				more = yield(g, err) && err == nil && g.next != "" && g.next != after
				after = g.next
			}
		}
	}
}
