package feed

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// Limits bound what is read of a feed.
type Limits struct {
	// Bytes is how long a feed may be, once it is unpacked and in UTF-8.
	Bytes int64
	// Text is how long a single text or tag may be, in bytes.
	Text int64
	// Items is how many items are read.
	Items int
	// Depth is how deep elements may stand in one another.
	Depth int
}

// orUsual returns limits with the usual ones in the place of those that are 0.
func (l Limits) orUsual() Limits {
	return Limits{
		Bytes: cmp.Or(l.Bytes, 16<<20), Text: cmp.Or(l.Text, int64(tracker.MaxText)), Items: cmp.Or(l.Items, 10_000), Depth: cmp.Or(l.Depth, 32),
	}
}

const (
	// perPage is how many items are passed on at once.
	perPage = 100
	// maxID is the longest id of an item, in bytes, as Tracker had it.
	maxID = 255
	// maxName is the longest name, in characters.
	maxName = 5000
)

// broken is what is wrong with a feed's text: what completes a sentence about the feed.
type broken struct {
	what  string
	steps []string
	err   error
}

// Error implements error.
func (b *broken) Error() string { return "the feed " + b.what }

// Unwrap returns the cause.
func (b *broken) Unwrap() error { return b.err }

// bounded reads bytes up to a limit, and up to another one between two calls of rest. The
// XML decoder reads from it byte by byte and so never ahead.
type bounded struct {
	from   *bufio.Reader
	limits Limits
	all    int64
	// one counts since the last rest.
	one int64
}

// ReadByte implements io.ByteReader.
func (b *bounded) ReadByte() (byte, error) {
	c, err := b.from.ReadByte()
	if err != nil {
		return c, err
	}
	b.all, b.one = b.all+1, b.one+1
	switch {
	case b.all > b.limits.Bytes:
		return 0, &broken{
			what:  fmt.Sprintf("is longer than %d MB; what came before is shown", b.limits.Bytes>>20),
			steps: []string{"have it list fewer items, such as those that are open"},
		}
	case b.one > b.limits.Text:
		return 0, &broken{what: fmt.Sprintf("has a text of more than %d MB", b.limits.Text>>20), steps: []string{"have it leave such texts out"}}
	}
	return c, nil
}

// Read implements io.Reader, which the decoder asks for but does not use.
func (b *bounded) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := b.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}

// reader reads the items of a feed from a text in UTF-8.
type reader struct {
	bytes  *bounded
	xml    *xml.Decoder
	limits Limits
	// depth is how many elements are open.
	depth   int
	seen    map[tracker.TicketID]bool
	skipped int
	// whole is true once the list has ended.
	whole bool
}

func newReader(text io.Reader, limits Limits) *reader {
	b := &bounded{from: bufio.NewReader(text), limits: limits}
	d := xml.NewDecoder(b)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	return &reader{bytes: b, xml: d, limits: limits, seen: make(map[tracker.TicketID]bool)}
}

// token reads the next token.
func (r *reader) token() (xml.Token, error) {
	r.bytes.one = 0
	t, err := r.xml.Token()
	if err != nil {
		return nil, r.explain(err)
	}
	switch t := t.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > r.limits.Depth {
			return nil, &broken{what: fmt.Sprintf("has elements more than %d levels deep", r.limits.Depth), steps: []string{"check that the address is that of a list of stories"}}
		}
	case xml.EndElement:
		r.depth--
	case xml.Directive:
		if text := strings.ToUpper(string(t)); strings.Contains(text, "ENTITY") || strings.Contains(text, "[") {
			return nil, &broken{what: "defines entities of its own, which storydesk does not read", steps: []string{"have it write plain XML without a DOCTYPE"}}
		}
	}
	return t, nil
}

// explain makes the decoder's error one for people.
func (r *reader) explain(err error) error {
	var b *broken
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &b):
		return b
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		// Not wrapped: the end of a list that is whole is io.EOF, too.
		return &broken{what: "ends before the list does", steps: []string{"try again", stepOpen}}
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "invalid UTF-8"):
		return &broken{
			what:  fmt.Sprintf("is not encoded as it says (line %d)", syntax.Line),
			steps: []string{`have it write UTF-8, or name its encoding, as in <?xml version="1.0" encoding="windows-1252"?>`}, err: err,
		}
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
		return &broken{what: "ends before the list does", steps: []string{"try again", stepOpen}, err: err}
	case errors.As(err, &syntax):
		return &broken{what: fmt.Sprintf("has an error in its XML on line %d", syntax.Line), steps: []string{stepOpen}, err: err}
	case strings.HasPrefix(err.Error(), "xml: unsupported version"): // an error without a type
		return &broken{what: "is not XML 1.0", steps: []string{`have it begin with <?xml version="1.0" encoding="UTF-8"?>`}, err: err}
	}
	return err
}

// page reads some items whose addresses begin with base. It fails with io.EOF once the
// list has ended, with the last items.
func (r *reader) page(base string) (kind.Page, error) {
	if err := r.begin(); err != nil {
		return kind.Page{}, err
	}
	p := kind.Page{}
	for len(p.Items) < perPage {
		var err error
		switch item, found, next := r.next(); {
		case next != nil:
			err = next
		case !found:
			err, r.whole = io.EOF, true
		case len(r.seen) >= r.limits.Items:
			err = &broken{what: fmt.Sprintf("lists more than %d items; the others are not shown", r.limits.Items), steps: []string{"have it list fewer items, such as those that are open"}}
		default:
			if t, ok := item.ticket(base); ok && !r.seen[t.ID] {
				r.seen[t.ID] = true
				p.Items = append(p.Items, t)
			} else {
				r.skipped++
			}
		}
		if err != nil {
			p.Skipped = r.skipped
			return p, err
		}
	}
	p.Skipped = r.skipped
	return p, nil
}

// begin reads up to the list, unless that has begun.
func (r *reader) begin() error {
	if r.whole {
		return io.EOF
	}
	for r.depth == 0 {
		t, err := r.token()
		if err != nil {
			if r.bytes.all == 0 {
				return &broken{what: "is empty", steps: []string{stepOpen}}
			}
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if name := strings.ToLower(t.Name.Local); name == "html" {
				return &broken{what: "is a web page", steps: []string{"check the feed URL: it may lead to a page that asks people to sign in", stepOpen}}
			} else if name != "external_stories" {
				return &broken{what: "is XML, but no list of external_stories", steps: []string{"check the feed URL"}}
			}
		case xml.CharData:
			if strings.TrimSpace(string(t)) != "" {
				return &broken{what: "is not XML", steps: []string{"check the feed URL", stepOpen}}
			}
		}
	}
	return nil
}

// item is an external_story as it came.
type item struct{ id, name, description, kind, requester, created string }

// next reads the next item of the list; found is false at its end. What else stands in the
// list is passed over.
func (r *reader) next() (it item, found bool, err error) {
	for {
		t, err := r.token()
		if err != nil {
			return item{}, false, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return item{}, false, nil // of the list
		case xml.StartElement:
			if strings.EqualFold(t.Name.Local, "external_story") {
				it, err = r.item()
				return it, true, err
			}
			if _, err := r.text(); err != nil {
				return item{}, false, err
			}
		}
	}
}

// item reads the fields of an item.
func (r *reader) item() (it item, err error) {
	for {
		t, err := r.token()
		if err != nil {
			return it, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return it, nil
		case xml.StartElement:
			text, err := r.text()
			if err != nil {
				return it, err
			}
			switch strings.ToLower(t.Name.Local) {
			case "external_id":
				it.id = strings.TrimSpace(text)
			case "name":
				it.name = strings.TrimSpace(text)
			case "description":
				it.description = text
			case "story_type":
				it.kind = strings.ToLower(strings.TrimSpace(text))
			case "requested_by":
				it.requester = strings.TrimSpace(text)
			case "created_at":
				it.created = strings.TrimSpace(text)
			}
		}
	}
}

// text reads the text of the element that has just begun, to its end.
func (r *reader) text() (string, error) {
	var text strings.Builder
	for end := r.depth - 1; r.depth > end; {
		t, err := r.token()
		if err != nil {
			return "", err
		}
		if data, ok := t.(xml.CharData); ok {
			if int64(text.Len()+len(data)) > r.limits.Text {
				return "", &broken{what: fmt.Sprintf("has a text of more than %d MB", r.limits.Text>>20), steps: []string{"have it leave such texts out"}}
			}
			text.Write(data)
		}
	}
	return text.String(), nil
}

// ticket makes the ticket of an item; false where it has no id or no name.
func (it item) ticket(base string) (tracker.Ticket, bool) {
	if it.id == "" || len(it.id) > maxID || tracker.Unseen(it.name) {
		return tracker.Ticket{}, false
	}
	t := tracker.Ticket{
		TicketKey: tracker.TicketKey{Host: base, ID: kind.Number(it.id)}, Subject: firstRunes(it.name, maxName), Description: it.description,
		Type: it.kind, Requester: it.requester, URL: kind.Address(base, it.id), CreatedAt: moment(it.created),
	}
	if !slices.Contains(tracker.StoryTypes(), tracker.StoryType(t.Type)) {
		t.Type = string(tracker.Feature)
	}
	// A feed does not say when an item has changed: it is news once.
	t.UpdatedAt = t.CreatedAt
	if t.UpdatedAt.IsZero() {
		t.UpdatedAt = time.Unix(1, 0).UTC()
	}
	return t, true
}

// firstRunes returns the first n characters of a text.
func firstRunes(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n])
}

// moment reads a time as Tracker's feeds write it, or one of ISO 8601; the zero time where
// it is neither.
func moment(text string) time.Time {
	for _, layout := range []string{"2006/01/02 15:04:05 MST", "2006/01/02 15:04:05 -0700", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006/01/02 15:04:05", "2006-01-02"} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1970 && t.Year() < 10_000 {
			return t.UTC().Truncate(time.Second)
		}
	}
	return time.Time{}
}
