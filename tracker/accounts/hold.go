package accounts

import "storydesk/tracker"

// Hold pauses an integration with a cause and a reason, unless it is paused already. In a
// team, one user's own credentials that are rejected stop that user alone.
func (s *Service) Hold(w tracker.Writer, id tracker.IntegrationID, cause tracker.PauseCause, reason string) error {
	in, err := w.Integration(id)
	if err != nil || in.PausedReason != "" {
		return err
	}
	signIn := cause == tracker.PauseSignedOut || cause == tracker.PauseRejected
	if signIn && s.rejectOwn(in) {
		return nil
	}
	in.PausedCause, in.PausedReason, in.UpdatedAt = cause, reason, s.Now()
	return w.SaveIntegration(&in)
}
