package zendesk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"net/http"
	"strconv"
)

// pageSize is the most that Zendesk gives at once,
// https://developer.zendesk.com/api-reference/introduction/pagination/.
const pageSize = 100

var errNoCursor = errors.New("the list has more pages, but no address for the next one")

// paging is the part of a listing that tells whether another page follows.
type paging struct {
	Meta loose[struct {
		HasMore text `json:"has_more"`
		After   text `json:"after_cursor"`
	}] `json:"meta"`
	// NextPage stands only in listings without cursors.
	NextPage text `json:"next_page"`
	// Count is how many there are on all pages; 0 when the desk does not say.
	Count number `json:"count"`
}

// more tells whether another page follows. links.next does not: it is there
// even on the last page.
func (p paging) more() bool {
	if p.Meta.value.HasMore != "" {
		return p.Meta.value.HasMore == "true"
	}
	return p.NextPage != ""
}

func (p paging) after() string { return string(p.Meta.value.After) }

type listing interface {
	more() bool
	after() string
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
func (t trail) follow(d *desk, c call, page listing) error {
	if page.more() && t[page.after()] {
		return d.unreadable(c, answer{}, errNoCursor)
	}
	t[page.after()] = true
	return nil
}

// pages reads a listing from a cursor, or from its beginning, to its end or to
// the first error. Every page is asked for at the desk's own host.
func pages[L listing](ctx context.Context, d *desk, c call, after string) iter.Seq2[L, error] {
	return func(yield func(L, error) bool) {
		been := trail{"": true, after: true}
		for {
			var page L
			err := d.do(ctx, c.at(after), &page)
			if err == nil {
				err = been.follow(d, c, page)
			}
			if !yield(page, err) || err != nil || !page.more() {
				return
			}
			after = page.after()
		}
	}
}

// glimpse is a page that was not decoded yet, with the cursor behind it as far
// as that could be told at a glance; empty on the last page.
type glimpse struct {
	pageAnswer
	next string
}

// hurried reads a view's pages from a cursor, or from its beginning, to the end
// or to the first error, for a reader who wants them all: the next page is asked
// for before this one is decoded, and one page waits for the reader.
func (r *viewReading) hurried(ctx context.Context, c call, after string) iter.Seq2[ticketListing, error] {
	return func(yield func(ticketListing, error) bool) {
		been := trail{"": true, after: true}
		for again := true; again; {
			again = false
			for g, err := range ahead(ctx, r.glimpses(c, after)) {
				var page ticketListing
				if err == nil {
					page, err = r.decoded(g, been)
				}
				if !yield(page, err) || err != nil || !page.more() {
					return
				}
				after = page.after()
				// What a glance took for the cursor need not be it: then all
				// begins anew behind this page.
				if again = g.next != after; again {
					break
				}
			}
		}
	}
}

// decoded reads a page of a view that has given the cursors in been.
func (r *viewReading) decoded(g glimpse, been trail) (ticketListing, error) {
	page, err := r.listing(g.pageAnswer)
	if err == nil {
		err = been.follow(r.desk, g.call, page)
	}
	return page, err
}

// glimpses reads pages until one shows no cursor.
func (r *viewReading) glimpses(c call, after string) func(context.Context) iter.Seq2[glimpse, error] {
	return func(ctx context.Context) iter.Seq2[glimpse, error] {
		return func(yield func(glimpse, error) bool) {
			for more := true; more; {
				a, err := r.ask(ctx, c.at(after))
				g := glimpse{pageAnswer: a, next: nextCursor(a.body)}
				if held := a.held.listing; a.status == http.StatusNotModified && held.more() {
					g.next = held.after()
				}
				more = yield(g, err) && err == nil && g.next != "" && g.next != after
				after = g.next
			}
		}
	}
}

// nextCursor finds the cursor in a page that is not decoded, which takes a
// tenth of the time. Quotes within texts are escaped, so that only a key looks
// like one; whether it is the listing's own, decoding shows.
func nextCursor(body []byte) string {
	const key = `"meta":`
	at := bytes.LastIndex(body, []byte(key))
	if at < 0 {
		return ""
	}
	var p paging
	if json.NewDecoder(bytes.NewReader(body[at+len(key):])).Decode(&p.Meta) != nil || !p.more() {
		return ""
	}
	return p.after()
}
