package parts

import (
	"context"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/person"
)

func (s *Service) review() kind[tracker.Review] {
	return kind[tracker.Review]{
		name:   "review",
		list:   func(r tracker.Reader, story tracker.StoryID) ([]tracker.Review, error) { return r.Reviews(story) },
		save:   func(w tracker.Writer, v *tracker.Review) error { return w.SaveReview(v) },
		remove: func(w tracker.Writer, v tracker.Review) error { return w.RemoveReview(v.ID) },
		id:     func(v tracker.Review) int64 { return int64(v.ID) },
		text:   reviewText,
		same: func(a, b tracker.Review) bool {
			return a.Type == b.Type && a.Reviewer == b.Reviewer && a.Status == b.Status
		},
	}
}

// reviewText is a review in a line of the history, such as "Code by Ben: in review".
func reviewText(v tracker.Review) string {
	who := ""
	if v.Reviewer != "" {
		who = " by " + v.Reviewer
	}
	return v.Type + who + ": " + v.Status.Words()
}

// AddReview asks for a review of a type, by a person or by whoever comes for "".
// CodeInvalid, field "type", for a type without text.
func (s *Service) AddReview(ctx context.Context, story tracker.StoryID, kind, reviewer string) (tracker.Review, error) {
	return add(ctx, s, s.review(), story, "review added", func(w tracker.Writer, _ tracker.Story) (tracker.Review, error) {
		now := s.now()
		who, err := person.Settle(w, reviewer)
		if err != nil {
			return tracker.Review{}, err
		}
		v := tracker.Review{StoryID: story, Reviewer: who[0], Status: tracker.ReviewUnstarted, CreatedAt: now, UpdatedAt: now}
		v.Type, err = reviewType(kind)
		return v, err
	})
}

// SetReview says how far a review is. CodeNotFound; CodeInvalid, field "status".
func (s *Service) SetReview(ctx context.Context, story tracker.StoryID, id tracker.ReviewID, status tracker.ReviewStatus) error {
	if !slices.Contains(tracker.ReviewStatuses(), status) {
		return tracker.Invalid("status", "%q is not the status of a review: use %s", status, tracker.OneOf(tracker.ReviewStatuses()))
	}
	return s.editReview(ctx, story, id, "review: "+status.Words(), func(_ tracker.Writer, v *tracker.Review) error {
		v.Status = status
		return nil
	})
}

// AssignReview gives a review to a person, to nobody for "". CodeNotFound.
func (s *Service) AssignReview(ctx context.Context, story tracker.StoryID, id tracker.ReviewID, reviewer string) error {
	return s.editReview(ctx, story, id, "review assigned", func(w tracker.Writer, v *tracker.Review) error {
		who, err := person.Settle(w, reviewer)
		if err == nil {
			v.Reviewer = who[0]
		}
		return err
	})
}

// RemoveReview takes a review away; CodeNotFound.
func (s *Service) RemoveReview(ctx context.Context, story tracker.StoryID, id tracker.ReviewID) error {
	return alter(ctx, s, s.review(), story, int64(id), func(tracker.Writer, tracker.Review) (*tracker.Review, string, error) {
		return nil, "review removed", nil
	})
}

func (s *Service) editReview(ctx context.Context, story tracker.StoryID, id tracker.ReviewID, verb string, edit func(w tracker.Writer, v *tracker.Review) error) error {
	return alter(ctx, s, s.review(), story, int64(id), func(w tracker.Writer, v tracker.Review) (*tracker.Review, string, error) {
		v.UpdatedAt = s.now()
		return &v, verb, edit(w, &v)
	})
}

// reviewType is a type as it is saved: those that every project has in their own case.
func reviewType(text string) (string, error) {
	text, err := line("type", "the type of a review", text, tracker.MaxReviewType)
	for _, t := range tracker.ReviewTypes() {
		if strings.EqualFold(t, text) {
			return t, err
		}
	}
	return text, err
}
