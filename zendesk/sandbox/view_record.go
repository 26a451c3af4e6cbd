package sandbox

import (
	"slices"
	"time"
)

// view is a saved list of tickets.
// https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#json-format
type view struct {
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
	Execution   execution  `json:"execution"`
	Conditions  conditions `json:"conditions"`
	Restriction any        `json:"restriction"`
	Watchable   bool       `json:"watchable"`
}

// execution tells how a view's tickets are shown.
type execution struct {
	GroupBy      Word     `json:"group_by"`
	GroupOrder   Word     `json:"group_order"`
	SortBy       string   `json:"sort_by"`
	SortOrder    string   `json:"sort_order"`
	Group        any      `json:"group"`
	Sort         sorting  `json:"sort"`
	Columns      []column `json:"columns"`
	Fields       []column `json:"fields"`
	CustomFields []column `json:"custom_fields"`
}

type sorting struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Order string `json:"order"`
}

type column struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// conditions hold for a ticket when all of All do, and one of Any unless there are none.
type conditions struct {
	All []condition `json:"all"`
	Any []condition `json:"any"`
}

type condition struct {
	Field    string `json:"field"`
	Operator string `json:"operator"`
	Value    string `json:"value"`
}

func (c conditions) hold(t *Ticket) bool {
	meets := func(c condition) bool { return c.holds(t) }
	return !slices.ContainsFunc(c.All, func(c condition) bool { return !c.holds(t) }) &&
		(len(c.Any) == 0 || slices.ContainsFunc(c.Any, meets))
}

func (c condition) holds(t *Ticket) bool {
	switch c.Field + " " + c.Operator {
	case "status is":
		return t.Status == c.Value
	case "status less_than":
		return statusRank(t.Status) < statusRank(c.Value)
	case "status greater_than":
		return statusRank(t.Status) > statusRank(c.Value)
	case "type is":
		return string(t.Type) == c.Value
	case "current_tags includes":
		return slices.Contains(t.Tags, c.Value)
	}
	return false
}
