package sandbox

import (
	"storydesk/zendesk/sandbox/faults"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/requests"
	"storydesk/zendesk/sandbox/settings"
	"storydesk/zendesk/sandbox/world"
)

// The records that tests read.
type (
	// Ticket is a ticket as the API shows it.
	Ticket = record.Ticket
	// Comment is one entry of a ticket's conversation.
	Comment = record.Comment
	// Audit is the record of one update of a ticket.
	Audit = record.Audit
	// Ref is the id of another record; it is null in JSON when 0.
	Ref = record.Ref
)

// What tests script.
type (
	// Fault is a rule for what goes wrong with some requests.
	Fault = faults.Fault
	// Pause is a wait. The zero Pause does not wait.
	Pause = faults.Pause
	// Edit is what somebody else does to a ticket, by no rule but their own.
	Edit = world.Edit
	// Settings are what an admin, Zendesk or a clock may have done to the account.
	Settings = settings.Settings
	// Request is a request of the API as it came in.
	Request = requests.Request
)

// DefaultSettings are those of an account in order.
func DefaultSettings() Settings { return settings.Default() }

// Answers lists the names that Fault.Answer takes, beside none at all.
func Answers() []string { return faults.Answers() }

// Distortions lists the names that Fault.Comments takes.
func Distortions() []string { return faults.Distortions() }

// Answers that break off or bend the true answer.
const (
	// AnswerResetUnread resets the connection without reading the request's body.
	AnswerResetUnread = faults.AnswerResetUnread
	// AnswerResetReading resets it after half of the request's body.
	AnswerResetReading = faults.AnswerResetReading
	// AnswerReset resets it without a byte of an answer.
	AnswerReset = faults.AnswerReset
	// AnswerResetAnswering resets it after half of the answer's body.
	AnswerResetAnswering = faults.AnswerResetAnswering
	// AnswerTruncated answers whole and well half of the JSON.
	AnswerTruncated = faults.AnswerTruncated
)

// The distortions of a list of comments.
const (
	// CommentsOldestFirst ignores the order that was asked for.
	CommentsOldestFirst = faults.CommentsOldestFirst
	// CommentsUndated leaves created_at null.
	CommentsUndated = faults.CommentsUndated
	// CommentsOtherDates writes created_at in a form of its own.
	CommentsOtherDates = faults.CommentsOtherDates
	// CommentsEarly dates comments one second early, by another machine's clock.
	CommentsEarly = faults.CommentsEarly
)

// The made-up account and its credentials; see package record.
const (
	// CanonicalHost is the host in paging links and record addresses.
	CanonicalHost = record.CanonicalHost
	// Email is the e-mail address of the admin who signs in.
	Email = record.Email
	// Password is that admin's password.
	Password = record.Password
	// Token is the account's API token.
	Token = record.Token
	// PublicClient is the id of an OAuth client without a secret.
	PublicClient = record.PublicClient
	// ConfidentialClient is the id of an OAuth client with a secret.
	ConfidentialClient = record.ConfidentialClient
	// ClientSecret is that client's secret.
	ClientSecret = record.ClientSecret
	// FirstGenerated is the number of the first generated ticket; the others follow on.
	FirstGenerated = world.FirstGenerated
)

// The account's views.
const (
	// ViewUnresolved holds every ticket that is not solved, newest first.
	ViewUnresolved = record.ViewUnresolved
	// ViewNew holds tickets that nobody has touched.
	ViewNew = record.ViewNew
	// ViewBugs holds unresolved problems and incidents, most urgent first.
	ViewBugs = record.ViewBugs
	// ViewPending holds tickets that wait for the customer.
	ViewPending = record.ViewPending
	// ViewRecent holds unresolved tickets, last updated first.
	ViewRecent = record.ViewRecent
	// ViewResolved holds solved and closed tickets.
	ViewResolved = record.ViewResolved
	// ViewEmpty matches no ticket.
	ViewEmpty = record.ViewEmpty
	// ViewInactive is switched off; it is in no menu.
	ViewInactive = record.ViewInactive
)
