package record

// The made-up account and its credentials. They are public on purpose: there
// is nothing to protect, and tests and the README name them.
const (
	// Account is the account's subdomain.
	Account = "brightwharf"
	// CanonicalHost is the host in paging links and record addresses.
	CanonicalHost = Account + ".zendesk.com"
	// Company is the name of the company whose customers write.
	Company = "Brightwharf"

	// Email is the e-mail address of the admin who signs in.
	Email = "maya.lindqvist@brightwharf.example"
	// Password is that admin's password.
	Password = "harbour-lights-at-dusk"
	// Token is the account's API token. As in Zendesk it signs in any verified agent.
	Token = "sandboxq7Zt3nVYw0Jr8bKc5LmXe2HdPfA9sUgToN" //nolint:gosec // G101: a public demo token for loopback

	// PublicClient is the id of an OAuth client without a secret. A client that uses
	// it must prove the exchange of a code by PKCE, method S256.
	PublicClient = "storydesk"
	// ConfidentialClient is the id of an OAuth client with a secret; its client
	// credentials act as the admin who owns it.
	ConfidentialClient = "storydesk_service"
	// ClientSecret is that client's secret.
	ClientSecret = "tide-tables-behind-the-customs-house"
)

// The account's views.
const (
	// ViewUnresolved holds every ticket that is not solved, newest first.
	ViewUnresolved int64 = 360058219014
	// ViewNew holds tickets that nobody has touched.
	ViewNew int64 = 360058219034
	// ViewBugs holds unresolved problems and incidents, most urgent first.
	ViewBugs int64 = 360058219054
	// ViewPending holds tickets that wait for the customer.
	ViewPending int64 = 360058219074
	// ViewRecent holds unresolved tickets, last updated first, so that tickets
	// move while one pages through it.
	ViewRecent int64 = 360058219094
	// ViewResolved holds solved and closed tickets.
	ViewResolved int64 = 360058219114
	// ViewEmpty matches no ticket.
	ViewEmpty int64 = 360058219134
	// ViewInactive is switched off, which its own record says; it is in no menu.
	ViewInactive int64 = 360058219154
)

// AssigneeFieldID is the id of the field that holds a ticket's assignee.
const AssigneeFieldID = 360027915614
