package notify

import (
	"fmt"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/text"
)

// How an event is announced, as the config file says.
const (
	Bell    = "bell"
	Desktop = "desktop"
)

// bell is the terminal's.
const bell = "\a"

// Wanted reports whether anything is to be announced.
func Wanted(how map[string]string) bool {
	for _, way := range how {
		if way == Bell || way == Desktop {
			return true
		}
	}
	return false
}

// Announce returns what to send to the terminal for what has happened, empty for
// nothing. how says for each kind how it is announced, getenv describes the terminal.
// A desktop that cannot be reached gets the bell.
func Announce(events []Event, how map[string]string, getenv func(string) string) string {
	var desktop []Event
	rings := false
	for _, e := range events {
		switch how[string(e.Kind)] {
		case Desktop:
			desktop = append(desktop, e)
		case Bell:
			rings = true
		}
	}
	out := ""
	if len(desktop) > 0 {
		out = notification(protocolOf(getenv), words(desktop))
	}
	if rings && !strings.HasSuffix(out, bell) {
		out += bell
	}
	return out
}

// The most cells of a subject, and the most tickets that are named.
const maxSubject, maxNamed = 80, 5

// words say what has happened, in one line.
func words(events []Event) string {
	if len(events) == 1 {
		e := events[0]
		subject := text.Truncate(plaintext.Line(e.Subject), maxSubject)
		if strings.TrimSpace(subject) == "" {
			subject = "(no subject)"
		}
		return fmt.Sprintf("%s %s: %s", kindWord(e.Kind, 1), e.Ticket, subject)
	}
	counts := map[Kind]int{}
	var named []string
	for _, e := range events {
		counts[e.Kind]++
		if len(named) < maxNamed {
			named = append(named, e.Ticket.String())
		}
	}
	var parts []string
	for _, k := range [...]Kind{NewTicket, UrgentChange, Reply} {
		if n := counts[k]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, strings.ToLower(kindWord(k, n))))
		}
	}
	said := strings.Join(parts, ", ") + ": " + strings.Join(named, " ")
	if more := len(events) - len(named); more > 0 {
		said += fmt.Sprintf(" and %d more", more)
	}
	return said
}

func kindWord(k Kind, n int) string {
	one, many := "New ticket", "new tickets"
	switch k {
	case NewTicket:
	case UrgentChange:
		one, many = "Urgent ticket changed", "urgent tickets changed"
	case Reply:
		one, many = "Reply", "replies"
	}
	if n == 1 {
		return one
	}
	return many
}

// protocol is how a terminal takes notifications.
type protocol int

const (
	none protocol = iota
	// osc9 takes one text: https://iterm2.com/documentation-escape-codes.html
	osc9
	// osc777 takes a title and a text: https://codeberg.org/dnkl/foot/wiki#user-content-how-to-notifications
	osc777
)

// protocolOf is what a terminal knows. A multiplexer passes neither on.
func protocolOf(getenv func(string) string) protocol {
	term := getenv("TERM")
	if getenv("TMUX") != "" || getenv("STY") != "" || strings.HasPrefix(term, "screen") || strings.HasPrefix(term, "tmux") {
		return none
	}
	switch getenv("TERM_PROGRAM") {
	case "iTerm.app":
		return osc9
	case "ghostty", "WezTerm":
		return osc777
	}
	for _, known := range [...]string{"foot", "rxvt-unicode", "xterm-kitty", "xterm-ghostty", "contour"} {
		if strings.HasPrefix(term, known) {
			return osc777
		}
	}
	return none
}

// notification writes one line as a notification.
func notification(p protocol, said string) string {
	const title, end = "storydesk", "\x1b\\"
	said = safe(said)
	switch p {
	case osc9:
		// It begins with a word: OSC 9 with a number in front means something else.
		return "\x1b]9;" + title + ": " + said + end
	case osc777:
		return "\x1b]777;notify;" + title + ";" + strings.ReplaceAll(said, ";", ",") + end
	case none:
	}
	return bell
}

// maxBytes bounds a notification: marks that combine take no cells.
const maxBytes = 500

// safe keeps control characters out of a sequence: they would end it.
func safe(s string) string {
	s = s[:min(len(s), maxBytes)]
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Watched are the integrations whose tickets are watched, without the one whose tickets
// have just been read.
func Watched(all []tracker.Integration, read tracker.IntegrationID) []tracker.IntegrationID {
	var ids []tracker.IntegrationID
	for _, in := range all {
		if in.Sends() && in.ID != read {
			ids = append(ids, in.ID)
		}
	}
	return ids
}
