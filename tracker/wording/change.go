package wording

import (
	"strings"

	"storydesk/tracker"
)

// PreviewReference stands in a preview for the end of a private comment's reference, which
// is given when the private comment is made.
const PreviewReference = "xxxxxx"

// A private comment's text begins with who did what to which story, as
//
//	Ada started story S-14 “Export is empty” in Acme · S-14·3fa2b1
//	Ada on story S-14 “Export is empty” in Acme:
//
// and a comment's own words follow between empty lines, the reference at the end.

// Change returns who made the change that a delivery tells of, and what it was: a
// verb such as "started", the words of a comment, or that the ticket is opened. It
// is read from the text that is sent, which outlives the story and its comments.
func Change(d tracker.Delivery) (who, what string) {
	if d.Kind == tracker.KindOpen {
		return d.Actor, "opens the ticket"
	}
	before, after, found := strings.Cut(d.Text, " story "+d.StoryID.String()+" “")
	if !found {
		return d.Actor, d.Text
	}
	// "Ada Lovelace started", and "Ada Lovelace on" of a comment.
	who, what = before, ""
	if i := strings.LastIndexByte(before, ' '); i >= 0 {
		who, what = before[:i], before[i+1:]
	}
	if d.Kind == tracker.KindComment {
		_, words, _ := strings.Cut(after, ":\n\n")
		what = words
		if i := strings.LastIndex(words, "\n\n"+d.StoryID.String()+"·"); i >= 0 {
			what = words[:i]
		}
	}
	return who, what
}
