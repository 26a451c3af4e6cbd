package sandbox

import "slices"

func statuses() []string   { return []string{"new", "open", "pending", "hold", "solved", "closed"} }
func priorities() []string { return []string{"", "low", "normal", "high", "urgent"} }
func types() []string      { return []string{"", "question", "incident", "problem", "task"} }

func statusRank(status string) int { return slices.Index(statuses(), status) }

// customStatusID is the account's default custom status of a status.
func customStatusID(status string) int64 {
	rank := statusRank(status)
	if status == "closed" {
		rank = statusRank("solved")
	}
	return 360004918100 + int64(rank)*20
}
