package sandbox

import (
	"encoding/json"
	"errors"
	"maps"
	"mime"
	"net/http"
	"slices"
	"time"
)

// maxComments is how many comments a ticket takes.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/
const maxComments = 5000

// update is an update of a ticket as a request asks for it.
type update struct {
	*draft
	// guarded and stamp: refuse if the ticket has changed since.
	guarded bool
	stamp   time.Time
	unknown []string
}

// update answers PUT tickets/{id}.
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket
func (t tickets) update(c *call) *answer {
	rec, refusal := recordOf(c)
	if refusal != nil {
		return refusal
	}
	if media, _, err := mime.ParseMediaType(c.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return jsonAnswer(http.StatusUnsupportedMediaType, `{"error":"Unsupported Media Type",`+
			`"description":"Content-Type must be application/json"}`)
	}
	if refusal = t.limits.update(rec.Ticket.ID, c.now); refusal != nil {
		return refusal
	}
	u := update{draft: newDraft(rec, c.me, "api")}
	if refusal = u.read(c.Request); refusal == nil {
		refusal = u.check()
	}
	if refusal == nil && t.account.commit(c.world.prepare(u.draft, c.now, c.UserAgent())) != nil {
		refusal = serverError()
	}
	if refusal != nil {
		t.limits.describeUpdate(refusal, rec.Ticket.ID, c.now)
		return refusal
	}
	a := ok(map[string]any{"ticket": rec.Ticket, "audit": rec.Audits[len(rec.Audits)-1]})
	t.limits.describeUpdate(a, rec.Ticket.ID, c.now)
	if len(u.unknown) > 0 {
		slices.Sort(u.unknown)
		a.with("X-Zendesk-API-Warn", ok(map[string]any{"unpermitted_keys": u.unknown}).body.String())
	}
	return a
}

// read takes the request's body into the draft.
func (u *update) read(r *http.Request) *answer {
	var in struct {
		Ticket map[string]json.RawMessage `json:"ticket"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		var wrongType *json.UnmarshalTypeError
		if !errors.As(err, &wrongType) {
			return jsonAnswer(http.StatusBadRequest,
				`{"error":"Unprocessable Entity","message":"Server could not parse JSON"}`)
		}
	}
	if in.Ticket == nil {
		return jsonAnswer(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":`+
			`"Parameter ticket is required"}}`)
	}
	for _, key := range slices.Sorted(maps.Keys(in.Ticket)) {
		if err := u.set(key, in.Ticket[key]); err != nil {
			return jsonAnswer(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":`+
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
		return json.Unmarshal(raw, &u.after.Status)
	case "priority":
		u.after.Priority = ""
		return json.Unmarshal(raw, &u.after.Priority)
	case "type":
		u.after.Type = ""
		return json.Unmarshal(raw, &u.after.Type)
	case "subject":
		err := json.Unmarshal(raw, &u.after.Subject)
		u.after.RawSubject = u.after.Subject
		return err
	case "assignee_id":
		u.after.AssigneeID = 0
		return json.Unmarshal(raw, &u.after.AssigneeID)
	case "group_id":
		u.after.GroupID = 0
		return json.Unmarshal(raw, &u.after.GroupID)
	case "external_id":
		u.after.ExternalID = ""
		return json.Unmarshal(raw, &u.after.ExternalID)
	case "tags":
		err := json.Unmarshal(raw, &u.after.Tags)
		u.after.Tags = append([]string{}, u.after.Tags...)
		return err
	case "comment":
		return u.setComment(raw)
	case "metadata":
		if string(raw) == "null" {
			return nil
		}
		return json.Unmarshal(raw, &u.custom)
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
	return json.Unmarshal(raw, &u.comment)
}

// check refuses what Zendesk refuses.
func (u *update) check() *answer {
	before, after := &u.rec.Ticket, &u.after
	switch {
	case u.guarded && !u.stamp.IsZero() && before.UpdatedAt.After(u.stamp):
		return updateConflict()
	case before.Status == "closed":
		return closedTicket()
	case u.me.OnlyPrivate && (len(differences(before, after)) > 0 || u.comment != nil && u.comment.Public != nil && *u.comment.Public):
		return forbiddenRole()
	case statusRank(after.Status) < 0:
		return invalidRecord("status", "Status: "+after.Status+" is not included in the list")
	case after.Status == "new" && before.Status != "new":
		return invalidRecord("status", "Status: cannot be set to new again")
	case !slices.Contains(priorities(), string(after.Priority)):
		return invalidRecord("priority", "Priority: "+string(after.Priority)+" is not included in the list")
	case before.Priority != "" && after.Priority == "":
		return invalidRecord("priority", "Priority: cannot be reset")
	case !slices.Contains(types(), string(after.Type)):
		return invalidRecord("type", "Type: "+string(after.Type)+" is not included in the list")
	case after.Status == "solved" && after.AssigneeID == 0:
		return assigneeRequired()
	case u.says() && len(u.rec.Comments) >= maxComments:
		return invalidRecord("base", "Comment: this ticket has reached the limit of 5000 comments")
	}
	return nil
}
