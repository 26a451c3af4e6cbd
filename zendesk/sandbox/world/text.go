package world

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"storydesk/zendesk/sandbox/record"
)

// maxBody is the longest comment in bytes; Zendesk cuts the rest off silently.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/
const maxBody = 64 << 10

// rendering turns what writers send into what readers get.
type rendering struct {
	placeholder, statement, active, cells, breaks, blocks, tags, blanks, lines, gaps *regexp.Regexp
}

func newRendering() *rendering {
	return &rendering{
		placeholder: regexp.MustCompile(`\{\{[^{}]*\}\}`),
		statement:   regexp.MustCompile(`\{%[^{}]*%\}`),
		active:      regexp.MustCompile(`(?is)<(script|style|iframe|object)\b.*?(</(script|style|iframe|object)>|$)`),
		cells:       regexp.MustCompile(`(?i)</t[dh]>(\s*<t)`),
		breaks:      regexp.MustCompile(`(?i)<br\s*/?>|</(tr|li)>`),
		blocks:      regexp.MustCompile(`(?i)</(p|div|h[1-6]|pre|blockquote|table|ul|ol)>`),
		tags:        regexp.MustCompile(`(?s)<[a-zA-Z/!][^>]*>`),
		blanks:      regexp.MustCompile(`[ \t]+`),
		lines:       regexp.MustCompile(`\n{2,}`),
		gaps:        regexp.MustCompile(`\n{3,}`),
	}
}

// body renders a comment's plain body: HTML goes, and runs of blanks and of
// empty lines collapse.
func (r *rendering) body(text string) (body, htmlBody string) {
	body = r.tags.ReplaceAllString(r.active.ReplaceAllString(cut(text), ""), "")
	body = r.lines.ReplaceAllString(r.blanks.ReplaceAllString(body, " "), "\n")
	body = strings.TrimSpace(body)
	return body, asHTML(body)
}

// htmlBody renders a comment's HTML body: what could act is removed, the rest retains
// its layout.
func (r *rendering) htmlBody(markup string) (body, htmlBody string) {
	markup = r.active.ReplaceAllString(cut(markup), "")
	text := r.breaks.ReplaceAllString(r.cells.ReplaceAllString(markup, " $1"), "\n")
	text = r.blocks.ReplaceAllString(text, "\n\n")
	text = html.UnescapeString(r.tags.ReplaceAllString(text, ""))
	text = r.gaps.ReplaceAllString(strings.ReplaceAll(text, "\u00a0", " "), "\n\n")
	return strings.TrimSpace(text), `<div class="zd-comment" dir="auto">` + markup + `</div>`
}

// expand fills in the placeholders that Zendesk knows and strips the others.
func (r *rendering) expand(text string, t *record.Ticket, requester, me *record.User) string {
	known := map[string]string{
		"ticket.id":              strconv.FormatInt(t.ID, 10),
		"ticket.title":           t.Subject,
		"ticket.status":          t.Status,
		"ticket.priority":        string(t.Priority),
		"ticket.url":             record.CanonicalHost + "/agent/tickets/" + strconv.FormatInt(t.ID, 10),
		"ticket.account":         record.Company,
		"ticket.requester.name":  requester.Name,
		"ticket.requester.email": string(requester.Email),
		"current_user.name":      me.Name,
		"current_user.email":     string(me.Email),
	}
	text = r.placeholder.ReplaceAllStringFunc(text, func(found string) string {
		return known[strings.TrimSpace(strings.Trim(found, "{}"))]
	})
	return r.statement.ReplaceAllString(text, "")
}

// asHTML is the HTML of plain text as Zendesk wraps it.
func asHTML(text string) string {
	var b strings.Builder
	b.WriteString(`<div class="zd-comment" dir="auto">`)
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		b.WriteString(`<p dir="auto">` + strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>") + `</p>`)
	}
	b.WriteString(`</div>`)
	return b.String()
}

// cut shortens text to maxBody bytes between two characters.
func cut(text string) string {
	if len(text) <= maxBody {
		return text
	}
	end := maxBody
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}
