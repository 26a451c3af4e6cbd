package zendesk

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"

	"storydesk/tracker"
	"storydesk/zendesk/transport"
	"storydesk/zendesk/wire"
)

// maxHeld is how many bytes of answers the pages may have that are held of an
// account's views: some ten thousand tickets. Pages beyond that are sent each time.
const maxHeld = 32 << 20

// heldPages are the pages of views that need not be sent again while
// Zendesk says that they are current.
type heldPages struct {
	mu     sync.Mutex
	pages  map[pageKey]heldPage
	size   int
	number uint64
}

// pageKey names a page of a view by what is asked for.
type pageKey struct {
	view  tracker.ViewID
	query string
}

// heldPage is a page of a view with the tag by which Zendesk says that it is
// current.
type heldPage struct {
	etag    string
	listing wire.TicketListing
	// size is the length of the answer.
	size int
	// reading is the last that used the page.
	reading uint64
}

// begin returns the number of a new reading.
func (h *heldPages) begin() uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.number++
	return h.number
}

func (h *heldPages) page(key pageKey) heldPage {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pages[key]
}

// hold replaces what is held of a page, if there is room for it.
func (h *heldPages) hold(key pageKey, page heldPage) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(key)
	if page.etag == "" || h.size+page.size > maxHeld {
		return
	}
	h.pages[key] = page
	h.size += page.size
}

func (h *heldPages) drop(key pageKey) {
	h.size -= h.pages[key].size
	delete(h.pages, key)
}

// sweep drops the pages of a view that its last whole reading did not use.
func (h *heldPages) sweep(view tracker.ViewID, reading uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for key, page := range h.pages {
		if key.view == view && page.reading < reading {
			h.drop(key)
		}
	}
}

// pageAnswer is what came of asking for a page of a view.
type pageAnswer struct {
	transport.Answer
	call call
	key  pageKey
	// held is what we hold of the page; it is current where the status is 304.
	held heldPage
}

// ask asks for a page, if it has changed since we read it.
func (r *viewReading) ask(ctx context.Context, c call) (pageAnswer, error) {
	a := pageAnswer{call: c, key: pageKey{r.view, c.query.Encode()}}
	a.held = r.account.held.page(a.key)
	c.etag = a.held.etag
	var err error
	a.Answer, err = r.account.fetch(ctx, c)
	return a, err
}

// listing decodes an answer, or takes what we hold, and holds it.
func (r *viewReading) listing(a pageAnswer) (wire.TicketListing, error) {
	page := heldPage{etag: a.Header.Get("ETag"), size: len(a.Body)}
	if a.Status == http.StatusNotModified {
		page = a.held
	} else if err := json.Unmarshal(a.Body, &page.listing); err != nil {
		return wire.TicketListing{}, r.account.unreadable(a.call, a.Answer, err)
	}
	page.reading = r.number
	r.account.held.hold(a.key, page)
	return page.listing, nil
}
