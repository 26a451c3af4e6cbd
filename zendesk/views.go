package zendesk

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"storydesk/tracker"
)

const (
	// maxOffset is how many tickets can be asked for by the number of their
	// page, https://developer.zendesk.com/api-reference/introduction/pagination/.
	maxOffset = 10_000
	// sideloaded is what is asked for beside the tickets of a view.
	sideloaded = "users,groups,organizations"
	// byCursor begins the name of a page that has a cursor; others are numbers.
	byCursor = "after:"
)

// heldPages are the pages of views that need not be sent again while the desk
// says that they are still true.
type heldPages struct {
	mu     sync.Mutex
	byView map[tracker.ViewID]heldPage
}

// heldPage is the first page of a view with the tag by which the desk says that
// it is still true.
type heldPage struct {
	etag    string
	listing ticketListing
}

// View reads a view's title and whether it is active.
func (d *desk) View(ctx context.Context, id tracker.ViewID) (tracker.View, error) {
	c := viewCall(id, "")
	var body struct {
		View wireView `json:"view"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return tracker.View{}, err
	}
	if err := d.require(c, body.View.ID > 0, "view"); err != nil {
		return tracker.View{}, err
	}
	return body.View.view(), nil
}

type viewListing struct {
	paging
	Views *[]wireView `json:"views"`
}

// Views lists the active views that the user can see, in the order of Zendesk's menu.
func (d *desk) Views(ctx context.Context) ([]tracker.View, error) {
	c := call{method: http.MethodGet, path: "views", query: url.Values{"active": {"true"}}, subject: "the list of views", topic: topicView}
	var views []tracker.View
	for l, err := range pages[viewListing](ctx, d, c, "") {
		if err == nil {
			err = d.require(c, l.Views != nil, "views")
		}
		if err != nil {
			return nil, err
		}
		for _, w := range *l.Views {
			if v := w.view(); v.ID > 0 && v.Active {
				views = append(views, v)
			}
		}
	}
	return views, nil
}

func (w wireView) view() tracker.View {
	return tracker.View{ID: tracker.ViewID(w.ID), Title: string(w.Title), Active: w.Active != "false"}
}

func viewCall(id tracker.ViewID, rest string) call {
	return call{
		method:  http.MethodGet,
		path:    fmt.Sprintf("views/%d%s", id, rest),
		subject: fmt.Sprintf("view %d", id),
		topic:   topicView,
	}
}

// ViewTickets reads a view's tickets in its order, a hundred at a time. The
// first page is asked for by its number, since such answers alone carry the
// count, and the others, too, some at once; where the view holds more than can
// be reached so, they are asked for by cursor, one after the other. A page is a
// position, so a ticket that moves meanwhile may come twice; it is passed on
// once.
func (d *desk) ViewTickets(ctx context.Context, id tracker.ViewID, from string) iter.Seq2[tracker.TicketPage, error] {
	return func(yield func(tracker.TicketPage, error) bool) {
		r := viewReading{desk: d, view: id, call: viewCall(id, "/tickets"), seen: make(map[tracker.TicketID]bool), yield: yield}
		r.read(ctx, from)
	}
}

// viewReading is one reading of a view's tickets.
type viewReading struct {
	desk *desk
	view tracker.ViewID
	call call
	seen map[tracker.TicketID]bool
	// whole is true when it began at the first page.
	whole bool
	yield func(tracker.TicketPage, error) bool
}

// numbered is a page that was asked for by its number.
type numbered struct {
	ticketListing
	number int
}

// more tells whether another page follows: by the count, where there is one.
func (p numbered) more() bool {
	if p.Count > 0 && p.after() == "" {
		return p.number*pageSize < int(p.Count)
	}
	return p.ticketListing.more()
}

// needsCursor tells whether the next page cannot be asked for by its number.
func (p numbered) needsCursor() bool {
	return p.after() != "" || p.Count == 0 || p.Count > maxOffset || p.number*pageSize >= maxOffset
}

// next names the page that follows.
func (p numbered) next() string {
	if p.needsCursor() {
		return byCursor + p.after()
	}
	return strconv.Itoa(p.number + 1)
}

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
	// A view that grows meanwhile has pages behind those that were counted.
	for last := number; number <= last; {
		var page numbered
		for p, err := range inOrder(ctx, number, last, r.page) {
			if err != nil {
				r.yield(tracker.TicketPage{}, err)
				return
			}
			page = p
			if !r.give(p.ticketListing, p.more(), p.next()) || !p.more() {
				return
			}
		}
		if page.needsCursor() {
			r.byCursor(ctx, page.after())
			return
		}
		number, last = page.number+1, min(int(page.Count)+pageSize-1, maxOffset)/pageSize
	}
}

// byCursor passes on the pages behind a cursor, or all.
func (r *viewReading) byCursor(ctx context.Context, after string) {
	c := r.call
	c.method, c.query = http.MethodGet, url.Values{"include": {sideloaded}}
	for l, err := range hurried[ticketListing](ctx, r.desk, c, after) {
		if err != nil {
			r.yield(tracker.TicketPage{}, err)
			return
		}
		if !r.give(l, l.more(), byCursor+l.after()) {
			return
		}
	}
}

// give passes on the tickets of a page that were not seen before.
func (r *viewReading) give(l ticketListing, more bool, next string) bool {
	tickets, err := r.desk.tickets(r.call, l)
	if err != nil {
		r.yield(tracker.TicketPage{}, err)
		return false
	}
	page := tracker.TicketPage{Total: -1, More: more}
	for _, t := range tickets {
		if !r.seen[t.ID] {
			r.seen[t.ID] = true
			page.Tickets = append(page.Tickets, t)
		}
	}
	switch {
	case l.Count > 0:
		page.Total = int(l.Count)
	case !more && r.whole:
		page.Total = len(r.seen)
	}
	if more {
		page.Next = next
	}
	return r.yield(page, nil)
}

// page asks for a page by its number. The first page is answered from what we
// hold when the desk says that nothing on it has changed.
func (r *viewReading) page(ctx context.Context, number int) (numbered, error) {
	d, c := r.desk, r.call
	c.query = url.Values{"include": {sideloaded}, "per_page": {strconv.Itoa(pageSize)}}
	held := heldPage{}
	if number > 1 {
		c.query.Set("page", strconv.Itoa(number))
	} else {
		held = d.first.page(r.view)
		c.etag = held.etag
	}
	p := numbered{number: number}
	a, err := d.ask(ctx, c, &p.ticketListing)
	if err != nil {
		return numbered{}, err
	}
	if a.status == http.StatusNotModified {
		p.ticketListing = held.listing
	} else if number == 1 {
		d.first.hold(r.view, heldPage{etag: a.header.Get("ETag"), listing: p.ticketListing})
	}
	return p, nil
}

func (h *heldPages) page(id tracker.ViewID) heldPage {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.byView[id]
}

func (h *heldPages) hold(id tracker.ViewID, page heldPage) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.byView[id] = page
}
