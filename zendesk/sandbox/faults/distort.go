package faults

import (
	"encoding/json"
	"net/url"
	"slices"
	"time"

	"storydesk/zendesk/sandbox/answer"
)

// The distortions of a list of comments.
const (
	// CommentsOldestFirst ignores the order that was asked for.
	CommentsOldestFirst = "oldest-first"
	// CommentsUndated leaves created_at null.
	CommentsUndated = "undated"
	// CommentsOtherDates writes created_at in a form of its own.
	CommentsOtherDates = "other-dates"
	// CommentsEarly dates comments one second early, by another machine's clock.
	CommentsEarly = "early"
)

// Distortions lists the names that Fault.Comments takes.
func Distortions() []string {
	return []string{CommentsOldestFirst, CommentsUndated, CommentsOtherDates, CommentsEarly}
}

// unsort takes the order out of a question.
func (f Fault) unsort(u *url.URL) {
	if f.Comments != CommentsOldestFirst {
		return
	}
	query := u.Query()
	query.Del("sort")
	query.Del("sort_order")
	u.RawQuery = query.Encode()
}

// distort changes a list of comments as the fault says. Another answer stays
// as it is.
func (f Fault) distort(a *answer.Answer, now time.Time) {
	if f.Comments == "" && f.Lag == 0 {
		return
	}
	var list map[string]json.RawMessage
	var comments []map[string]any
	if json.Unmarshal(a.Body.Bytes(), &list) != nil || json.Unmarshal(list["comments"], &comments) != nil {
		return
	}
	shown := now.Add(-time.Duration(f.Lag * float64(time.Second)))
	comments = slices.DeleteFunc(comments, func(c map[string]any) bool { return f.Lag > 0 && createdAt(c).After(shown) })
	for _, c := range comments {
		f.redate(c)
	}
	whole := map[string]any{}
	for name, value := range list {
		whole[name] = value
	}
	whole["comments"] = comments
	a.Body = answer.OK(whole).Body
}

// redate changes when a comment says that it was made.
func (f Fault) redate(c map[string]any) {
	switch f.Comments {
	case CommentsUndated:
		c["created_at"] = nil
	case CommentsOtherDates:
		c["created_at"] = createdAt(c).Format("2006/01/02 15:04:05 -0700")
	case CommentsEarly:
		c["created_at"] = createdAt(c).Add(-time.Second).Format(time.RFC3339)
	}
}

func createdAt(c map[string]any) time.Time {
	text, _ := c["created_at"].(string)
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return at
}
