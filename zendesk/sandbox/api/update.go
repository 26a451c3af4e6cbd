package api

import (
	"encoding/json"
	"errors"
	"maps"
	"mime"
	"net/http"
	"slices"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
)

// maxComments is how many comments a ticket takes.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/
const maxComments = 5000

// update is an update of a ticket as a request asks for it.
type update struct {
	*world.Draft
	// guarded and stamp: refuse if the ticket has changed since.
	guarded bool
	stamp   time.Time
	unknown []string
}

// update answers PUT tickets/{id}.
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket
func (t tickets) update(c *call) *answer.Answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	if media, _, err := mime.ParseMediaType(c.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return answer.JSON(http.StatusUnsupportedMediaType, `{"error":"Unsupported Media Type",`+
			`"description":"Content-Type must be application/json"}`)
	}
	if refusal = t.Limits.Update(rec.Ticket.ID, c.now); refusal != nil {
		return refusal
	}
	u := update{Draft: world.NewDraft(rec, c.me, "api")}
	u.CustomInComment = t.CustomInComments
	if refusal = u.read(c.Request); refusal == nil {
		refusal = u.check()
	}
	tokens := []string{}
	if u.Says() {
		tokens = u.Comment.Uploads
	}
	if files, valid := t.Uploads.of(tokens, c.now); valid && u.Says() {
		u.Comment.Files = files
	} else if !valid && refusal == nil {
		refusal = answer.InvalidRecord("base", "Uploads: a token is not valid")
	}
	if refusal == nil && t.Account.Commit(c.world.Prepare(u.Draft, c.now, c.UserAgent())) != nil {
		refusal = answer.ServerError()
	}
	if refusal != nil {
		t.Limits.DescribeUpdate(refusal, rec.Ticket.ID, c.now)
		return refusal
	}
	t.Uploads.use(tokens)
	a := answer.OK(map[string]any{"ticket": rec.Ticket, "audit": rec.Audits[len(rec.Audits)-1]})
	t.Limits.DescribeUpdate(a, rec.Ticket.ID, c.now)
	if len(u.unknown) > 0 {
		slices.Sort(u.unknown)
		a.With("X-Zendesk-API-Warn", answer.OK(map[string]any{"unpermitted_keys": u.unknown}).Body.String())
	}
	return a
}

// read takes the request's body into the draft.
func (u *update) read(r *http.Request) *answer.Answer {
	var in struct {
		Ticket map[string]json.RawMessage `json:"ticket"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		var wrongType *json.UnmarshalTypeError
		if !errors.As(err, &wrongType) {
			return answer.JSON(http.StatusBadRequest,
				`{"error":"Unprocessable Entity","message":"Server could not parse JSON"}`)
		}
	}
	if in.Ticket == nil {
		return answer.JSON(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":`+
			`"Parameter ticket is required"}}`)
	}
	for _, key := range slices.Sorted(maps.Keys(in.Ticket)) {
		if err := u.set(key, in.Ticket[key]); err != nil {
			return answer.JSON(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":`+
				`"You passed an invalid value for the `+key+` attribute"}}`)
		}
	}
	return nil
}

// set takes one property. Those that Zendesk takes and the sandbox does not
// know are ignored with a warning, like those that nobody knows.
func (u *update) set(key string, raw json.RawMessage) error {
	switch key {
	case "status":
		return json.Unmarshal(raw, &u.After.Status)
	case "priority":
		u.After.Priority = ""
		return json.Unmarshal(raw, &u.After.Priority)
	case "type":
		u.After.Type = ""
		return json.Unmarshal(raw, &u.After.Type)
	case "subject":
		err := json.Unmarshal(raw, &u.After.Subject)
		u.After.RawSubject = u.After.Subject
		return err
	case "assignee_id":
		u.After.AssigneeID = 0
		return json.Unmarshal(raw, &u.After.AssigneeID)
	case "group_id":
		u.After.GroupID = 0
		return json.Unmarshal(raw, &u.After.GroupID)
	case "external_id":
		u.After.ExternalID = ""
		return json.Unmarshal(raw, &u.After.ExternalID)
	case "tags":
		err := json.Unmarshal(raw, &u.After.Tags)
		u.After.Tags = append([]string{}, u.After.Tags...)
		return err
	case "comment":
		return u.setComment(raw)
	case "metadata":
		if string(raw) == "null" {
			return nil
		}
		return json.Unmarshal(raw, &u.Custom)
	case "safe_update":
		u.guarded = true // whatever its value
	case "updated_stamp":
		return json.Unmarshal(raw, &u.stamp)
	default:
		u.unknown = append(u.unknown, "ticket."+key)
	}
	return nil
}

func (u *update) setComment(raw json.RawMessage) error {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(raw, &keys); err != nil {
		return err
	}
	for key := range keys {
		if !slices.Contains([]string{"body", "html_body", "public", "author_id", "uploads"}, key) {
			u.unknown = append(u.unknown, "ticket.comment."+key)
		}
	}
	return json.Unmarshal(raw, &u.Comment)
}

// check refuses what Zendesk refuses.
func (u *update) check() *answer.Answer {
	before, after := &u.Record.Ticket, &u.After
	switch {
	case u.guarded && !u.stamp.IsZero() && before.UpdatedAt.After(u.stamp):
		return answer.UpdateConflict()
	case before.Status == "closed":
		return answer.ClosedTicket()
	case u.Me.OnlyPrivate && (len(world.Differences(before, after)) > 0 || u.Comment != nil && u.Comment.Public != nil && *u.Comment.Public):
		return answer.ForbiddenRole()
	case record.StatusRank(after.Status) < 0:
		return answer.InvalidRecord("status", "Status: "+after.Status+" is not included in the list")
	case after.Status == "new" && before.Status != "new":
		return answer.InvalidRecord("status", "Status: cannot be set to new again")
	case !slices.Contains(record.Priorities(), string(after.Priority)):
		return answer.InvalidRecord("priority", "Priority: "+string(after.Priority)+" is not included in the list")
	case before.Priority != "" && after.Priority == "":
		return answer.InvalidRecord("priority", "Priority: cannot be reset")
	case !slices.Contains(record.Types(), string(after.Type)):
		return answer.InvalidRecord("type", "Type: "+string(after.Type)+" is not included in the list")
	case after.Status == "solved" && after.AssigneeID == 0:
		return answer.AssigneeRequired()
	case u.Says() && len(u.Record.Comments) >= maxComments:
		return answer.InvalidRecord("base", "Comment: this ticket has reached the limit of 5000 comments")
	}
	return nil
}
