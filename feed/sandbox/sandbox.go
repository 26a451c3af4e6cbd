package sandbox

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf16"
)

// Who may read a feed that asks for a user. They are made up.
const (
	User     = "tracker"
	Password = "harbour-lamp-29" //nolint:gosec // of a made-up system
)

// Path is where the feed is, and Pages where its items have their pages.
const (
	Path  = "/stories.xml"
	Pages = "/issues/"
)

// Item is an item of the feed, with the fields that are not empty.
type Item struct {
	ID          string `xml:"external_id,omitempty" json:"external_id"`
	Type        string `xml:"story_type,omitempty" json:"story_type"`
	Name        string `xml:"name,omitempty" json:"name"`
	Description string `xml:"description,omitempty" json:"description"`
	RequestedBy string `xml:"requested_by,omitempty" json:"requested_by"`
	OwnedBy     string `xml:"owned_by,omitempty" json:"owned_by"`
	CreatedAt   string `xml:"created_at,omitempty" json:"created_at"`
	Estimate    string `xml:"estimate,omitempty" json:"estimate"`
}

// Fault is a way in which the feed goes wrong.
type Fault string

// The faults.
const (
	// FaultEntities answers with entities that unfold without an end.
	FaultEntities Fault = "entities"
	// FaultEncoding answers in Windows-1252 and says that it is UTF-8.
	FaultEncoding Fault = "encoding"
	// FaultLatin1 and FaultUTF16 answer in another encoding, and say so.
	FaultLatin1 Fault = "latin1"
	FaultUTF16  Fault = "utf16"
	// FaultHuge answers with 100 MB, FaultBomb with as much in some kilobytes of gzip, and
	// FaultText with one text of that size.
	FaultHuge Fault = "huge"
	FaultBomb Fault = "bomb"
	FaultText Fault = "text"
	// FaultSilence never answers, FaultStall stops in the middle, FaultCut breaks off there.
	FaultSilence Fault = "silence"
	FaultStall   Fault = "stall"
	FaultCut     Fault = "cut"
	// FaultHTML answers with a web page, FaultJSON with JSON, FaultOther with other XML,
	// FaultEmpty with nothing.
	FaultHTML  Fault = "html"
	FaultJSON  Fault = "json"
	FaultOther Fault = "other"
	FaultEmpty Fault = "empty"
	// FaultDeep answers with elements a million levels deep, FaultMany with 100,000 items.
	FaultDeep Fault = "deep"
	FaultMany Fault = "many"
)

// Mode is how the feed answers.
type Mode struct {
	// SignIn: the feed wants User and Password.
	SignIn bool `json:"sign_in"`
	// Fault is how it goes wrong, empty for not at all.
	Fault Fault `json:"fault"`
	// Status is answered in the place of 200, 0 for that; RetryAfter goes with it.
	Status     int    `json:"status"`
	RetryAfter string `json:"retry_after"`
	// Redirect is the address that the feed is said to be at, empty for none.
	Redirect string `json:"redirect"`
	// Modified is when the feed was changed last, as HTTP has it, empty for a feed that
	// has a tag instead.
	Modified string `json:"modified"`
	// Items are listed in the place of the usual ones.
	Items []Item `json:"items"`
}

// Server is a feed. It is safe for concurrent use.
type Server struct {
	mu   sync.Mutex
	mode Mode
	// signedIn counts the requests that brought a user name and a password.
	// unchanged counts those to whom nothing was sent because nothing had changed.
	signedIn, asked, unchanged int
	from                       string
	server                     *http.Server
	closed                     chan struct{}
	stop                       sync.Once
}

// New returns a feed that answers in a mode.
func New(m Mode) *Server { return &Server{mode: m, closed: make(chan struct{})} }

// Set changes how the feed answers.
func (s *Server) Set(m Mode) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mode = m
}

// Asked counts the requests for the feed so far, and those that brought credentials.
func (s *Server) Asked() (requests, withCredentials int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked, s.signedIn
}

// Unchanged counts the requests that were answered by nothing having changed.
func (s *Server) Unchanged() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unchanged
}

// From returns where the last request for the feed came from, as its header Referer says.
func (s *Server) From() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.from
}

// errNotLoopback refuses an address that others can reach.
var errNotLoopback = errors.New("the feed listens on loopback only")

// Listen serves the feed at an address of this machine, such as 127.0.0.1:0, until Close,
// and returns its URL without a path.
func (s *Server) Listen(ctx context.Context, address string) (string, error) {
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return "", errors.Join(errNotLoopback, err)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return "", err
	}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go func() { _ = s.server.Serve(l) }() // it ends by Close
	return "http://" + l.Addr().String(), nil
}

// Close ends the feed, with what is under way.
func (s *Server) Close() error {
	s.stop.Do(func() { close(s.closed) })
	if s.server == nil {
		return nil
	}
	return s.server.Close()
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/sandbox/feed":
		s.control(w, r)
	case strings.HasPrefix(r.URL.Path, Pages):
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "This is the page of a made-up item.\n")
	case r.URL.Path == Path && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		s.feed(w, r)
	case r.URL.Path == Path:
		http.Error(w, "nothing is written here", http.StatusMethodNotAllowed)
	default:
		http.NotFound(w, r)
	}
}

// control takes a new mode from a program on this computer: a web page cannot send JSON
// here unasked.
func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPut || r.Header.Get("Content-Type") != "application/json" || r.Header.Get("Origin") != "" {
		http.Error(w, "PUT a mode as application/json", http.StatusBadRequest)
		return
	}
	var m Mode
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.Set(m)
	w.WriteHeader(http.StatusNoContent)
}

// feed answers a request for the feed.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) {
	user, password, sent := r.BasicAuth()
	s.mu.Lock()
	m := s.mode
	s.asked++
	s.from = r.Referer()
	if r.Header.Get("Authorization") != "" {
		s.signedIn++
	}
	s.mu.Unlock()
	switch {
	case m.Redirect != "":
		http.Redirect(w, r, m.Redirect, http.StatusFound)
		return
	case m.SignIn && (!sent || user != User || password != Password):
		w.Header().Set("WWW-Authenticate", `Basic realm="stories"`)
		http.Error(w, "sign in", http.StatusUnauthorized)
		return
	case m.Status != 0:
		if m.RetryAfter != "" {
			w.Header().Set("Retry-After", m.RetryAfter)
		}
		http.Error(w, "not now", m.Status)
		return
	}
	w.Header().Set("Content-Type", "application/xml")
	s.write(w, r, m)
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	begin, end  = "<external_stories type=\"array\">\n", "</external_stories>\n"
	// huge is 100 MB.
	huge = 100 << 20
)

// write writes the feed in a mode.
func (s *Server) write(w http.ResponseWriter, r *http.Request, m Mode) {
	if m.Items == nil {
		m.Items = Usual()
	}
	switch m.Fault {
	case FaultEntities:
		_, _ = io.WriteString(w, declaration+bomb()+begin+"<external_story><external_id>1</external_id><name>&l9;</name></external_story>"+end)
	case FaultEncoding:
		_, _ = io.WriteString(w, declaration+begin+"<external_story><external_id>1</external_id><name>Caf\xe9</name></external_story>"+end)
	case FaultLatin1:
		_, _ = io.WriteString(w, `<?xml version="1.0" encoding="ISO-8859-1"?>`+begin+"<external_story><external_id>1</external_id><name>Caf\xe9</name></external_story>"+end)
	case FaultUTF16:
		_, _ = w.Write(utf16le(`<?xml version="1.0" encoding="UTF-16"?>` + begin + "<external_story><external_id>1</external_id><name>Café</name></external_story>" + end))
	case FaultHuge:
		_, _ = io.WriteString(w, declaration+begin)
		writeLarge(w, func(i int) string { return listed(i, strings.Repeat("x", 10_000)) })
	case FaultBomb:
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		_, _ = io.WriteString(packed, declaration+begin)
		writeLarge(packed, func(i int) string { return listed(i, strings.Repeat("x", 10_000)) })
		_ = packed.Close()
	case FaultText:
		_, _ = io.WriteString(w, declaration+begin+"<external_story><external_id>1</external_id><name>Long</name><description>")
		writeLarge(w, func(int) string { return strings.Repeat("x", 10_000) })
	case FaultSilence, FaultStall:
		s.stall(w, r, m)
	case FaultCut:
		_, _ = io.WriteString(w, declaration+begin+list(m.Items[:1])+"<external_story><external_id>")
	case FaultHTML:
		_, _ = io.WriteString(w, "<!DOCTYPE html>\n<html><body><h1>Sign in</h1></body></html>\n")
	case FaultJSON:
		_, _ = io.WriteString(w, `{"stories":[]}`)
	case FaultOther:
		_, _ = io.WriteString(w, declaration+"<rss><channel/></rss>")
	case FaultEmpty:
	case FaultDeep:
		_, _ = io.WriteString(w, declaration+begin+"<external_story>"+strings.Repeat("<a>", 1_000_000))
	case FaultMany:
		_, _ = io.WriteString(w, declaration+begin)
		for i := range 100_000 {
			_, _ = io.WriteString(w, listed(i, ""))
		}
		_, _ = io.WriteString(w, end)
	default:
		s.usual(w, r, m)
	}
}

// usual answers as it should: with the list, or that it is as it was.
func (s *Server) usual(w http.ResponseWriter, r *http.Request, m Mode) {
	text := declaration + begin + list(m.Items) + end
	same := m.Modified != "" && r.Header.Get("If-Modified-Since") == m.Modified
	if m.Modified != "" {
		w.Header().Set("Last-Modified", m.Modified)
	} else {
		tag := fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16])
		w.Header().Set("ETag", tag)
		same = r.Header.Get("If-None-Match") == tag
	}
	if same {
		s.mu.Lock()
		s.unchanged++
		s.mu.Unlock()
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = io.WriteString(w, text)
}

// stall says nothing, or stops after the first item, until the client goes away.
func (s *Server) stall(w http.ResponseWriter, r *http.Request, m Mode) {
	if m.Fault == FaultStall {
		_, _ = io.WriteString(w, declaration+begin+list(m.Items[:1]))
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
	}
	select {
	case <-r.Context().Done():
	case <-s.closed:
	}
}

// writeLarge writes 100 MB, as long as somebody reads them.
func writeLarge(w io.Writer, part func(i int) string) {
	for written, i := 0, 1; written < huge; i++ {
		n, err := io.WriteString(w, part(i))
		if err != nil {
			return
		}
		written += n
	}
}

func listed(i int, description string) string {
	return fmt.Sprintf("<external_story><external_id>%d</external_id><name>Item %d</name><description>%s</description></external_story>\n", i+1, i+1, description)
}

// list writes items as XML.
func list(items []Item) string {
	var b strings.Builder
	for _, it := range items {
		text, err := xml.MarshalIndent(struct {
			XMLName xml.Name `xml:"external_story"`
			Item
		}{Item: it}, "  ", "  ")
		if err == nil {
			b.Write(append(text, '\n'))
		}
	}
	return b.String()
}

// bomb defines entities that unfold to a thousand million times themselves.
func bomb() string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE l [\n<!ENTITY l0 \"lol\">\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "<!ENTITY l%d \"%s\">\n", i, strings.Repeat(fmt.Sprintf("&l%d;", i-1), 10))
	}
	b.WriteString("]>\n")
	return b.String()
}

// utf16le writes a text in UTF-16 with a byte order mark.
func utf16le(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8)) //nolint:gosec // the two halves
	}
	return out
}

// Usual are the items that the feed lists: of all types, with ids that are numbers and
// others, with and without what is optional.
func Usual() []Item { return slices.Clone(usualItems()) }

func usualItems() []Item {
	return []Item{
		{ID: "2041", Type: "feature", Name: "Export the shift plan as a calendar", RequestedBy: "ines.moreau", CreatedAt: "2026/11/20 09:12:00 UTC", Estimate: "-1",
			Description: "People subscribe to their shifts in the calendar on their phone.\n\nA feed in iCalendar form for each person, with a secret address that can be renewed."},
		{ID: "2038", Type: "bug", Name: "Night shifts count twice in the monthly total", RequestedBy: "tomasz", CreatedAt: "2026-11-19T16:40:00Z",
			Description: "A shift that begins before midnight on the last day of a month stands in the totals of both months.\n\nSeen by three teams in October."},
		{ID: "OPS-17", Type: "chore", Name: "Renew the certificate of the staging server", RequestedBy: "wei", CreatedAt: "2026/11/18 07:00:00 UTC",
			Description: "It ends on 12 December."},
		{ID: "2029", Type: "release", Name: "Shift planner 4.2", RequestedBy: "ines.moreau", CreatedAt: "2026/11/12 10:30:00 UTC"},
		{ID: "2017", Name: "Swap shifts without asking the manager", Description: "With the consent of both; the manager is told afterwards."},
	}
}
