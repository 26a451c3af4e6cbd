package integration

import (
	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
)

type integrationRecord struct {
	ID             tracker.IntegrationID `json:"id"`
	Name           string                `json:"name"`
	Project        string                `json:"project"`
	Kind           string                `json:"kind"`
	URL            string                `json:"url"`
	Host           string                `json:"host"`
	Email          *string               `json:"email"`
	Auth           *tracker.AuthMethod   `json:"auth"`
	ClientID       *string               `json:"client_id"`
	ViewID         *tracker.ViewID       `json:"view_id"`
	ViewTitle      *string               `json:"view_title"`
	Active         bool                  `json:"active"`
	UpdateComments bool                  `json:"update_comments"`
	UpdateState    bool                  `json:"update_state"`
	PausedReason   *string               `json:"paused_reason"`
}

func recordIntegration(in tracker.Integration) any {
	return integrationRecord{
		ID: in.ID, Name: in.Name, Project: in.Project, Kind: in.Kind, URL: in.URL, Host: in.Host, Email: output.OrNull(in.Email),
		Auth: output.OrNull(in.Auth), ClientID: output.OrNull(in.ClientID), ViewID: output.OrNull(in.ViewID), ViewTitle: output.OrNull(in.ViewTitle), Active: in.Active,
		UpdateComments: in.UpdateComments, UpdateState: in.UpdateState, PausedReason: output.OrNull(session.Paused(in)),
	}
}
