package tracker

import (
	"fmt"
	"strconv"
	"strings"
)

// Ids of what storydesk saves. They are unique in one database, never reused.
type (
	// ProjectID names a project.
	ProjectID int64
	// IntegrationID names an integration.
	IntegrationID int64
	// StoryID names a story, shown as S-14.
	StoryID int64
	// TaskID names a task of a story.
	TaskID int64
	// CommentID names a comment on a story.
	CommentID int64
	// ActivityID names one change of a story.
	ActivityID int64
	// BlockerID names a blocker of a story.
	BlockerID int64
	// ReviewID names a review of a story.
	ReviewID int64
	// EpicID names an epic, shown as E-3.
	EpicID int64
	// FileID names an attachment of a story.
	FileID int64
	// DeliveryID names one private comment to one ticket.
	DeliveryID int64
)

// Ids of what Zendesk stores. They are unique in one account only.
type (
	// TicketID is a ticket's number, shown as #1042.
	TicketID int64
	// ViewID is a view's number.
	ViewID int64
	// AuditID is the number of one recorded ticket update.
	AuditID int64
)

// String returns the id as people write it, such as S-14.
func (id StoryID) String() string { return "S-" + strconv.FormatInt(int64(id), 10) }

// String returns the id as people write it, such as E-3.
func (id EpicID) String() string { return "E-" + strconv.FormatInt(int64(id), 10) }

// String returns the number as people write it, such as #1042.
func (id TicketID) String() string { return "#" + strconv.FormatInt(int64(id), 10) }

// Passed names an integration among hosts that are passed over.
func (id IntegrationID) Passed() string { return "#" + strconv.FormatInt(int64(id), 10) }

// ParseStoryID reads "14", "S-14" or "s-14".
func ParseStoryID(text string) (StoryID, error) {
	bare := strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "S-")
	n, err := strconv.ParseInt(bare, 10, 64)
	if err != nil || n <= 0 {
		return 0, Invalid("story", "%q is not a story: give its number, such as 14 or S-14", text)
	}
	return StoryID(n), nil
}

// ParseEpicID reads "3", "E-3" or "e-3".
func ParseEpicID(text string) (EpicID, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "E-"), 10, 64)
	if err != nil || n <= 0 {
		return 0, Invalid("epic", "%q is not an epic: give its number, such as 3 or E-3", text)
	}
	return EpicID(n), nil
}

// ParseTicketID reads "1042" or "#1042".
func ParseTicketID(text string) (TicketID, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(text), "#"), 10, 64)
	if err != nil || n <= 0 {
		return 0, Invalid("ticket", "%q is not a ticket: give its number, such as 1042", text)
	}
	return TicketID(n), nil
}

// TicketKey names a ticket among all accounts.
type TicketKey struct {
	// Host is the account's resolved host, such as "acme.zendesk.com".
	Host string
	ID   TicketID
}

// String returns host and number, for logs.
func (k TicketKey) String() string { return fmt.Sprintf("%s/%d", k.Host, k.ID) }
