package accounts

import "storydesk/tracker"

// Hold pauses an integration with a reason, unless it is paused already.
func (s *Service) Hold(w tracker.Writer, id tracker.IntegrationID, reason string) error {
	in, err := w.Integration(id)
	if err != nil || in.PausedReason != "" {
		return err
	}
	in.PausedReason, in.UpdatedAt = reason, s.Now()
	return w.SaveIntegration(&in)
}
