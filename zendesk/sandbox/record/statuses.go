package record

import "slices"

// Statuses lists the statuses of tickets in their order.
func Statuses() []string { return []string{"new", "open", "pending", "hold", "solved", "closed"} }

// Priorities lists the priorities of tickets, lowest first; the first is none.
func Priorities() []string { return []string{"", "low", "normal", "high", "urgent"} }

// Types lists the types of tickets; the first is none.
func Types() []string { return []string{"", "question", "incident", "problem", "task"} }

// StatusRank returns the place of a status in the order; negative for what is no status.
func StatusRank(status string) int { return slices.Index(Statuses(), status) }

// CustomStatusID is the account's default custom status of a status.
func CustomStatusID(status string) int64 {
	rank := StatusRank(status)
	if status == "closed" {
		rank = StatusRank("solved")
	}
	return 360004918100 + int64(rank)*20
}

// CustomStatus is a status that an account has named itself.
// https://developer.zendesk.com/api-reference/ticketing/tickets/custom_ticket_statuses/
type CustomStatus struct {
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

// CustomStatuses lists the account's statuses: the default one of each category
// and those that it has added.
func CustomStatuses() []CustomStatus {
	labels := map[string]string{"new": "New", "open": "Open", "pending": "Pending", "hold": "On-hold", "solved": "Solved"}
	var list []CustomStatus
	for _, category := range Statuses() {
		if label, found := labels[category]; found {
			list = append(list, CustomStatus{ID: CustomStatusID(category), Category: category, AgentLabel: label, EndUserLabel: label, Active: true, Default: true})
		}
	}
	return append(list,
		CustomStatus{ID: 360004918301, Category: "open", AgentLabel: "With engineering", EndUserLabel: "Open", Active: true, key: "engineering"},
		CustomStatus{ID: 360004918321, Category: "pending", AgentLabel: "Callback booked", EndUserLabel: "Awaiting your reply", Active: true, key: "callback"},
	)
}

// StatusByKey finds a custom status by what the data call it.
func StatusByKey(key string) (CustomStatus, bool) {
	list := CustomStatuses()
	i := slices.IndexFunc(list, func(c CustomStatus) bool { return c.key == key })
	if i < 0 {
		return CustomStatus{}, false
	}
	return list[i], true
}
