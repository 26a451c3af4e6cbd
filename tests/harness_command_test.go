package tests

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// twin runs the program as a command and decodes its JSON.
func twin(t *testing.T, home string, into any, args ...string) {
	t.Helper()
	cmd := exec.Command(program(t), append(args, "--json")...)
	cmd.Env = environment(home)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("storydesk %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("storydesk %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

type storyJSON struct {
	ID       int
	Name     string
	State    string
	Column   string
	Position int
	Estimate float64
	Owners   []string
	Tickets  []struct {
		TicketID int `json:"ticket_id"`
		URL      string
	}
}

type deliveryJSON struct {
	Kind    string
	State   string
	AuditID int64 `json:"audit_id"`
	Public  *bool
	Text    string
}

type ticketJSON struct {
	ID      int
	Subject string
	Status  string
	Stories []int
}

func names(stories []storyJSON) string {
	list := make([]string, len(stories))
	for i, s := range stories {
		list[i] = s.Name
	}
	return strings.Join(list, ", ")
}
