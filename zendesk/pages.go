package zendesk

import (
	"context"
	"errors"
	"iter"
	"maps"
	"net/http"
	"strconv"
)

// pageSize is the most that Zendesk gives at once,
// https://developer.zendesk.com/api-reference/introduction/pagination/.
const pageSize = 100

var errNoCursor = errors.New("the listing goes on, but does not say where")

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

// pages reads a listing from a cursor, or from its beginning, to its end or to
// the first error. Every page is asked for at the desk's own host.
func pages[L listing](ctx context.Context, d *desk, c call, after string) iter.Seq2[L, error] {
	return func(yield func(L, error) bool) {
		c := c
		c.method = http.MethodGet
		c.query = maps.Clone(c.query)
		if after != "" {
			c.query.Set("page[after]", after)
		}
		c.query.Set("page[size]", strconv.Itoa(pageSize))
		seen := map[string]bool{"": true, after: true}
		for {
			var page, none L
			if err := d.do(ctx, c, &page); err != nil {
				yield(none, err)
				return
			}
			if page.more() && seen[page.after()] {
				yield(none, d.unreadable(c, answer{}, errNoCursor))
				return
			}
			if !yield(page, nil) || !page.more() {
				return
			}
			seen[page.after()] = true
			c.query.Set("page[after]", page.after())
		}
	}
}
