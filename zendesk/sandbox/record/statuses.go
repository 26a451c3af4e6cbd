package record

import "slices"

func Statuses() []string { return []string{"new", "open", "pending", "hold", "solved", "closed"} }

func Priorities() []string { return []string{"", "low", "normal", "high", "urgent"} }

func Types() []string { return []string{"", "question", "incident", "problem", "task"} }

func StatusRank(status string) int { return slices.Index(Statuses(), status) }

// CustomStatusID is the account's default custom status of a status.
func CustomStatusID(status string) int64 {
	rank := StatusRank(status)
	if status == "closed" {
		rank = StatusRank("solved")
	}
	return 360004918100 + int64(rank)*20
}

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

// CustomStatuses lists the account's statuses: the default one of each category
// and those that it has added.
func CustomStatuses() []customStatus {
	labels := map[string]string{"new": "New", "open": "Open", "pending": "Pending", "hold": "On-hold", "solved": "Solved"}
	var list []customStatus
	for _, category := range Statuses() {
		if label, found := labels[category]; found {
			list = append(list, customStatus{ID: CustomStatusID(category), Category: category, AgentLabel: label, EndUserLabel: label, Active: true, Default: true})
		}
	}
	return append(list,
		customStatus{ID: 360004918301, Category: "open", AgentLabel: "With engineering", EndUserLabel: "Open", Active: true, key: "engineering"},
		customStatus{ID: 360004918321, Category: "pending", AgentLabel: "Callback booked", EndUserLabel: "Awaiting your reply", Active: true, key: "callback"},
	)
}

func StatusByKey(key string) (customStatus, bool) {
	list := CustomStatuses()
	i := slices.IndexFunc(list, func(c customStatus) bool { return c.key == key })
	if i < 0 {
		return customStatus{}, false
	}
	return list[i], true
}
