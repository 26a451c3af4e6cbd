package record

import (
	"slices"
	"time"
)

// View is a saved list of tickets.
// https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#json-format
type View struct {
	URL         string     `json:"url"`
	ID          int64      `json:"id"`
	Title       string     `json:"title"`
	RawTitle    string     `json:"raw_title"`
	Active      bool       `json:"active"`
	Default     bool       `json:"default"`
	Position    int        `json:"position"`
	Description Word       `json:"description"`
	CreatedAt   time.Time  `json:"created_at"`
	UpdatedAt   time.Time  `json:"updated_at"`
	Execution   Execution  `json:"execution"`
	Conditions  Conditions `json:"conditions"`
	Restriction any        `json:"restriction"`
	Watchable   bool       `json:"watchable"`
}

// Execution says how a view's tickets are shown.
type Execution struct {
	GroupBy      Word     `json:"group_by"`
	GroupOrder   Word     `json:"group_order"`
	SortBy       string   `json:"sort_by"`
	SortOrder    string   `json:"sort_order"`
	Group        any      `json:"group"`
	Sort         Sorting  `json:"sort"`
	Columns      []Column `json:"columns"`
	Fields       []Column `json:"fields"`
	CustomFields []Column `json:"custom_fields"`
}

// Sorting is the column that a view is sorted by.
type Sorting struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Order string `json:"order"`
}

// Column is a column of a view.
type Column struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Conditions hold for a ticket when all of All do, and one of Any unless there are none.
type Conditions struct {
	All []Condition `json:"all"`
	Any []Condition `json:"any"`
}

// Condition compares a field of a ticket with a value.
type Condition struct {
	Field    string `json:"field"`
	Operator string `json:"operator"`
	Value    string `json:"value"`
}

// Hold reports whether a ticket belongs into the view.
func (c Conditions) Hold(t *Ticket) bool {
	meets := func(c Condition) bool { return c.holds(t) }
	return !slices.ContainsFunc(c.All, func(c Condition) bool { return !c.holds(t) }) &&
		(len(c.Any) == 0 || slices.ContainsFunc(c.Any, meets))
}

func (c Condition) holds(t *Ticket) bool {
	switch c.Field + " " + c.Operator {
	case "status is":
		return t.Status == c.Value
	case "status less_than":
		return StatusRank(t.Status) < StatusRank(c.Value)
	case "status greater_than":
		return StatusRank(t.Status) > StatusRank(c.Value)
	case "type is":
		return string(t.Type) == c.Value
	case "current_tags includes":
		return slices.Contains(t.Tags, c.Value)
	}
	return false
}
