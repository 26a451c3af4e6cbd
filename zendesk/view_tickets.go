package zendesk

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"storydesk/tracker"
	"storydesk/zendesk/wire"
)

const (
	// maxOffset is how many tickets can be asked for by the number of their
	// page, https://developer.zendesk.com/api-reference/introduction/pagination/.
	// An account may allow fewer.
	maxOffset = 10_000
	// tooDeep is the code of the refusal of a page beyond that.
	tooDeep = "InvalidPaginationDepth"
	// sideloaded is what is asked for beside the tickets of a view.
	sideloaded = "users,groups,organizations,custom_statuses,slas,metric_sets"
	// byCursor begins the name of a page that has a cursor; others are numbers.
	byCursor = "after:"
)

// ViewTickets reads a view's tickets in its order, a hundred at a time. The
// first page is asked for by its number, since such answers alone carry the
// count, and the others, too, some at once. The count may be hours old, so it
// only says how many pages to ask for at once: next_page says where the view
// ends. Where the view goes on behind the last page that can be asked for by
// number, all are asked for by cursor, one after the other. A page is a
// position, so a ticket that moves meanwhile may come twice; it is passed on
// once.
//
// Every page is asked for with the ETag of what is held of it, so that
// an unchanged view costs requests, but no data. No page is skipped because an
// earlier one has not changed: a ticket in the middle can change alone, and a
// count can be too old to show that one has left.
func (d *account) ViewTickets(ctx context.Context, id tracker.ViewID, from string) iter.Seq2[tracker.TicketPage, error] {
	return func(yield func(tracker.TicketPage, error) bool) {
		r := viewReading{
			account: d, view: id, call: viewCall(id, "/tickets"), number: d.held.begin(),
			seen: make(map[tracker.TicketID]bool), yield: yield,
		}
		r.read(ctx, from)
	}
}

// viewReading is one reading of a view's tickets.
type viewReading struct {
	account *account
	view    tracker.ViewID
	call    call
	// number identifies this reading.
	number uint64
	seen   map[tracker.TicketID]bool
	// whole is true when it began at the first page.
	whole bool
	yield func(tracker.TicketPage, error) bool
}

// numbered is a page that was asked for by its number.
type numbered struct {
	wire.TicketListing
	number int
	// depth is how many tickets can be asked for so.
	depth int
}

// needsCursor reports whether the next page cannot be asked for by its number.
// A page without tickets that promises more is not believed.
func (p numbered) needsCursor() bool {
	return p.After() != "" || int(p.Count) > p.depth || p.number*pageSize >= p.depth || p.Tickets != nil && len(*p.Tickets) == 0
}

// next names the page that follows.
func (p numbered) next() string {
	if p.needsCursor() {
		return byCursor + p.After()
	}
	return strconv.Itoa(p.number + 1)
}

// counted is the number of the last page that the count knows of.
func (p numbered) counted() int { return min(int(p.Count)+pageSize-1, p.depth) / pageSize }

// read passes on the pages from a named one to the last.
func (r *viewReading) read(ctx context.Context, from string) {
	r.whole = from == ""
	if after, found := strings.CutPrefix(from, byCursor); found {
		r.byCursor(ctx, after)
		return
	}
	number, err := strconv.Atoi(from)
	if err != nil || number < 1 {
		number = 1
	}
	for last := number; ; {
		page, more := r.byNumber(ctx, number, last)
		switch {
		case !more:
			return
		case page.needsCursor():
			r.byCursor(ctx, page.After())
			return
		}
		number = page.number + 1
		last = max(number, page.counted())
	}
}

// byNumber passes on pages by their numbers and returns the last of them. More
// is false when there is nothing left to read.
func (r *viewReading) byNumber(ctx context.Context, first, last int) (page numbered, more bool) {
	for p, err := range inOrder(ctx, first, last, r.page) {
		var refused *refusal
		if errors.As(err, &refused) && refused.code == tooDeep {
			lower(r.account.depth, max(page.number, first-1)*pageSize)
			// Which cursor is behind the last page is not known.
			return numbered{number: page.number}, true
		}
		if err != nil {
			r.yield(tracker.TicketPage{}, err)
			return page, false
		}
		if page = p; !r.give(ctx, p.TicketListing, p.next()) || !p.More() {
			return page, false
		}
		if page.needsCursor() {
			break
		}
	}
	return page, true
}

// lower records that no more tickets than depth can be asked for by number.
func lower(known *atomic.Int64, depth int) {
	for at := known.Load(); int64(depth) < at && !known.CompareAndSwap(at, int64(depth)); {
		at = known.Load()
	}
}

// page asks for a page by its number.
func (r *viewReading) page(ctx context.Context, number int) (numbered, error) {
	c := r.call
	c.query = url.Values{"include": {sideloaded}, "per_page": {strconv.Itoa(pageSize)}}
	if number > 1 {
		c.query.Set("page", strconv.Itoa(number))
	}
	p := numbered{number: number, depth: int(r.account.depth.Load())}
	a, err := r.ask(ctx, c)
	if err == nil {
		p.TicketListing, err = r.listing(a)
	}
	return p, err
}

// byCursor passes on the pages behind a cursor, or all.
func (r *viewReading) byCursor(ctx context.Context, after string) {
	c := r.call
	c.method, c.query = http.MethodGet, url.Values{"include": {sideloaded}}
	for l, err := range r.hurried(ctx, c, after) {
		if err != nil {
			r.yield(tracker.TicketPage{}, err)
			return
		}
		if !r.give(ctx, l, byCursor+l.After()) {
			return
		}
	}
}

// give passes on the tickets of a page that were not seen before.
func (r *viewReading) give(ctx context.Context, l wire.TicketListing, next string) bool {
	tickets, err := r.account.tickets(ctx, r.call, l)
	if err != nil {
		r.yield(tracker.TicketPage{}, err)
		return false
	}
	page := tracker.TicketPage{Total: -1, More: l.More(), Account: homeOf(r.account.host, *l.Tickets)}
	for _, t := range tickets {
		if !r.seen[t.ID] {
			r.seen[t.ID] = true
			page.Tickets = append(page.Tickets, t)
		}
	}
	switch {
	case !page.More && r.whole:
		page.Total = len(r.seen)
		r.account.held.sweep(r.view, r.number)
	case l.Count > 0:
		page.Total = max(int(l.Count), len(r.seen))
	}
	if page.More {
		page.Next = next
	}
	return r.yield(page, nil)
}
