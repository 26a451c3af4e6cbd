package api

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/settings"
)

// maxPageSize is the most items of a page.
// https://developer.zendesk.com/api-reference/introduction/pagination/
const maxPageSize = 100

// listing is a list to be handed out in pages.
type listing[T any] struct {
	name  string
	items []T
	// newestFirst: new items come in at the front, so that a cursor counts
	// from the end and stays where it was.
	newestFirst bool
	// alwaysNext: links.next is set even on the last page, as for comments.
	alwaysNext bool
	// depth is how many items offset paging reaches, 0 for maxOffsetDepth.
	depth int
	// count is what offset paging counts, nil for the number of items.
	count *int
}

// page cuts the page that a request asks for and returns it under the list's
// name with the paging fields; cursor paging if page[…] is asked for, else
// offset paging.
func (l listing[T]) page(r *http.Request) ([]T, map[string]any, *answer.Answer) {
	query := r.URL.Query()
	if query.Has("page[size]") || query.Has("page[after]") || query.Has("page[before]") {
		return l.cursorPage(r, query)
	}
	return l.offsetPage(r, query)
}

func (l listing[T]) offsetPage(r *http.Request, query url.Values) ([]T, map[string]any, *answer.Answer) {
	number := max(1, atoi(query.Get("page"), 1))
	size := min(maxPageSize, max(1, atoi(query.Get("per_page"), maxPageSize)))
	if depth := cmp.Or(l.depth, settings.MaxOffsetDepth); (number-1)*size >= depth {
		return nil, nil, answer.BadRequest("InvalidPaginationDepth", fmt.Sprintf("Pagination requests using Offset Pagination are limited to "+
			"the first %d resources. Please use Cursor Pagination for deeper requests.", depth))
	}
	start := min(len(l.items), (number-1)*size)
	end := min(len(l.items), start+size)
	at := func(n int) string {
		return link(r, map[string]string{"page": strconv.Itoa(n)})
	}
	env := map[string]any{l.name: l.items[start:end], "next_page": nil, "previous_page": nil, "count": len(l.items)}
	if l.count != nil {
		env["count"] = *l.count
	}
	if end < len(l.items) {
		env["next_page"] = at(number + 1)
	}
	if number > 1 {
		env["previous_page"] = at(number - 1)
	}
	return l.items[start:end], env, nil
}

func (l listing[T]) cursorPage(r *http.Request, query url.Values) ([]T, map[string]any, *answer.Answer) {
	size := atoi(query.Get("page[size]"), maxPageSize)
	if size < 1 || size > maxPageSize {
		return nil, nil, answer.BadRequest("InvalidPaginationParameter", "page[size] must be between 1 and 100")
	}
	start := 0
	if after := query.Get("page[after]"); after != "" {
		at, valid := l.position(after)
		if !valid {
			return nil, nil, answer.BadRequest("InvalidPaginationParameter", "page[after] is not valid")
		}
		start = at
	} else if before := query.Get("page[before]"); before != "" {
		at, valid := l.position(before)
		if !valid {
			return nil, nil, answer.BadRequest("InvalidPaginationParameter", "page[before] is not valid")
		}
		start = max(0, at-size)
	}
	end := min(len(l.items), start+size)
	more := end < len(l.items)
	meta := map[string]any{"has_more": more, "after_cursor": nil, "before_cursor": nil}
	links := map[string]any{"next": nil, "prev": nil}
	if end > start {
		meta["after_cursor"], meta["before_cursor"] = l.cursor(end), l.cursor(start)
		if more || l.alwaysNext {
			links["next"] = link(r, map[string]string{"page[after]": l.cursor(end), "page[before]": ""})
		}
		if start > 0 {
			links["prev"] = link(r, map[string]string{"page[before]": l.cursor(start), "page[after]": ""})
		}
	}
	return l.items[start:end], map[string]any{l.name: l.items[start:end], "meta": meta, "links": links}, nil
}

// cursor writes a position between two items.
func (l listing[T]) cursor(position int) string {
	if l.newestFirst {
		position = len(l.items) - position
	}
	return base64.StdEncoding.EncodeToString([]byte(l.name + "|" + strconv.Itoa(position)))
}

// position reads a cursor; false when this list never gave it.
func (l listing[T]) position(cursor string) (int, bool) {
	text, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil {
		return 0, false
	}
	number, named := strings.CutPrefix(string(text), l.name+"|")
	n, err := strconv.Atoi(number)
	if !named || err != nil || n < 0 {
		return 0, false
	}
	n = min(n, len(l.items))
	if l.newestFirst {
		n = len(l.items) - n
	}
	return n, true
}

// link is the address of another page: on the canonical host and with
// ".json", whatever was asked. An empty value takes a parameter away.
func link(r *http.Request, changes map[string]string) string {
	query := r.URL.Query()
	for name, value := range changes {
		if value == "" {
			query.Del(name)
		} else {
			query.Set(name, value)
		}
	}
	return "https://" + record.CanonicalHost + r.URL.Path + ".json?" + query.Encode()
}

func atoi(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return otherwise
	}
	return n
}
