package pivotal

import (
	"strings"
	"time"
)

// dateForm is how Tracker writes a day.
const dateForm = "Jan 2, 2006"

// parseDay reads a day as Tracker writes it, and in the forms that its own import
// took. Days that no calendar has, such as 30 February, are refused.
func parseDay(text string) (time.Time, bool) {
	for _, form := range []string{dateForm, "1/2/2006", time.DateOnly} {
		if day, err := time.Parse(form, text); err == nil {
			return day, day.Year() >= 1900
		}
	}
	return time.Time{}, false
}

// parseTime reads a moment of the history, or a day.
func parseTime(text string) (time.Time, bool) {
	for _, form := range []string{time.RFC3339, "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05"} {
		if at, err := time.Parse(form, text); err == nil {
			return at.UTC(), at.Year() >= 1900
		}
	}
	return parseDay(text)
}

// guard puts an apostrophe before what a spreadsheet would take for a formula, as
// Tracker did, and before what looks guarded already.
func guard(cell string) string {
	if strings.HasPrefix(strings.TrimLeft(cell, "'"), "=") {
		return "'" + cell
	}
	return cell
}

// unguard takes the apostrophe off again.
func unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && strings.HasPrefix(strings.TrimLeft(cell, "'"), "=") {
		return cell[1:]
	}
	return cell
}

// splitComment takes a comment's cell apart: "text (Author - Jan 2, 2006)". The text
// may be empty, span lines and hold parentheses; the author's name may too, and hold
// " - ". A cell that does not end so is all text.
func splitComment(cell string) (text, author string, at time.Time) {
	body, closed := strings.CutSuffix(strings.TrimRight(cell, " \n"), ")")
	if !closed {
		return cell, "", time.Time{}
	}
	dash := strings.LastIndex(body, " - ")
	if dash < 0 {
		return cell, "", time.Time{}
	}
	at, ok := parseDay(body[dash+len(" - "):])
	if !ok {
		return cell, "", time.Time{}
	}
	open := opening(body[:dash])
	if open < 0 {
		return cell, "", time.Time{}
	}
	return strings.TrimSuffix(body[:open], " "), body[open+1 : dash], at
}

// opening is where the parenthesis opens that is not closed in text: the one of the
// author. Where they do not match it is the last of all.
func opening(text string) int {
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')':
			depth++
		case '(':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return strings.LastIndexByte(text, '(')
}

// joinComment writes a comment's cell.
func joinComment(text, author string, at time.Time) string {
	if at.IsZero() {
		return text
	}
	return text + " (" + author + " - " + at.Format(dateForm) + ")"
}
