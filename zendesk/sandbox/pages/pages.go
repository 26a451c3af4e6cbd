package pages

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"storydesk/zendesk/sandbox/account"
	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/loopback"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
)

const (
	// agentHome is where agents begin to work.
	agentHome = "/agent"
	// agentPrefix begins the addresses of tickets that a browser opens.
	agentPrefix = "/agent/tickets/"
)

// ticketPageHTML shows a ticket to a person, as the agent's workspace does. The
// template escapes what customers wrote.
const ticketPageHTML = `<!doctype html><meta charset="utf-8"><title>#{{.Ticket.ID}} {{.Ticket.Subject}}</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1f2733}
header{border-bottom:1px solid #ccd3dd}h1{font-size:1.3rem;margin:.2rem 0}small{color:#5b6472}
article{margin:1rem 0;padding:.2rem 1rem;border-left:4px solid #ccd3dd}article.private{border-color:#e0a800;background:#fff8e1}
p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0 .6rem}
</style>
<header><small>{{.Company}} · a made-up help desk</small><h1>#{{.Ticket.ID}} {{.Ticket.Subject}}</h1>
<small>{{.Ticket.Status}} · requested by {{.Requester}}</small></header>
{{range .Entries}}<article{{if not .Public}} class="private"{{end}}>
<small>{{.Author}} · {{.At}}{{if not .Public}} · internal note{{end}}</small><p>{{.Text}}</p></article>
{{end}}`

// pageEntry is one comment of a ticket's page.
type pageEntry struct {
	Author, At, Text string
	Public           bool
}

// Pages shows the pages and files of tickets to a browser.
type Pages struct{ Account *account.Account }

// Serves reports whether a path is one of a page or a file.
func Serves(path string) bool {
	return path == agentHome || strings.HasPrefix(path, agentPrefix) || strings.HasPrefix(path, record.AttachmentPrefix)
}

// ServeHTTP answers a page or a file.
func (p Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, agentPrefix):
		p.serveTicket(w, r)
	case strings.HasPrefix(r.URL.Path, record.AttachmentPrefix):
		serveAttachment(w)
	default:
		serveAgentHome(w, r)
	}
}

// serveAgentHome answers the agents' entry as a mapped host does: it sends the
// browser to the account's own host, which asks for a sign-in.
func serveAgentHome(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	location := "https://" + record.CanonicalHost + "/agent"
	if loopback.Is(host) || host == record.CanonicalHost {
		location = "/access/unauthenticated?return_to=" + url.QueryEscape(location)
	}
	answer.Page(http.StatusFound, "Moved").With("Location", location).Send(w)
}

// serveTicket shows a ticket's page. It has no sign-in: only this computer
// reaches it, by its loopback address, and everything on it is made up.
func (p Pages) serveTicket(w http.ResponseWriter, r *http.Request) {
	if !loopback.Asked(r) {
		http.Error(w, "ask from this computer, by its loopback address", http.StatusForbidden)
		return
	}
	id, err := strconv.ParseInt(strings.TrimPrefix(r.URL.Path, agentPrefix), 10, 64)
	ticket, found := p.Account.Ticket(id)
	if err != nil || !found {
		http.Error(w, "there is no such ticket", http.StatusNotFound)
		return
	}
	page, err := p.render(ticket)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	_, _ = w.Write(page) // the browser has left
}

func (p Pages) render(t record.Ticket) ([]byte, error) {
	page, err := template.New("ticket").Parse(ticketPageHTML)
	if err != nil {
		return nil, fmt.Errorf("ticket page: %w", err)
	}
	comments := p.Account.Comments(t.ID)
	entries := make([]pageEntry, len(comments))
	var requester string
	p.Account.Do(func(w *world.World) {
		for i, c := range comments {
			entries[i] = pageEntry{w.Name(c.AuthorID), c.CreatedAt.Format("2 Jan 2006 15:04"), c.PlainBody, c.Public}
		}
		requester = w.Name(t.RequesterID)
	})
	var out bytes.Buffer
	err = page.Execute(&out, struct {
		Company, Requester string
		Ticket             record.Ticket
		Entries            []pageEntry
	}{record.Company, requester, t, entries})
	return out.Bytes(), err
}

// serveAttachment answers what a file stands for: the file itself is made up. It
// has no sign-in: who has the token may read, as with Zendesk by default.
func serveAttachment(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "This is a file of a made-up help desk: there is nothing in it.\n") // the browser has left
}
