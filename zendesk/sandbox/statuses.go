package sandbox

import (
	"slices"
)

// customStatus is a status that an account has named itself.
// https://developer.zendesk.com/api-reference/ticketing/tickets/custom_ticket_statuses/
type customStatus struct {
	ID           int64  `json:"id"`
	Category     string `json:"status_category"`
	AgentLabel   string `json:"agent_label"`
	EndUserLabel string `json:"end_user_label"`
	Description  string `json:"description"`
	Active       bool   `json:"active"`
	Default      bool   `json:"default"`
	// key is what the data call it.
	key string
}

// customStatuses lists the account's statuses: the default one of each category
// and those that it has added.
func customStatuses() []customStatus {
	labels := map[string]string{"new": "New", "open": "Open", "pending": "Pending", "hold": "On-hold", "solved": "Solved"}
	var list []customStatus
	for _, category := range statuses() {
		if label, found := labels[category]; found {
			list = append(list, customStatus{ID: customStatusID(category), Category: category, AgentLabel: label, EndUserLabel: label, Active: true, Default: true})
		}
	}
	return append(list,
		customStatus{ID: 360004918301, Category: "open", AgentLabel: "With engineering", EndUserLabel: "Open", Active: true, key: "engineering"},
		customStatus{ID: 360004918321, Category: "pending", AgentLabel: "Callback booked", EndUserLabel: "Awaiting your reply", Active: true, key: "callback"},
	)
}

func statusByKey(key string) (customStatus, bool) {
	list := customStatuses()
	i := slices.IndexFunc(list, func(c customStatus) bool { return c.key == key })
	if i < 0 {
		return customStatus{}, false
	}
	return list[i], true
}
