package record

import "time"

// User is an agent or a customer.
type User struct {
	ID                int64          `json:"id"`
	URL               string         `json:"url"`
	Name              string         `json:"name"`
	Email             Word           `json:"email"`
	CreatedAt         time.Time      `json:"created_at"`
	UpdatedAt         time.Time      `json:"updated_at"`
	TimeZone          string         `json:"time_zone"`
	IANATimeZone      string         `json:"iana_time_zone"`
	Phone             Word           `json:"phone"`
	SharedPhoneNumber *bool          `json:"shared_phone_number"`
	Photo             any            `json:"photo"`
	LocaleID          int            `json:"locale_id"`
	Locale            string         `json:"locale"`
	OrganizationID    Ref            `json:"organization_id"`
	Role              string         `json:"role"`
	Verified          bool           `json:"verified"`
	AuthenticityToken string         `json:"authenticity_token,omitempty"`
	ExternalID        Word           `json:"external_id"`
	Tags              []string       `json:"tags"`
	Alias             Word           `json:"alias"`
	Active            bool           `json:"active"`
	Shared            bool           `json:"shared"`
	SharedAgent       bool           `json:"shared_agent"`
	LastLoginAt       *time.Time     `json:"last_login_at"`
	TwoFactor         *bool          `json:"two_factor_auth_enabled"`
	Signature         Word           `json:"signature"`
	Details           Word           `json:"details"`
	Notes             Word           `json:"notes"`
	RoleType          *int           `json:"role_type"`
	CustomRoleID      Ref            `json:"custom_role_id"`
	Moderator         bool           `json:"moderator"`
	TicketRestriction Word           `json:"ticket_restriction"`
	OnlyPrivate       bool           `json:"only_private_comments"`
	RestrictedAgent   bool           `json:"restricted_agent"`
	Suspended         bool           `json:"suspended"`
	DefaultGroupID    Ref            `json:"default_group_id"`
	ReportCSV         bool           `json:"report_csv"`
	UserFields        map[string]any `json:"user_fields"`
}

// Agent is true for those who may use the API's agent endpoints.
func (u *User) Agent() bool { return u.Role == "agent" || u.Role == "admin" }

// Organization is a customer's company.
type Organization struct {
	URL            string         `json:"url"`
	ID             int64          `json:"id"`
	Name           string         `json:"name"`
	SharedTickets  bool           `json:"shared_tickets"`
	SharedComments bool           `json:"shared_comments"`
	ExternalID     Word           `json:"external_id"`
	CreatedAt      time.Time      `json:"created_at"`
	UpdatedAt      time.Time      `json:"updated_at"`
	DomainNames    []string       `json:"domain_names"`
	Details        Word           `json:"details"`
	Notes          Word           `json:"notes"`
	GroupID        Ref            `json:"group_id"`
	Tags           []string       `json:"tags"`
	Fields         map[string]any `json:"organization_fields"`
}

// Group is a team of agents.
type Group struct {
	URL         string    `json:"url"`
	ID          int64     `json:"id"`
	IsPublic    bool      `json:"is_public"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	Default     bool      `json:"default"`
	Deleted     bool      `json:"deleted"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// Sees reports whether a user's restriction leaves a ticket in sight.
func (u *User) Sees(t *Ticket) bool {
	switch u.TicketRestriction {
	case "groups":
		return t.GroupID == u.DefaultGroupID
	case "organization":
		return t.OrganizationID == u.OrganizationID
	case "assigned":
		return int64(t.AssigneeID) == u.ID
	case "requested":
		return t.RequesterID == u.ID
	}
	return true
}
