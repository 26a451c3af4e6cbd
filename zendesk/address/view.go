package address

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"storydesk/tracker"
)

// View reads a view's number, or finds it in any address of a view that people
// paste: /agent/filters/ID, /agent/#/filters/ID, /rules/ID, /api/v2/views/ID
// with or without what follows, the admin page, and the sign-in page that
// carries one of these in return_to. It fails with CodeInvalid, field "view".
func View(text string) (tracker.ViewID, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return 0, tracker.Invalid("view", "give a view's number or its address from the browser")
	case len(text) > maxPasted:
		return 0, tracker.Invalid("view", "this is too long for a view's address")
	}
	if id, ok := number64(text); ok {
		return tracker.ViewID(id), nil
	}
	if isNamedList(text) {
		return 0, namedList(text)
	}
	// The sign-in page may have escaped the address, and a mail program once more.
	for range 3 {
		if id, err := viewInAddress(text); id != 0 || err != nil {
			return id, err
		}
		unescaped, err := url.PathUnescape(text)
		if err != nil || unescaped == text {
			break
		}
		text = unescaped
	}
	return 0, tracker.Invalid("view",
		"this has no view number: open the view in Zendesk and paste its address, such as https://acme.zendesk.com/agent/filters/360001234567")
}

// viewInAddress returns 0 when the address names no view.
func viewInAddress(text string) (tracker.ViewID, error) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/?#&=", r) || unicode.IsSpace(r) })
	for i, part := range parts[:max(0, len(parts)-1)] {
		name, _, _ := strings.Cut(parts[i+1], ".")
		id, ok := number64(name)
		switch {
		case part == "tickets" && ok:
			return 0, tracker.Invalid("view", "this is the address of ticket %s: open a view in Zendesk and paste its address", tracker.TicketID(id))
		case part != "filters" && part != "rules" && part != "views":
		case ok:
			return tracker.ViewID(id), nil
		case isNamedList(name):
			return 0, namedList(name)
		}
	}
	return 0, nil
}

// isNamedList recognises the lists that stand among the views in Zendesk's
// pages, with a word in place of a number.
func isNamedList(name string) bool {
	return slices.Contains([]string{"suspended", "deleted"}, strings.ToLower(name))
}

func namedList(name string) error {
	return tracker.Invalid("view", "Zendesk's list of %s tickets is not a view: choose a view with a number in its address", strings.ToLower(name))
}

func number64(text string) (int64, bool) {
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id > 0 && !strings.HasPrefix(text, "+")
}
