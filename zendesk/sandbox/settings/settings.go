package settings

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"storydesk/zendesk/sandbox/loopback"
	"storydesk/zendesk/sandbox/record"
)

// MaxOffsetDepth is how many items pages by offset reach.
// https://developer.zendesk.com/api-reference/introduction/pagination/
const MaxOffsetDepth = 10_000

// Settings are what an admin, Zendesk or a clock may have done to the account.
// They live in memory: a sandbox that is opened again begins with
// those of Default.
type Settings struct {
	// PasswordAccess and TokenAccess let passwords and API tokens sign in;
	// ClientAccess lets the OAuth clients do so.
	PasswordAccess bool `json:"password_access"`
	TokenAccess    bool `json:"token_access"`
	ClientAccess   bool `json:"client_access"`
	// TwoFactor wants a second factor of the user, which no password can give.
	TwoFactor bool `json:"two_factor"`
	// Scopes are the clients' allowed scopes: a request for more is refused.
	Scopes []string `json:"scopes"`
	// LegacyClient makes the clients such as were made before 30 April 2026: they
	// give no refresh token unless the request asks for a lifetime.
	LegacyClient bool `json:"legacy_client"`
	// Role is that of the user who signs in: admin, agent, light or end-user; empty
	// for their own.
	Role string `json:"role"`
	// Suspended suspends the user who signs in.
	Suspended bool `json:"suspended"`
	// Restriction is which tickets alone the user who signs in may see: groups,
	// organization, assigned or requested; empty for all.
	Restriction string `json:"ticket_restriction"`
	// Views are the states of views by id: inactive, unshared or deleted.
	Views map[int64]string `json:"views"`
	// ViewCounts are stale counts of views by id: what pages by offset say
	// instead of how many tickets there are.
	ViewCounts map[int64]int `json:"view_counts"`
	// OffsetDepth is how many records pages by offset reach; 0 for 10,000.
	OffsetDepth int `json:"offset_depth"`
	// StatusSideload answers custom statuses beside tickets that include them;
	// else only the account's list of them has their names.
	StatusSideload bool `json:"status_sideload"`
	// SLAs and MetricSets answer both beside tickets that include them, as the
	// account's plan has them.
	SLAs       bool `json:"slas"`
	MetricSets bool `json:"metric_sets"`
	// Home is the host that the addresses of records name, such as
	// "127.0.0.1:8080"; empty for CanonicalHost. All names of this machine by which
	// the sandbox is asked are then brands of the account that is at home there.
	Home string `json:"home"`
	// ClockSeconds is how far the clock in the answers' header is ahead.
	ClockSeconds int `json:"clock_seconds"`
}

// Default returns the settings of an account in order.
func Default() Settings {
	return Settings{
		PasswordAccess: true, TokenAccess: true, ClientAccess: true, Scopes: allScopes(), StatusSideload: true, SLAs: true, MetricSets: true,
	}
}

func allScopes() []string { return []string{"read", "write", "impersonate"} }

// KnownScopes lists all that a client may be allowed.
func KnownScopes() []string {
	return append(allScopes(), "tickets:read", "tickets:write", "users:read", "users:write")
}

// The words that Settings takes.
func roles() []string { return []string{"", "admin", "agent", "light", "end-user"} }

func restrictions() []string { return []string{"", "groups", "organization", "assigned", "requested"} }

func viewStates() []string { return []string{ViewInactive, ViewUnshared, ViewDeleted} }

// The states of views that are not in order.
const (
	// ViewInactive is in no menu.
	ViewInactive = "inactive"
	// ViewUnshared is there, but the API's users may not see it.
	ViewUnshared = "unshared"
	// ViewDeleted was deleted.
	ViewDeleted = "deleted"
)

func (o Settings) validate() error {
	switch {
	case !slices.Contains(roles(), o.Role):
		return fmt.Errorf("%q is not a role", o.Role)
	case !slices.Contains(restrictions(), o.Restriction):
		return fmt.Errorf("%q is not a restriction", o.Restriction)
	}
	for _, scope := range o.Scopes {
		if !slices.Contains(KnownScopes(), scope) {
			return fmt.Errorf("%q is not a scope", scope)
		}
	}
	for id, state := range o.Views {
		if !slices.Contains(viewStates(), state) {
			return fmt.Errorf("%q is not a state of view %d", state, id)
		}
	}
	for id, count := range o.ViewCounts {
		if count < 0 {
			return fmt.Errorf("%d is not a count of view %d", count, id)
		}
	}
	if host, _, err := net.SplitHostPort(o.Home); o.Home != "" && (err != nil || !loopback.Is(host)) {
		return fmt.Errorf("%q is not a name of this machine with a port", o.Home)
	}
	if o.OffsetDepth < 0 || o.OffsetDepth > MaxOffsetDepth {
		return fmt.Errorf("%d is not a depth of pages by offset", o.OffsetDepth)
	}
	return nil
}

// Store holds the settings in force. It is safe for concurrent use.
type Store struct{ current atomic.Pointer[Settings] }

// NewStore returns the settings of an account in order.
func NewStore() *Store {
	s, inOrder := &Store{}, Default()
	s.current.Store(&inOrder)
	return s
}

// Get returns the settings in force.
func (s *Store) Get() Settings { return *s.current.Load() }

// Set puts settings in force. It fails on words that are none.
func (s *Store) Set(o Settings) error {
	if err := o.validate(); err != nil {
		return err
	}
	s.current.Store(&o)
	return nil
}

// As returns a user as the settings make them.
func (o Settings) As(u *record.User) *record.User {
	me := *u
	if o.Role != "" {
		kind := map[string]int{"admin": 4, "light": 1}[o.Role]
		me.Role, me.RoleType, me.OnlyPrivate = o.Role, &kind, o.Role == "light"
	}
	switch o.Role {
	case "light":
		me.Role = "agent"
	case "end-user":
		me.RoleType = nil
	}
	if o.Restriction != "" {
		me.TicketRestriction, me.RestrictedAgent = record.Word(o.Restriction), true
	}
	me.Suspended = me.Suspended || o.Suspended
	return &me
}

// Date is the clock's time for the header, empty when the clock is right.
func (o Settings) Date(now time.Time) string {
	if o.ClockSeconds == 0 {
		return ""
	}
	return now.Add(time.Duration(o.ClockSeconds) * time.Second).UTC().Format(http.TimeFormat)
}
